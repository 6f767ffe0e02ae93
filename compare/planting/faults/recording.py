"""Faults that whole trainings show: what is replayed, kept, or drawn is not what was meant."""

from __future__ import annotations

from ..fault import Fault

FAULTS = [
    Fault(
        "compile: a learning rate that changes is not read again",
        "recording.recorder:Recorder.called",
        "self.refreshers.append(function)",
        "pass",
        ("training SGD, schedule",),
    ),
    Fault(
        "compile: memory serves again while it is still needed",
        "recording.memory:arranged",
        "in_use[0][0] < first",
        "in_use[0][0] < first + 4",
        ("training SGD",),
    ),
    Fault(
        "BatchNorm1d: the running variance is the biased one, over a training",
        "running_statistics:average",
        " * count / (count - 1)",
        "",
        ("training SGD",),
    ),
    Fault(
        "zero_grad: gradients are kept",
        "optim.optimizer:Optimizer.zero_grad",
        "param._grad = None",
        "pass",
        ("training SGD",),
    ),
    Fault(
        "Adam: a new state in every other step",
        "optim.kernel_optimizer:KernelOptimizer.update",
        "if not state:",
        "if not state or float(state['step'].array) == 2.0:",
        ("training classes",),
    ),
    Fault(
        "DataLoader: one draw more in each epoch",
        "utils.data.dataloader:DataLoader._begin",
        "draw_seed(self.generator)",
        "draw_seed(self.generator), draw_seed(self.generator)",
        ("training SGD, momentum",),
    ),
]
