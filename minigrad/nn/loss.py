"""The losses of differences as modules: a function of `functional`, and how it is called."""

from __future__ import annotations

from ..functions.loss_arguments import legacy_reduction
from ..tensor import Tensor
from . import functional
from .module import Module


class _Loss(Module):
    """A loss with a reduction.

    Parameters
    ----------
    size_average, reduce : bool, optional
        What PyTorch had before `reduction`; deprecated.
    reduction : {"mean", "sum", "none"}
        What is done with the losses of the elements.
    """

    reduction: str

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__()
        if size_average is not None or reduce is not None:
            reduction = legacy_reduction(size_average, reduce)
        self.reduction = reduction


class L1Loss(_Loss):
    """Mean of the absolute differences between input and target.

    Parameters
    ----------
    size_average, reduce, reduction
        As of `functional.l1_loss`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.L1Loss()(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(1.)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.l1_loss(input, target, reduction=self.reduction)


class MSELoss(_Loss):
    """Mean of the squared differences between input and target.

    Parameters
    ----------
    size_average, reduce, reduction
        As of `functional.mse_loss`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.MSELoss()(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.mse_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(_Loss):
    """The squared error where differences are below `beta`, else the absolute one.

    Parameters
    ----------
    size_average, reduce, reduction, beta
        As of `functional.smooth_l1_loss`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.SmoothL1Loss()(torch.tensor([1.0, 2.0]), torch.tensor([1.5, 4.0]))
    tensor(0.8125)
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        beta: float = 1.0,
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(_Loss):
    """Half the squared error where differences are below `delta`, and from there on straight.

    Parameters
    ----------
    reduction, delta
        As of `functional.huber_loss`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.HuberLoss(delta=2.0)(torch.tensor([1.0, 2.0]), torch.tensor([1.5, 6.0]))
    tensor(3.0625)
    """

    def __init__(self, reduction: str = "mean", delta: float = 1.0) -> None:
        if not isinstance(delta, (float, int)):
            raise TypeError(f"delta must be a float or int, got: {type(delta)}")
        super().__init__(reduction=reduction)
        self.delta = delta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.huber_loss(input, target, reduction=self.reduction, delta=self.delta)


class KLDivLoss(_Loss):
    """Kullback and Leibler's divergence of a distribution from another, or a mean of its terms.

    Parameters
    ----------
    size_average, reduce, reduction, log_target
        As of `functional.kl_div`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> p, q = torch.tensor([[0.5, 0.5]]), torch.tensor([[0.25, 0.75]])
    >>> nn.KLDivLoss(reduction="batchmean")(q.log(), p)
    tensor(0.1438)
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        log_target: bool = False,
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.kl_div(
            input, target, reduction=self.reduction, log_target=self.log_target
        )
