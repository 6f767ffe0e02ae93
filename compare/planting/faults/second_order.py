"""Faults that only gradients of gradients show: in definitions, and in primitives' gradients."""

from __future__ import annotations

from ..fault import Fault

FAULTS = [
    Fault(
        "batch_norm: the mean is held constant",
        "ops.batch_norm:definition",
        "centred = x - mean",
        "centred = x - mean.detach()",
    ),
    Fault(
        "batch_norm: the variance is held constant",
        "ops.batch_norm:definition",
        "(var + eps)",
        "(var.detach() + eps)",
    ),
    Fault(
        "sigmoid: the derivative of y · y",
        "ops.sigmoid:gradient_on_tensors",
        "(1.0 - out)",
        "(1.0 - out.detach())",
    ),
    Fault(
        "tanh: y is held constant once",
        "ops.tanh:gradient_on_tensors",
        "out * out",
        "out * out.detach()",
    ),
    Fault(
        "softmax: the sum is held constant",
        "ops.softmax:gradient_on_tensors",
        "(grad * out).sum(dim, keepdim=True)",
        "(grad * out).sum(dim, keepdim=True).detach()",
    ),
    Fault(
        "log_softmax: the probabilities are held constant",
        "ops.log_softmax:gradient_on_tensors",
        "out.exp()",
        "out.detach().exp()",
    ),
    Fault(
        "silu: the sigmoid is held constant",
        "ops.silu:gradient_on_operands",
        "gate = sigmoid(x)",
        "gate = sigmoid(x).detach()",
    ),
    Fault(
        "gelu: the tanh form in the definition",
        "ops.gelu:definition",
        'approximate == "tanh"',
        "True",
    ),
    Fault(
        "elu: the second derivative of the straight side",
        "ops.elu:definition",
        "alpha * (negative.exp() - 1.0)",
        "alpha * negative",
    ),
    Fault(
        "linear: the weight counts as a constant",
        "ops.linear:gradient_on_operands",
        "grad @ weight if",
        "grad @ weight.detach() if",
    ),
    Fault(
        "mse_loss: the scale squared",
        "ops.mse_loss:definition",
        "losses.sum() * scale",
        "losses.sum() * (scale * scale)",
    ),
    Fault(
        "exp: its gradient's gradient is none",
        "primitives.exponentials:Exp.gradient_x",
        "grad * out",
        "grad * out.detach()",
        ("elu", "cross_entropy"),
    ),
    Fault(
        "divide: the divisor is not squared",
        "primitives.arithmetic:Divide.gradient_b",
        "((a / b) / b)",
        "(a / b)",
        ("batch_norm",),
    ),
    Fault(
        "subtract: the second operand's sign",
        "primitives.arithmetic:Subtract.gradient_b",
        "return -grad",
        "return grad",
        ("batch_norm", "mse_loss"),
    ),
    Fault(
        "mean: not divided by the count",
        "primitives.reductions:Mean.gradient_x",
        "whole / count(source_shape, axes)",
        "whole",
        ("batch_norm",),
    ),
    Fault(
        "broadcasting: what was repeated is averaged, not summed",
        "broadcast:sum_to_shape",
        "grad.sum(axes, keepdim=True)",
        "grad.mean(axes, keepdim=True)",
        ("batch_norm", "linear"),
    ),
]
