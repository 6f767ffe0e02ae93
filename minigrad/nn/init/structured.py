"""How is a weight made an identity, orthogonal, or mostly zeros?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigrad.grad_mode import no_grad
from minigrad.launch import empty, launch
from minigrad.random import Generator, default_generator
from minigrad.random.default import chosen
from minigrad.tensor import Array, Tensor, tensor_of


def eye_(tensor: Tensor) -> Tensor:
    """Fill a matrix with ones on its diagonal and zeros elsewhere.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.init.eye_(torch.empty(2, 3))
    tensor([[1., 0., 0.],
            [0., 1., 0.]])
    """
    _expect_matrix(tensor)
    return _changed(tensor, _identity)


def dirac_(tensor: Tensor, groups: int = 1) -> Tensor:
    """Fill the weight of a convolution so that it hands channels on as they are.

    Parameters
    ----------
    tensor : Tensor
        Of shape (outputs, inputs, ...) with one to three dimensions of space.
    groups : int
        Into how many groups the outputs are divided, each of which hands the inputs on.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> channels = torch.rand(2)
    >>> weight = nn.init.dirac_(torch.empty(2, 2, 1))
    >>> torch.equal(weight[:, :, 0] @ channels, channels)
    True
    """
    if not 3 <= tensor.dim() <= 5:
        raise ValueError("Only tensors with 3, 4, or 5 dimensions are supported")
    if tensor.shape[0] % groups != 0:
        raise ValueError("dim 0 must be divisible by groups")
    return _changed(tensor, _dirac, groups)


def orthogonal_(tensor: Tensor, gain: float = 1, generator: Generator | None = None) -> Tensor:
    """Fill with a matrix whose rows, or columns if they are fewer, are orthonormal.

    It is the Q of a QR decomposition of normal numbers, with the signs that make it uniformly
    distributed (Mezzadri, "How to generate random matrices from the classical compact groups",
    2007; Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear
    neural networks", 2014). It is computed in float64.

    Parameters
    ----------
    tensor : Tensor
        Of at least two dimensions; those after the first count as one.
    gain : float
        The length of the rows or columns.
    generator : Generator, optional
        The source of the random numbers; the default one unless given.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> w = nn.init.orthogonal_(torch.empty(2, 3, dtype=torch.float64))
    >>> bool((abs((w @ w.T - torch.tensor([[1.0, 0.0], [0.0, 1.0]])).numpy()) < 1e-12).all())
    True
    """
    if tensor.dim() < 2:
        raise ValueError("Only tensors with 2 or more dimensions are supported")
    if tensor.numel() == 0:
        return tensor
    rows = tensor.shape[0]
    out = empty((rows, tensor.numel() // rows), tensor.array.dtype)
    launch(_orthogonal, chosen(generator, "orthogonal_"), out)
    with no_grad():
        tensor.view(out.shape).copy_(tensor_of(out))
        return tensor.mul_(gain)


def sparse_(
    tensor: Tensor, sparsity: float, std: float = 0.01, generator: Generator | None = None
) -> Tensor:
    """Fill a matrix with normal numbers, and set a part of each column to 0.

    Source: Martens, "Deep learning via Hessian-free optimization", 2010. As in PyTorch the
    default generator says which elements are zero, even if another one is given.

    Parameters
    ----------
    tensor : Tensor
        Of two dimensions.
    sparsity : float
        The fraction of each column that is 0, rounded up to whole elements.
    std : float
        The standard deviation of the others.
    generator : Generator, optional
        The source of the normal numbers; the default one unless given.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> weight = nn.init.sparse_(torch.empty(5, 3), sparsity=0.5)
    >>> (weight == 0).sum(0)
    tensor([3, 3, 3])
    """
    _expect_matrix(tensor)
    zeros = math.ceil(sparsity * tensor.shape[0])
    with no_grad():
        tensor.normal_(0, std, generator=generator)
    return _changed(tensor, _clear_columns, default_generator, zeros)


def _changed(tensor: Tensor, fill: Any, *arguments: Any) -> Tensor:
    """The tensor after `fill(*arguments, array)` has changed its array."""
    launch(fill, *arguments, tensor.array)
    tensor._bump_version()
    return tensor


def _expect_matrix(tensor: Tensor) -> None:
    if tensor.dim() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")


def _identity(out: Array) -> None:
    out[...] = np.eye(*out.shape)


def _dirac(groups: int, out: Array) -> None:
    size = out.shape[0] // groups
    channels = np.arange(min(size, out.shape[1]))
    centre = tuple(length // 2 for length in out.shape[2:])
    out[...] = 0
    for group in range(groups):
        out[(group * size + channels, channels, *centre)] = 1


def _orthogonal(generator: Any, out: Array) -> None:
    values = np.empty(out.shape, out.dtype)
    generator.normal(values)
    wide = out.shape[0] < out.shape[1]
    q, r = np.linalg.qr((values.T if wide else values).astype(np.float64))
    q *= np.sign(np.diagonal(r))
    out[...] = q.T if wide else q


def _clear_columns(generator: Any, zeros: int, out: Array) -> None:
    rows, columns = out.shape
    for column in range(columns):
        out[generator.permutation(rows)[:zeros], column] = 0
