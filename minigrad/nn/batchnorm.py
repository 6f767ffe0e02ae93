"""What does batch normalisation hold, and what does it update when?"""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..functions import normalization
from ..tensor import Tensor
from . import init
from .conversion import unfilled
from .module import Module
from .parameter import Parameter


class _BatchNorm(Module):
    """What PyTorch has as the base of several layers, which scripts derive theirs from."""

    _version = 2  # the first had no num_batches_tracked

    num_features: int
    eps: float
    momentum: float | None
    affine: bool
    track_running_stats: bool
    weight: Parameter | None
    bias: Parameter | None
    running_mean: Tensor | None
    running_var: Tensor | None
    num_batches_tracked: Tensor | None

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: str | None = None,
        dtype: dtypes.dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        for name, wanted in (("weight", affine), ("bias", affine and bias)):
            values = unfilled(num_features, device=device, dtype=dtype) if wanted else None
            self.register_parameter(name, None if values is None else Parameter(values))
        for name, size, kind in (
            ("running_mean", (num_features,), dtype),
            ("running_var", (num_features,), dtype),
            ("num_batches_tracked", (), dtypes.int64),
        ):
            values = unfilled(*size, device=device, dtype=kind) if track_running_stats else None
            self.register_buffer(name, values)
        self.reset_parameters()

    def reset_running_stats(self) -> None:
        """Forget the batches seen so far."""
        if self.track_running_stats:
            self.running_mean.zero_()  # type: ignore[union-attr]
            self.running_var.fill_(1)  # type: ignore[union-attr]
            self.num_batches_tracked.zero_()  # type: ignore[union-attr]

    def reset_parameters(self) -> None:
        """Set everything back to how it was at first."""
        self.reset_running_stats()
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Normalise `input`, of shape (N, C) or (N, C, L)."""
        self._check_input_dim(input)
        training = self.training
        tracking = training and self.track_running_stats
        running_mean = running_var = counter = None
        if tracking or not training:
            running_mean, running_var = self.running_mean, self.running_var
        if tracking:
            counter = self.num_batches_tracked
        momentum = self.momentum
        if momentum is None and counter is None:
            momentum = 0.0
        return normalization.batch_norm_counted(
            input,
            (running_mean, running_var, self.weight, self.bias),
            training or (running_mean is None and running_var is None),
            momentum,
            self.eps,
            counter,
        )

    def _check_input_dim(self, input: Tensor) -> None:
        """Raise unless the layer takes inputs of this shape; a derived class says so."""
        raise NotImplementedError

    def _complete_state(self, values: dict[str, Any], prefix: str, version: int | None) -> None:
        if (version is None or version < 2) and self.num_batches_tracked is not None:
            values.setdefault(f"{prefix}num_batches_tracked", self.num_batches_tracked)

    def extra_repr(self) -> str:
        """Show the arguments."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, "
            f"affine={self.affine}, bias={self.bias is not None}, "
            f"track_running_stats={self.track_running_stats}"
        )


class BatchNorm1d(_BatchNorm):
    """Normalise every channel to mean 0 and variance 1, then scale and shift it.

    In training the mean and the (biased) variance are those of the batch, and the running
    statistics follow them; in evaluation they are the running statistics.

    Parameters
    ----------
    num_features : int
        The number C of channels of an input of shape (N, C) or (N, C, L).
    eps : float
        Added to the variance.
    momentum : float or None
        The weight of the present batch in the running statistics; None means that they are
        the plain average over all batches.
    affine : bool
        Whether there is a learnt scale.
    track_running_stats : bool
        Whether there are running statistics. Without them evaluation, too, uses the batch's.
    device : str, optional
        "cpu".
    dtype : dtype, optional
        Of the parameters and the running statistics; the default dtype unless given.
    bias : bool
        Whether, if affine, there is also a learnt shift.

    Attributes
    ----------
    weight, bias : Parameter or None
        Scale and shift, of shape (C,): ones and zeros at first.
    running_mean, running_var : Tensor or None
        Buffers of shape (C,): zeros and ones at first. The variance is the unbiased one.
    num_batches_tracked : Tensor or None
        A buffer: how many batches were seen in training.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> layer = nn.BatchNorm1d(2)
    >>> layer(torch.tensor([[1.0, 10.0], [3.0, 30.0]])).detach()
    tensor([[-1.0000, -1.0000],
            [ 1.0000,  1.0000]])
    >>> layer.running_mean
    tensor([0.2000, 2.0000])
    """

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() != 2 and input.dim() != 3:
            raise ValueError(f"expected 2D or 3D input (got {input.dim()}D input)")
