"""AdamW: Adam whose weight decay shrinks the parameter itself and leaves the gradient alone.

Source: Loshchilov & Hutter, "Decoupled weight decay regularization", 2019, algorithm 2, with
the decay in proportion to the learning rate, as in PyTorch: before Adam's own step,

param = (1 - lr · weight_decay) · param

The kernel is that of `adam`.
"""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from .adam import Adam
from .optimizer import ParamsT


class AdamW(Adam):
    """Adam with decoupled weight decay.

    Parameters
    ----------
    weight_decay : by how much of itself a parameter shrinks in a step, in units of lr
    params, lr, betas, eps, amsgrad, foreach, maximize, capturable, differentiable, fused :
        as for `Adam`

    >>> import minigrad as torch
    >>> w = torch.ones(2, requires_grad=True)
    >>> optimizer = torch.optim.AdamW([w], lr=0.1, weight_decay=0.5)
    >>> (w * torch.tensor([3.0, 0.0])).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.8500, 0.9500], requires_grad=True)
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            foreach=foreach,
            maximize=maximize,
            capturable=capturable,
            differentiable=differentiable,
            fused=fused,
            decoupled_weight_decay=True,
        )

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take over what was pickled or loaded, which may be Adam's: the decay is decoupled."""
        for group in state["param_groups"]:
            group["decoupled_weight_decay"] = True
        super().__setstate__(state)
