"""Faults in optimisers, their groups and states, schedulers, and the clipping of gradients."""

from __future__ import annotations

from ..fault import Fault

GROUPS = ("groups",)

FAULTS = [
    Fault("SGD: weight decay grows weights", "optim.sgd:descend",
          "multiply_add(weight_decay,", "multiply_add(-weight_decay,"),  # fmt: skip
    Fault("SGD: the first velocity is dampened", "optim.sgd:descend_with_momentum",
          "velocity[i] = slope\n", "velocity[i] = kept * slope\n"),  # fmt: skip
    Fault("SGD: dampening is ignored", "optim.sgd:descend_with_momentum",
          "1 - settings[2]", "1"),  # fmt: skip
    Fault("SGD: Nesterov's momentum is the plain one", "optim.sgd:descend_with_momentum",
          "if settings[4] != 0", "if settings[4] != settings[4]"),  # fmt: skip
    Fault("SGD: maximize is ignored", "optim.sgd:descend", "-1 if settings[5] != 0 else 1", "1"),
    Fault("SGD: momentum a thousandth too small", "optim.sgd:SGD.numbers",
          'group["momentum"],', '0.999 * group["momentum"],'),  # fmt: skip
    Fault("SGD: the velocity begins anew in each step", "optim.sgd:SGD._velocity",
          "return velocity, 0.0", "return velocity, 1.0"),  # fmt: skip
    Fault("Adam: no correction of the first average", "optim.adam:descend",
          "lr / (1 - beta1 ** np.float64(step[0]))", "lr"),  # fmt: skip
    Fault("Adam: the correction counts steps from 0", "optim.adam:descend",
          "1 - beta2 ** np.float64(step[0])", "1 - beta2 ** np.float64(step[0] - 1)"),  # fmt: skip
    Fault("Adam: eps inside the root", "optim.adam:descend",
          "np.sqrt(largest) / root + small", "np.sqrt(largest + small) / root"),  # fmt: skip
    Fault("Adam: the betas are swapped", "optim.adam:Adam.numbers",
          'beta1, beta2 = group["betas"]', 'beta2, beta1 = group["betas"]'),  # fmt: skip
    Fault("Adam: amsgrad keeps the latest average", "optim.adam:descend",
          "known > largest or known != known", "known != known"),  # fmt: skip
    Fault("Adam: amsgrad divides by the root of 1, not of the correction", "optim.adam:descend",
          "/ root + small", "/ (one if amsgrad else root) + small"),  # fmt: skip
    Fault("AdamW: weight decay is added to the gradient", "optim.adam:descend",
          "weight_decay != 0 and not decoupled", "weight_decay != 0", ("adamw",)),  # fmt: skip
    Fault("AdamW: weight decay without the learning rate", "optim.adam:descend",
          "1 - lr * weight_decay", "1 - weight_decay", ("adamw",)),  # fmt: skip
    Fault("RMSprop: the average of squares is not lessened if centred", "optim.rmsprop:descend",
          "multiply_add(-grad_avg[i], grad_avg[i], spread)", "spread"),  # fmt: skip
    Fault("RMSprop: eps inside the root", "optim.rmsprop:descend",
          "np.sqrt(spread) + small", "np.sqrt(spread + small)"),  # fmt: skip
    Fault("RMSprop: momentum is applied to the gradient itself", "optim.rmsprop:descend",
          "momentum_buffer[i] + slope / spread", "momentum_buffer[i] + slope"),  # fmt: skip
    Fault("Adagrad: the rate decays from the first step on", "optim.adagrad:descend",
          "(np.float64(step[0]) - 1)", "np.float64(step[0])"),  # fmt: skip
    Fault("Adagrad: sums begin at 0", "optim.adagrad:Adagrad.initial",
          'float(self.defaults["initial_accumulator_value"])', "0.0"),  # fmt: skip
    Fault("groups: a learning rate that is set later is not read",
          "optim.kernel_optimizer:KernelOptimizer._read_settings",
          "len(values) == len(held) and all(map(is_, values, held))",
          "len(values) == len(held)", GROUPS),  # fmt: skip
    Fault("groups: the first group's settings are those of all",
          "optim.kernel_optimizer:KernelOptimizer._place_settings",
          "in zip(self.param_groups, self._seen, strict=True)",
          "in zip(self.param_groups, self._seen[:1] * len(self._seen), strict=True)",
          GROUPS),  # fmt: skip
    Fault("groups: state that is loaded is that of the next parameter",
          "optim.loading:load", "param = param_of[key]",
          "param = [*param_of.values()][[*param_of].index(key) - 1]", GROUPS),  # fmt: skip
    Fault("clip_grad_norm_: shortens what is short enough", "nn.utils.clip_grad:shorten",
          "factor > one", "factor > one * 1e9", ("clip_grad_norm_",)),  # fmt: skip
    Fault("clip_grad_norm_: each gradient by itself", "nn.utils.total_norm:_total_norm",
          "enumerate(arrays)", "enumerate(arrays[-1:])", ("clip_grad_norm_",)),  # fmt: skip
    Fault("StepLR: an epoch late", "optim.lr_scheduler.step_lr:StepLR.get_lr",
          "self.last_epoch % self.step_size != 0",
          "(self.last_epoch - 1) % self.step_size != 0", ("schedulers",)),  # fmt: skip
    Fault("MultiStepLR: a milestone named twice counts once",
          "optim.lr_scheduler.multi_step_lr:MultiStepLR.get_lr",
          "self.gamma**count", "self.gamma", ("schedulers",)),  # fmt: skip
    Fault("CosineAnnealingLR: an epoch ahead",
          "optim.lr_scheduler.cosine_annealing_lr:CosineAnnealingLR.get_lr",
          "self.last_epoch, self.eta_min", "self.last_epoch + 1, self.eta_min",
          ("schedulers",)),  # fmt: skip
    Fault("LinearLR: goes on after its end", "optim.lr_scheduler.linear_lr:LinearLR.get_lr",
          "self.last_epoch > self.total_iters", "self.last_epoch > self.total_iters + 1",
          ("schedulers",)),  # fmt: skip
    Fault("OneCycleLR: falls in a straight line",
          "optim.lr_scheduler.one_cycle_lr:OneCycleLR._between",
          '== "cos"', '== "linear"', ("schedulers",)),  # fmt: skip
    Fault("ReduceLROnPlateau: one epoch too patient",
          "optim.lr_scheduler.reduce_lr_on_plateau:ReduceLROnPlateau.step",
          "self.num_bad_epochs > self.patience", "self.num_bad_epochs > self.patience + 1",
          ("schedulers",)),  # fmt: skip
    Fault("schedulers: the epoch is not saved",
          "optim.lr_scheduler.scheduler:LRScheduler.state_dict",
          'if name != "optimizer"', 'if name not in ("optimizer", "last_epoch")',
          ("schedulers",)),  # fmt: skip
]
