"""Faults in activations: signs, factors, attributes, and the wrong side of a kink."""

from __future__ import annotations

from ..fault import Fault

FAULTS = [
    Fault("elu: alpha left out of the gradient", "ops.elu:backward", "alpha * exp", "exp"),
    Fault("elu: exp(x) is not lessened by 1", "ops.elu:forward", "expm1(", "exp("),
    Fault("elu: the slope at 0 is 1", "ops.elu:backward", "x[i] > 0", "x[i] >= 0"),
    Fault("elu: -0 becomes +0", "ops.elu:forward", "x[i] if x[i] >= 0", "abs(x[i]) if x[i] >= 0"),
    Fault("relu: a slope of 1 at 0", "ops.relu:backward", "out[i] <= 0", "out[i] < 0"),
    Fault(
        "relu: NaN becomes 0",
        "ops.relu:forward",
        "0 if x[i] < 0 else x[i]",
        "x[i] if x[i] > 0 else 0",
    ),
    Fault("relu: the gradient of what is below 0", "ops.relu:backward", "<= 0", "> 0"),
    Fault(
        "leaky_relu: a slope of 1 at 0",
        "ops.leaky_relu:backward",
        "x[i] > 0 else",
        "x[i] >= 0 else",
    ),
    Fault(
        "leaky_relu: the slope is always 0.01",
        "ops.leaky_relu:leaky_relu",
        "fused(x, float(negative_slope))",
        "fused(x, 0.01)",
    ),
    Fault("selu: the scale left out of the gradient", "ops.selu:backward", "SCALE if", "1.0 if"),
    Fault("selu: ELU's left side", "ops.selu:forward", "LEFT * expm1", "SCALE * expm1"),
    Fault("sigmoid: the gradient without 1 - y", "ops.sigmoid:backward", " * (1 - out[i])", ""),
    Fault("sigmoid: the cotangent is ignored", "ops.sigmoid:backward", "grad[i] * ", ""),
    Fault("tanh: y is not squared", "ops.tanh:backward", "(1 + y)", "1.0"),
    Fault("silu: the gate alone is the gradient", "ops.silu:backward", "t * (1 - gate)", "0 * t"),
    Fault("gelu: the density's sign", "ops.gelu:backward", "probability + t", "probability - t"),
    Fault("gelu, tanh: the factor 3", "ops.gelu:backward", "3 * CUBIC", "CUBIC"),
    Fault(
        "gelu: tanh where none is asked for", "ops.gelu:compute", 'approximate == "tanh"', "True"
    ),
    Fault("softplus: not divided by beta", "ops.softplus:forward", " / beta", ""),
    Fault(
        "softplus: beta left out of the gradient",
        "ops.softplus:backward",
        "_argument(x[i], beta)",
        "_argument(x[i], 1.0)",
    ),
    Fault("softplus: the threshold is 20", "ops.softplus:forward", "number(threshold)", "20"),
    Fault(
        "softmax: the gradient of the diagonal alone",
        "matrices.results_of_lines:weigh_from_means",
        "(slope - mean) * weight",
        "(slope - slope * weight) * weight",
        ("softmax",),
    ),
    Fault(
        "softmax: along the other dimension",
        "ops.softmax:softmax",
        "fused(x, axis)",
        "fused(x, (axis + 1) % max(x.ndim, 1))",
    ),
    Fault(
        "log_softmax: the cotangent is not summed",
        "matrices.results_of_lines:take_off_shares",
        "widened(load(shares, k, left)) * total",
        "widened(load(shares, k, left)) * widened(load(slopes, k, left))",
        ("log_softmax",),
    ),
]
