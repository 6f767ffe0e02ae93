"""Is one library's result the other's, by PyTorch's own tolerances?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch

import minigrad


def difference(ours: Any, theirs: Any, *, strides: bool = True, values: bool = True) -> str | None:
    """What of minigrad's result is not PyTorch's, None if nothing.

    Parameters
    ----------
    strides, values : whether those of tensors count
    """
    if isinstance(theirs, torch.Tensor):
        found = of_tensors(ours, theirs, strides)
        return of_values(ours, theirs) if found is None and values else found
    if isinstance(theirs, Mapping):
        if not isinstance(ours, Mapping) or list(ours) != list(theirs):
            return f"{ours!r} instead of {theirs!r}"
        ours, theirs = list(ours.values()), list(theirs.values())
    if isinstance(theirs, tuple | list):
        if not isinstance(ours, tuple | list) or len(ours) != len(theirs):
            return f"{ours!r} instead of {len(theirs)} results"
        pairs = zip(ours, theirs, strict=True)
        told = (difference(*pair, strides=strides, values=values) for pair in pairs)
        return next(filter(None, told), None)
    return None if same(ours, theirs) else f"{ours!r} instead of {theirs!r}"


def of_tensors(ours: Any, theirs: torch.Tensor, strides: bool) -> str | None:
    """The first thing about a tensor that differs, but for its numbers."""
    if not isinstance(ours, minigrad.Tensor):
        return f"a {type(ours).__name__} instead of a tensor"
    for name in ("dtype", "shape", "requires_grad"):
        mine, his = getattr(ours, name), getattr(theirs, name)
        if not same(mine, his):
            return f"{name} {mine} instead of {his}"
    if strides and not step_alike(ours.stride(), theirs.stride(), theirs):
        return f"stride {ours.stride()} instead of {theirs.stride()}"
    return None


def of_values(ours: Any, theirs: torch.Tensor) -> str | None:
    """Which numbers differ."""
    return difference_of_values(torch.from_numpy(ours.detach().numpy()), theirs.detach())


def difference_of_values(ours: torch.Tensor, theirs: torch.Tensor) -> str | None:
    """Which numbers differ by more than PyTorch's tolerances."""
    try:
        torch.testing.assert_close(ours, theirs, equal_nan=True)
    except AssertionError as error:
        return " ".join(str(error).split())
    return None


def step_alike(mine: tuple[int, ...], his: tuple[int, ...], tensor: torch.Tensor) -> bool:
    """Whether two tuples of strides mean the same: along one element, or none, any does."""
    pairs = zip(mine, his, tensor.shape, strict=True)
    return tensor.numel() == 0 or all(one == other for one, other, n in pairs if n != 1)


def same(ours: Any, theirs: Any) -> bool:
    """Whether something that is no tensor is the same, or a number within rounding."""
    if isinstance(theirs, float) and isinstance(ours, float):
        return ours == theirs or math.isclose(ours, theirs, rel_tol=1e-6) or ours != ours != theirs
    if type(theirs).__module__.partition(".")[0] == "torch" or isinstance(theirs, str):
        return str(ours).replace("minigrad", "torch") == str(theirs)
    return type(ours) is type(theirs) and bool(ours == theirs)
