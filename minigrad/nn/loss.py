"""The losses as modules."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .module import Module


class BCELoss(Module):
    """Binary cross-entropy between probabilities and targets; see `functional`.

    Parameters
    ----------
    weight : Tensor, optional
        Multiplied with each element's loss; broadcast against the target.
    reduction : {"mean", "sum", "none"}
        What is done with the losses of the elements.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.BCELoss()(torch.tensor([0.5, 0.5]), torch.tensor([0.0, 1.0]))
    tensor(0.6931)
    """

    weight: Tensor | None
    reduction: str

    def __init__(self, weight: Tensor | None = None, *, reduction: str = "mean") -> None:
        super().__init__()
        self.reduction = reduction
        self.register_buffer("weight", weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Compute the loss of probabilities `input`."""
        return functional.binary_cross_entropy(
            input, target, self.weight, reduction=self.reduction
        )


class MSELoss(Module):
    """Mean of the squared differences between input and target.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        What is done with the losses of the elements.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.MSELoss()(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)
    """

    reduction: str

    def __init__(self, *, reduction: str = "mean") -> None:
        super().__init__()
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Compute the loss."""
        return functional.mse_loss(input, target, reduction=self.reduction)
