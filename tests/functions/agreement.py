"""Does a call give in minigrad what it gives in PyTorch?

A call is a function of a library and tensors, `lambda torch, x: torch.exp(x)`. Both libraries run
it on the same numbers, and what can be seen must be the same: values within the tolerances of
`torch.testing.assert_close`, shapes and dtypes, gradients, or else the type of the exception.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

import minigrad
from minigrad.testing.strategies import LAYOUTS, laid_out, tensor_of

Call = Callable[..., Any]
FLOATING = (np.float32, np.float64)
DTYPES = (*FLOATING, np.int64, np.bool_)
SPECIAL = (0.0, -0.0, 1.0, -1.0, 2.0, float("inf"), float("-inf"), float("nan"))


class Operand(NamedTuple):
    """Numbers for a tensor, how it lies in memory in minigrad, whether it wants a gradient."""

    values: np.ndarray
    layout: str
    requires_grad: bool

    def mine(self) -> Any:
        return tensor_of(laid_out(self.values, self.layout), requires_grad=self.requires_grad)

    def theirs(self, torch: Any) -> Any:
        return torch.tensor(self.values, requires_grad=self.requires_grad)


def elements(dtype: Any, special: bool) -> st.SearchStrategy[Any]:
    """Numbers of a dtype: with special ones, or such that functions are smooth around them."""
    kind = np.dtype(dtype).kind
    if kind == "b":
        return st.booleans()
    if kind == "i":
        return st.integers(-3, 4)
    between = st.floats(-3, 3, width=32, allow_subnormal=False).map(lambda x: round(x, 3))
    return st.sampled_from(SPECIAL) | between if special else between.filter(bool)


@st.composite
def operands(
    draw: Any,
    shape: Any = None,
    dtypes: Sequence[Any] = DTYPES,
    special: bool = True,
) -> Operand:
    """An operand of any shape, dtype and layout, with a gradient where it can have one."""
    if shape is None:
        shape = npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
    dtype = draw(st.sampled_from(dtypes))
    size = draw(shape) if isinstance(shape, st.SearchStrategy) else shape
    values = draw(npst.arrays(dtype, size, elements=elements(dtype, special)))
    return Operand(values, draw(st.sampled_from(LAYOUTS)), values.dtype.kind == "f")


@st.composite
def several(draw: Any, count: int, alike: bool = False, **options: Any) -> list[Operand]:
    """Operands whose shapes broadcast, or now and then do not, or are all alike."""
    broadcast = draw(
        npst.mutually_broadcastable_shapes(num_shapes=count, max_dims=3, min_side=0, max_side=3)
    )
    shapes = [broadcast.result_shape] * count if alike else broadcast.input_shapes
    if not alike and draw(st.integers(0, 9)) == 0:
        shapes = [*shapes[:-1], draw(npst.array_shapes(max_dims=2, max_side=4))]
    return [draw(operands(shape, **options)) for shape in shapes]


def check(call: Call, *given: Operand, orders: int = 1) -> None:
    """Run a call in both libraries and compare; `orders` is how often it is differentiated."""
    torch = pytest.importorskip("torch")
    mine = _outcome(minigrad, call, [each.mine() for each in given], orders)
    theirs = _outcome(torch, call, [each.theirs(torch) for each in given], orders)
    # What was rounded to float32 on the way has no more digits, in whatever dtype it comes.
    rounded = any(each.values.dtype == np.float32 for each in given)
    bounds = {"rtol": 1.3e-6, "atol": 1e-5} if rounded else {}
    _compare("result", mine, theirs, torch, bounds)
    if not isinstance(theirs, Exception):
        joined = [[each.requires_grad for each in _tensors(found[0])] for found in (mine, theirs)]
        assert joined[0] == joined[1], "which results require a gradient"


def _outcome(library: Any, call: Call, tensors: list[Any], orders: int) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = call(library, *tensors)
        except Exception as error:
            return error
        found, wanted = [result], [each for each in tensors if each.requires_grad]
        outputs = [each for each in _tensors(result) if each.requires_grad]
        for order in range(orders if wanted else 0):
            starts = [_cotangent(library, output, order) for output in outputs]
            try:
                gradients = _gradients(library, outputs, wanted, starts)
            except Exception as error:
                return [*found, error]
            found.append(gradients)
            outputs = [each for each in gradients if each.requires_grad]
    return found


def _gradients(library: Any, outputs: Any, wanted: Any, starts: Any) -> list[Any]:
    """Gradients of outputs, zeros where they do not depend on an operand."""
    found = [None] * len(wanted)
    if outputs:
        found = library.autograd.grad(
            outputs, wanted, starts, create_graph=True, allow_unused=True
        )
    return [
        library.zeros_like(x) if gradient is None else gradient
        for gradient, x in zip(found, wanted, strict=True)
    ]


def _cotangent(library: Any, output: Any, order: int) -> Any:
    numbers = np.random.default_rng(order).uniform(0.5, 2.0, tuple(output.shape))
    return library.tensor(numbers, dtype=output.dtype)


def _tensors(result: Any) -> Iterator[Any]:
    if isinstance(result, (tuple, list)):
        for each in result:
            yield from _tensors(each)
    elif hasattr(result, "requires_grad"):
        yield result


def _compare(name: str, mine: Any, theirs: Any, torch: Any, bounds: dict[str, float]) -> None:
    if isinstance(mine, Exception) or isinstance(theirs, Exception):
        if type(mine) is not type(theirs):
            raise AssertionError(f"{name}: {mine!r} here, {theirs!r} in PyTorch")
    elif isinstance(theirs, (tuple, list)):
        assert len(mine) == len(theirs), f"{name}: {mine!r} here, {theirs!r} in PyTorch"
        for position, pair in enumerate(zip(mine, theirs, strict=True)):
            _compare(f"{name}[{position}]", *pair, torch, bounds)
    elif isinstance(theirs, torch.Tensor):
        assert isinstance(mine, minigrad.Tensor), f"{name}: {mine!r}"
        assert str(mine.dtype).partition(".")[2] == str(theirs.dtype).partition(".")[2], name
        here = torch.tensor(mine.detach().array.copy())
        torch.testing.assert_close(
            here, theirs.detach(), **bounds, equal_nan=True, msg=lambda text: f"{name}: {text}"
        )
    else:
        assert type(mine) is type(theirs) and mine == theirs, name
