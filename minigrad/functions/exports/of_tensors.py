"""Which functions treat a tensor as a whole: its shape, its order, sums over it?"""

from ..closeness import allclose, equal, isclose
from ..conversion import clone, detach
from ..counting import bincount
from ..deviations import std, var
from ..drawing import bernoulli, multinomial
from ..expansion import (
    broadcast_shapes,
    broadcast_tensors,
    broadcast_to,
    meshgrid,
    repeat_interleave,
    tile,
)
from ..extrema import amax, amin, argmax, argmin, max, min
from ..gathering import gather, index_select, take_along_dim
from ..inquiries import is_floating_point, is_tensor, numel, result_type
from ..joining import cat, concat, concatenate, hstack, stack, vstack
from ..masking import argwhere, masked_fill, masked_select, nonzero
from ..median import median
from ..norms import norm
from ..products import addmm, bmm, matmul, mm
from ..rearranging import diag, diagonal, flip, roll, tril, triu
from ..reductions import all, any, count_nonzero, cumsum, mean, prod, sum
from ..scattering import scatter, scatter_add
from ..shape import flatten, ravel, reshape, squeeze, unflatten, unsqueeze
from ..softmax import log_softmax, logsumexp, softmax
from ..sorting import argsort, msort, sort, topk, unique
from ..splitting import chunk, narrow, select, split, tensor_split, unbind
from ..transposing import moveaxis, movedim, permute, swapaxes, swapdims, t, transpose
from ..vector_products import dot, mv, outer

__all__ = [
    "addmm",
    "all",
    "allclose",
    "amax",
    "amin",
    "any",
    "argmax",
    "argmin",
    "argsort",
    "argwhere",
    "bernoulli",
    "bincount",
    "bmm",
    "broadcast_shapes",
    "broadcast_tensors",
    "broadcast_to",
    "cat",
    "chunk",
    "clone",
    "concat",
    "concatenate",
    "count_nonzero",
    "cumsum",
    "detach",
    "diag",
    "diagonal",
    "dot",
    "equal",
    "flatten",
    "flip",
    "gather",
    "hstack",
    "index_select",
    "is_floating_point",
    "is_tensor",
    "isclose",
    "log_softmax",
    "logsumexp",
    "masked_fill",
    "masked_select",
    "matmul",
    "max",
    "mean",
    "median",
    "meshgrid",
    "min",
    "mm",
    "moveaxis",
    "movedim",
    "msort",
    "multinomial",
    "mv",
    "narrow",
    "nonzero",
    "norm",
    "numel",
    "outer",
    "permute",
    "prod",
    "ravel",
    "repeat_interleave",
    "reshape",
    "result_type",
    "roll",
    "scatter",
    "scatter_add",
    "select",
    "softmax",
    "sort",
    "split",
    "squeeze",
    "stack",
    "std",
    "sum",
    "swapaxes",
    "swapdims",
    "t",
    "take_along_dim",
    "tensor_split",
    "tile",
    "topk",
    "transpose",
    "tril",
    "triu",
    "unbind",
    "unflatten",
    "unique",
    "unsqueeze",
    "var",
    "vstack",
]
