"""How are results written into tensors that are there: `torch.add(x, y, out=z)`?

Functions take `out` where PyTorch's do, methods do not. No function knows of it: the result is
computed as always and then copied. So results find their places, but no memory is saved on the
way to them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import cache, wraps
from types import FunctionType
from typing import Any

from numpy.lib.stride_tricks import as_strided

from . import arrays, functions, structure
from .broadcast import broadcast_shape
from .dtypes import CATEGORY, NAMES_IN_C, uint8
from .functions.sizes import NOT_GIVEN
from .grad_mode import mode
from .inference import check_change
from .launch import empty, launch, reading_value
from .strides import address_of, owner_of
from .tensor import Array, Tensor

# Results of these may be of another dtype than `out`, if it is of no lesser kind.
CONVERTED = frozenset(
    "add sub subtract mul div true_divide floor_divide remainder reciprocal pow square "
    "exp expm1 log log1p log2 log10 sqrt rsqrt sin cos tanh sigmoid "
    "eq ne lt le gt ge maximum minimum logical_and logical_or logical_xor logical_not "
    "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift bernoulli "
    "lerp addcmul addcdiv normalize "
    "outer mean var std logsumexp".split()
)  # `mean` unless it is given a dtype
JOINING = frozenset("cat stack hstack vstack".split())  # these, too
# Of these they must be of its dtype; some calls of them are told apart in `_converts`.
OF_ONE_DTYPE = frozenset(
    "abs neg sign ceil floor round trunc clamp clamp_min clamp_max where bitwise_not "
    "matmul mm bmm mv dot addmm all any amax amin argmax argmin max min median norm "
    "softmax log_softmax sort msort topk gather take_along_dim index_select masked_select "
    "nonzero multinomial scatter scatter_add diag tril triu gelu linear softplus".split()
)
# And these compute in its dtype, unless they are given one.
NEW = frozenset("empty zeros ones full eye linspace rand randn randint randperm normal".split())
IN_ITS_DTYPE = NEW | frozenset("sum prod cumsum arange".split())
# Of another shape than the result, `out` gets memory of its own from these, and others first ask
# whether its memory repeats.
RESIZING = frozenset(
    "addmm matmul mm bmm mv dot linear all any amax amin argmax argmin max min median norm "
    "sum prod cumsum mean var std logsumexp softmax log_softmax sort msort topk gather "
    "take_along_dim multinomial diag tril triu arange".split()
).union(NEW, JOINING)
ROWS = frozenset(["arange", "linspace"])  # an `out` of as many elements keeps its shape
FILLING = frozenset("empty zeros ones full".split())  # with one number: so memory may repeat
# The first operand of these is no number then.
OF_TENSORS = frozenset(
    "remainder bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift".split()
)
ALONG_DIM = frozenset(["sum", "prod", "median"])
# These read after they have begun to write, so `out` may share no element with an operand, but be
# the one of this name and place: an index is read before, and `scatter` begins with a copy.
APART: dict[str, tuple[str, int] | None] = {
    **dict.fromkeys(JOINING | {"index_select", "masked_select"}),
    **{"gather": ("index", 2), "take_along_dim": ("indices", 1)},
    **{"scatter": ("input", 0), "scatter_add": ("input", 0)},
}
SELECTING = frozenset(["index_select", "masked_select"])  # look at the memory that `out` had
# Nobody asks for a derivative of these, so `out` may require one.
COMPARING = frozenset("eq ne lt le gt ge logical_and logical_or logical_xor logical_not".split())
TAKING_OUT = CONVERTED | JOINING | OF_ONE_DTYPE | IN_ITS_DTYPE


@cache  # so that functions of two names stay one
def taking_out(function: FunctionType) -> Callable[..., Any]:
    """The function itself, or if PyTorch's takes `out`, one that does."""
    name = function.__name__
    if name not in TAKING_OUT:
        return function

    @wraps(function)
    def called(*arguments: Any, out: Any = None, **keywords: Any) -> Any:
        if out is None:
            return function(*arguments, **keywords)
        outs = list(_tensors(out, name))
        _require_tensors(name, arguments, keywords)
        _require_dim(name, arguments, keywords)
        operands = [*_operands(arguments), *_operands(keywords.values())]
        if name == "normal" and operands:
            arguments, keywords = _drawn_into(outs[0], *arguments, **keywords)
        elif name in IN_ITS_DTYPE and isinstance(out, Tensor) and keywords.get("dtype") is None:
            keywords["dtype"] = out.dtype
        result = function(*arguments, **keywords)
        results = result if isinstance(result, tuple) else (result,)
        if isinstance(out, Tensor) == isinstance(result, tuple) or len(outs) != len(results):
            wanted = f"tuple of {len(results)} Tensors" if isinstance(result, tuple) else "Tensor"
            raise TypeError(f"{name}(): argument 'out' must be {wanted}, not {type(out).__name__}")
        if name in APART:
            _require_apart(outs[0], results[0], operands, name, arguments, keywords)
        converts = _converts(name, result, (*arguments, *keywords.values()), keywords)
        for each, target in zip(results, outs, strict=True):
            _write(each, target, operands, name, converts)
        return type(result)(*outs) if isinstance(result, tuple) else out

    return called


def _require_tensors(function: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    """Raise for a number where PyTorch takes one only without `out`."""
    if function == "where":
        operands = [*arguments, *keywords.values()]
    elif function in OF_TENSORS:
        operands = [*arguments[:1], *([] if arguments else [keywords.get("input")])]
    else:
        return
    for each in operands:
        if not isinstance(each, Tensor):
            raise TypeError(
                f"{function}(): beside out= it takes Tensor, not {type(each).__name__}"
            )


def _require_dim(function: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    """Raise where PyTorch reduces all elements only without `out`."""
    dim = arguments[1] if len(arguments) > 1 else keywords.get("dim", NOT_GIVEN)
    unbiased = isinstance(dim, bool) or (dim is NOT_GIVEN and "unbiased" in keywords)
    if (function in ALONG_DIM and dim is NOT_GIVEN) or (function in ("std", "var") and unbiased):
        raise TypeError(f"{function}(): beside out= it needs an argument 'dim'")


def _require_apart(
    out: Tensor,
    result: Tensor,
    operands: list[Tensor],
    function: str,
    arguments: tuple[Any, ...],
    keywords: dict[str, Any],
) -> None:
    """Raise if `out` shares elements with what is read when it has begun to be written.

    Of another shape it will not, with memory of its own. In PyTorch it gets what lies behind its
    first element, and the operand that it is gets another shape as well: which is refused.
    """
    places: list[int] = []
    if (shared := APART[function]) is not None:
        name, place = shared
        which = keywords.get(name, next(iter(arguments[place:]), None))
        places = [k for k, each in enumerate(operands) if each is which][:1]
    moves = function not in SELECTING and out.array.shape != result.array.shape
    written = _memory_from(out.array, result.array.size) if moves else out.array
    for k, each in enumerate(operands):
        if each is out and moves:
            raise RuntimeError(functions.rewriting.OVERLAP)
        functions.rewriting.check_overlap(written, each.array, whole_too=k not in places)


def _memory_from(array: Array, count: int) -> Array:
    """So many elements from an array's first one on, as far as its memory goes."""
    owner = owner_of(array)
    room = owner.nbytes - (address_of(array) - address_of(owner))
    return as_strided(array, (min(count, room // array.itemsize),), (array.itemsize,))


def _drawn_into(
    out: Tensor, mean: Any, std: Any = 1.0, *size: Any, **others: Any
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Arguments of `normal` for numbers of the dtype of `out`, of whose shape are means alone."""
    if isinstance(mean, Tensor) and not isinstance(std, Tensor):
        mean = mean.expand(broadcast_shape(mean.array.shape, out.array.shape))
    mean, std = (each.to(out.dtype) if isinstance(each, Tensor) else each for each in (mean, std))
    return (mean, std, *size), others


def _tensors(out: Any, function: str) -> Iterator[Tensor]:
    """The tensors in `out`, which is one or several."""
    for each in out if isinstance(out, (tuple, list)) else [out]:
        if not isinstance(each, Tensor):
            raise TypeError(
                f"{function}(): argument 'out' must be Tensor, not {type(each).__name__}"
            )
        yield each


def _operands(arguments: Any) -> Iterator[Tensor]:
    for each in arguments:
        if isinstance(each, Tensor):
            yield each
        elif isinstance(each, (tuple, list)):
            yield from _operands(each)


def _converts(
    function: str, result: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> bool:
    """Whether the result may be of another dtype than `out`, if that is of no lesser kind."""
    if function == "mean":
        return keywords.get("dtype") is None
    if function in ("clamp", "clamp_min", "clamp_max"):  # between tensors
        return all(each is None or isinstance(each, Tensor) for each in arguments)
    if function in ("max", "min"):  # of all elements, or of two tensors
        return isinstance(result, Tensor)
    return function in CONVERTED | JOINING


def _write(
    result: Tensor, out: Tensor, operands: list[Tensor], function: str, converts: bool
) -> None:
    """Give `out` the values of a result, and its shape."""
    check_change(out)
    wanted = mode.grad_enabled and out.requires_grad and function not in COMPARING
    if result._requires_grad or wanted:
        raise RuntimeError(
            f"{function}(): functions with out=... arguments don't support automatic "
            "differentiation, but one of the arguments requires grad."
        )
    _check_dtype(result, out, function, converts)
    values = result.array
    if function in ROWS and values.size == out.array.size:
        values = values.reshape(out.array.shape)
    if values.shape != out.array.shape:
        if function not in RESIZING:
            functions.rewriting.check_memory(out.array)
        if function not in RESIZING | APART.keys() and any(each is out for each in operands):
            raise RuntimeError(
                f"output with shape {list(out.shape)} doesn't match the broadcast shape "
                f"{list(values.shape)}"
            )
        warns = out.array.size > 0 and (function not in NEW or bool(operands))
        _reshape(out, values.shape, function, warns)
    if function not in FILLING:
        functions.rewriting.check_memory(out.array)
    for each in operands:
        functions.rewriting.check_overlap(out.array, each.array)
    launch(arrays.assign, values, out.array)
    out._bump_version()


def _check_dtype(result: Tensor, out: Tensor, function: str, converts: bool) -> None:
    if result.dtype is out.dtype:
        return
    if function in ("any", "all") and out.dtype is uint8:
        return
    if not converts:
        wanted, found = (NAMES_IN_C[each.array.dtype.char] for each in (result, out))
        raise RuntimeError(f"Expected out tensor to have dtype {wanted}, but got {found} instead")
    if CATEGORY[result.array.dtype.kind] > CATEGORY[out.array.dtype.kind]:
        raise (TypeError if function in JOINING else RuntimeError)(
            f"result type {result.dtype.scalar_type} can't be cast to the desired output type "
            f"{out.dtype.scalar_type}"
        )


def _reshape(out: Tensor, shape: tuple[int, ...], function: str, warns: bool) -> None:
    """Give `out` memory of another shape."""
    reading_value(f"{function}() with an `out` of another shape than its result")
    if warns:
        warnings.warn(
            "An output with one or more elements was resized since it had shape "
            f"{list(out.shape)}, which does not match the required output shape {list(shape)}. "
            "This behavior is deprecated: give an output of that shape, or one without elements.",
            stacklevel=5,
        )
    structure.bump()
    out.array = empty(shape, out.array.dtype)
