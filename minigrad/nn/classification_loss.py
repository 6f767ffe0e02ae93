"""The losses of probabilities and classes as modules; they have weights, which are buffers."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .loss import _Loss


class _WeightedLoss(_Loss):
    """A loss with a weight, a buffer: a Tensor or None; for the rest see `_Loss`."""

    weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)


class BCELoss(_WeightedLoss):
    """Binary cross-entropy between probabilities and targets.

    Parameters
    ----------
    weight, size_average, reduce, reduction
        As of `functional.binary_cross_entropy`. The weight is a buffer.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.BCELoss()(torch.tensor([0.5, 0.5]), torch.tensor([0.0, 1.0]))
    tensor(0.6931)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.binary_cross_entropy(
            input, target, weight=self.weight, reduction=self.reduction
        )


class BCEWithLogitsLoss(_Loss):
    """Binary cross-entropy between the sigmoid of logits and targets.

    Parameters
    ----------
    weight, size_average, reduce, reduction, pos_weight
        As of `functional.binary_cross_entropy_with_logits`. The weights are buffers.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.BCEWithLogitsLoss()(torch.tensor([0.0, 0.0]), torch.tensor([0.0, 1.0]))
    tensor(0.6931)
    """

    weight: Tensor | None
    pos_weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        pos_weight: Tensor | None = None,
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
        self.register_buffer("pos_weight", pos_weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.binary_cross_entropy_with_logits(
            input, target, self.weight, pos_weight=self.pos_weight, reduction=self.reduction
        )


class NLLLoss(_WeightedLoss):
    """The negative of the logarithm of each target's probability.

    Parameters
    ----------
    weight, size_average, ignore_index, reduce, reduction
        As of `functional.nll_loss`. The weight is a buffer.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.NLLLoss()(torch.tensor([[-0.5, -1.0], [-2.0, -0.25]]), torch.tensor([1, 0]))
    tensor(1.5000)
    """

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.nll_loss(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
        )


class CrossEntropyLoss(_WeightedLoss):
    """The cross entropy of the softmax of scores with classes, or with probabilities.

    Parameters
    ----------
    weight, size_average, ignore_index, reduce, reduction, label_smoothing
        As of `functional.cross_entropy`. The weight is a buffer.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.CrossEntropyLoss()(torch.tensor([[2.0, 1.0, 0.0]]), torch.tensor([0]))
    tensor(0.4076)
    """

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        return functional.cross_entropy(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )
