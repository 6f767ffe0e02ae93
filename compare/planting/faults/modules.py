"""Faults in modules: settings that get lost, modes that are ignored, state that is not kept."""

from __future__ import annotations

from ..fault import Fault

MODULES, MODES = ("modules",), ("modes",)

FAULTS = [
    Fault("ELU: alpha is not handed on", "nn.rectifier:ELU.forward", "self.alpha", "1.0", MODULES),
    Fault(
        "LeakyReLU: the slope is not handed on",
        "nn.rectifier:LeakyReLU.forward",
        "self.negative_slope",
        "0.01",
        MODULES,
    ),
    Fault(
        "GELU: always exact", "nn.activation:GELU.forward", "self.approximate", '"none"', MODULES
    ),
    Fault(
        "Softmax: always along the last dimension",
        "nn.activation:Softmax.forward",
        "self.dim",
        "-1",
        MODULES,
    ),
    Fault(
        "SmoothL1Loss: beta is not handed on",
        "nn.loss:SmoothL1Loss.forward",
        "beta=self.beta",
        "beta=1.0",
        MODULES,
    ),
    Fault(
        "HuberLoss: delta is not handed on",
        "nn.loss:HuberLoss.forward",
        "delta=self.delta",
        "delta=1.0",
        MODULES,
    ),
    Fault(
        "MSELoss: always the mean", "nn.loss:MSELoss.forward", "self.reduction", '"mean"', MODULES
    ),
    Fault(
        "BCELoss: the weight is not handed on",
        "nn.classification_loss:BCELoss.forward",
        "self.weight",
        "None",
        MODULES,
    ),
    Fault(
        "BCEWithLogitsLoss: pos_weight is not handed on",
        "nn.classification_loss:BCEWithLogitsLoss.forward",
        "self.pos_weight",
        "None",
        MODULES,
    ),
    Fault(
        "NLLLoss: ignore_index is not handed on",
        "nn.classification_loss:NLLLoss.forward",
        "self.ignore_index",
        "-100",
        MODULES,
    ),
    Fault(
        "CrossEntropyLoss: labels are not smoothed",
        "nn.classification_loss:CrossEntropyLoss.forward",
        "self.label_smoothing",
        "0.0",
        MODULES,
    ),
    Fault(
        "Linear: the bias is not handed on",
        "nn.linear:Linear.forward",
        "self.bias",
        "None",
        ("network",),
    ),
    Fault(
        "BatchNorm1d: evaluation normalises by the batch",
        "nn.batchnorm:BatchNorm1d.forward",
        "training or (running_mean is None and running_var is None)",
        "True",
        ("network",),
    ),
    Fault(
        "BatchNorm1d: evaluation moves the statistics",
        "nn.batchnorm:BatchNorm1d.forward",
        "tracking = training and",
        "tracking =",
        MODES,
    ),
    Fault(
        "BatchNorm1d: statistics are those of the batch before last",
        "functions.normalization:batch_norm_counted",
        "if training and running_mean is not None",
        "if training and (counter is None or counter.add_(1).item() % 2)"
        " and running_mean is not None",
        MODES,
    ),
    Fault(
        "BatchNorm1d: momentum None is 0.1",
        "functions.normalization:batch_norm_counted",
        "factor = None if by_counter else momentum",
        "factor = 0.1 if by_counter else momentum",
        MODES,
    ),
    Fault(
        "BatchNorm1d: eps is not handed on",
        "nn.batchnorm:BatchNorm1d.forward",
        "self.eps",
        "1e-5",
        MODES,
    ),
    Fault(
        "Dropout: drops in evaluation",
        "nn.dropout:Dropout.forward",
        "self.training",
        "True",
        MODES,
    ),
    Fault(
        "eval: modules inside stay in training",
        "nn.module:Module.train",
        "child.train(mode)",
        "child.training",
        MODES,
    ),
    Fault(
        "state_dict: buffers are left out",
        "nn.state:State._own_state",
        "(*self._parameter_names, *persistent)",
        "self._parameter_names",
        MODES,
    ),
    Fault(
        "load_state_dict: parameters stay as they are",
        "nn.loading:Loading.perform",
        "present.copy_(value)",
        "present.copy_(present)",
        MODES,
    ),
    Fault(
        "load_state_dict: a child inside a child is left out",
        "nn.loading:Loading.visit",
        "self.visit(child, theirs, below)",
        "self.visit(child, theirs, below) if prefix.count('.') < 1 else None",
        MODES,
    ),
    Fault(
        "Sequential: the last module is left out",
        "nn.container:Sequential.forward",
        "in self._module_names:",
        "in [*self._module_names][:-1]:",
        ("network",),
    ),
]
