"""Tensors with channels, (N, C) or (N, C, L), as matrices with a column for each channel."""

from __future__ import annotations

from .tensor import Tensor


def check_channels(x: Tensor, **per_channel: Tensor | None) -> None:
    """Raise unless each tensor has one element for each channel of x: (N, C) or (N, C, L)."""
    if x.array.ndim not in (2, 3):
        raise ValueError(f"expected 2D or 3D input (got {x.array.ndim}D input)")
    for name, tensor in per_channel.items():
        if tensor is not None and tensor.array.shape != x.array.shape[1:2]:
            raise RuntimeError(
                f"{name} should contain {x.array.shape[1]} elements not {tensor.array.size}"
            )


def as_rows(x: Tensor) -> Tensor:
    """(N, C, L) as (N · L, C): a channel's statistics do not tell the two apart."""
    N, C, L = x.array.shape
    return x.permute(0, 2, 1).reshape(N * L, C)


def from_rows(rows: Tensor, like: Tensor) -> Tensor:
    """(N · L, C) back to the shape of `like`, (N, C, L)."""
    N, C, L = like.array.shape
    return rows.reshape(N, L, C).permute(0, 2, 1).contiguous()
