"""An input goes through both libraries, and what differs is seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import torch

import minigrad
from compare.samples.conversion import for_minigrad, for_torch
from compare.samples.course import FIRST, RESULTS, SECOND
from compare.samples.holding import Outcome, hold
from compare.samples.known import OF_EQUALS
from compare.samples.sample import Sample


@dataclass(frozen=True)
class Planted:
    """What a test makes of the arguments, in either library."""

    call: Callable[..., Any]
    name: str = "planted"
    form: str = "function"
    compiles: ClassVar[bool] = True

    def run(
        self, library: Any, arguments: list[Any], keywords: Mapping[str, Any]
    ) -> tuple[Any, list[Any]]:
        return self.call(library, *arguments, **keywords), []


def held(call: Callable[..., Any], *arguments: Any, name: str = "planted", **keywords: Any) -> Any:
    return hold(Sample(Planted(call, name), "float32", arguments, keywords))


def numbers(*values: float, dtype: Any = torch.float32) -> Any:
    return torch.tensor(values, dtype=dtype, requires_grad=dtype.is_floating_point)


def test_what_agrees_does_so_in_every_stage_and_compiled() -> None:
    outcome = held(lambda library, x: library.exp(x) * x, numbers(0.5, 2.0))
    assert outcome.stages == (RESULTS, FIRST, SECOND) and outcome.compiled
    assert outcome.difference is None and outcome.known is None


def test_what_both_refuse_is_no_difference_and_what_one_refuses_is() -> None:
    def refusing(mine: type[Exception] | None, his: type[Exception] | None) -> Outcome:
        def call(library: Any, x: Any) -> Any:
            error = mine if library is minigrad else his
            if error is not None:
                raise error("no")
            return x

        return held(call, numbers(1.0))

    assert refusing(TypeError, TypeError).refused
    assert (
        "TypeError: no instead of RuntimeError: no" in refusing(TypeError, RuntimeError).difference
    )
    assert refusing(NotImplementedError, RuntimeError).difference is not None
    assert "no error instead of TypeError" in refusing(None, TypeError).difference
    assert "TypeError: no instead of no error" in refusing(TypeError, None).difference


class Bent(minigrad.autograd.Function):
    """A square whose gradient, or whose gradient's gradient, is off by a thousandth."""

    @staticmethod
    def forward(ctx: Any, x: Any, first: float, second: float) -> Any:
        ctx.save_for_backward(x)
        ctx.factors = first, second
        return x * x

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        (x,) = ctx.saved_tensors
        first, second = ctx.factors
        return grad * (2 * first) * (x + (second - 1) * (x - x.detach())), None, None


@pytest.mark.parametrize(
    "call, told",
    [
        (lambda library, x: x * (1.001 if library is minigrad else 1), "not close"),
        (lambda library, x: x.double() if library is minigrad else x, "dtype"),
        (lambda library, x: x[:1] if library is minigrad else x, "shape"),
        (lambda library, x: x.detach() if library is minigrad else x, "requires_grad"),
        (lambda library, x: (x, x) if library is minigrad else x, "a tuple instead of a tensor"),
        (lambda library, x: [x] if library is minigrad else [x, x], "instead of 2 results"),
        (lambda library, x: (x, 2) if library is minigrad else (x, 3), "2 instead of 3"),
        (lambda library, x: (x, 2.0) if library is minigrad else (x, 2), "2.0 instead of 2"),
        (
            lambda library, x: Bent.apply(x, 1.001, 1.0) if library is minigrad else x * x,
            "gradients, first",
        ),
        (
            lambda library, x: Bent.apply(x, 1.0, 1.001) if library is minigrad else x * x,
            "gradients, second",
        ),
    ],
)
def test_what_differs_is_seen(call: Callable[..., Any], told: str) -> None:
    outcome = held(call, numbers(1.0, -3.0, 0.25))
    assert told in outcome.difference and outcome.known is None


def test_steps_in_memory_that_differ_are_seen() -> None:
    def transposed(library: Any, x: Any) -> Any:
        return x.t().contiguous().t() if library is minigrad else x

    assert "stride" in held(transposed, torch.ones(2, 3)).difference
    assert held(transposed, torch.ones(1, 3)).difference is None  # which mean the same


def test_a_compiled_step_that_differs_is_seen() -> None:
    # One call is minigrad's, one PyTorch's, three are eager: a replay knows nothing of the last.
    factors = iter([1.0, 1.0, 1.0, 1.0, 2.0])

    def call(library: Any, x: Any) -> Any:
        return x * next(factors, 1.0)

    assert "compiled, call 3" in held(call, numbers(1.0, 2.0)).difference


def test_rounding_excuses_what_cancels_and_no_more() -> None:
    large = [1e8, 1.0, -1e8]  # what is left of their sum depends on the order

    def total(library: Any, x: Any, factor: float) -> Any:
        if library is minigrad:
            return ((x[0] + x[1]) + x[2]) * factor + x[3]
        return ((x[0] + x[2]) + x[1]) + x[3]

    assert held(total, numbers(*large, 0.0), 1.0).difference is None
    assert "not close" in held(total, numbers(1.0, 1.0, 1.0, 0.0), 1.0001).difference


def test_rounding_excuses_nothing_else_beside_it() -> None:
    def beside(wrong: Any, right: Any, dtype: str = "int64") -> Outcome:
        def call(library: Any, x: Any) -> Any:
            value = wrong if library is minigrad else right
            return total(library, x), library.tensor(value, dtype=getattr(library, dtype))

        return held(call, numbers(1e8, 1.0, -1e8))

    def total(library: Any, x: Any) -> Any:
        return (x[0] + x[1]) + x[2] if library is minigrad else (x[0] + x[2]) + x[1]

    inf, nan = float("inf"), float("nan")
    assert beside(1, 1).difference is None
    assert beside(2, 1).difference is not None
    for wrong, right in ((-inf, inf), (nan, inf), (inf, 1.0), (1.0, nan)):
        assert beside([wrong], [right], "float32").difference is not None
    assert beside([1.0 + 1e-6], [1.0], "float64").difference is not None


def test_a_number_without_dimensions_that_differs_is_seen() -> None:
    outcome = held(lambda library, x: x * (1.001 if library is minigrad else 1), torch.tensor(2.0))
    assert "not close" in outcome.difference


def test_an_operand_that_changes_is_seen() -> None:
    def call(library: Any, x: Any) -> Any:
        found = x + 1
        if library is minigrad:
            x.add_(1)
        return found

    assert "an operand afterwards" in held(call, torch.ones(2)).difference


def test_another_index_is_excused_only_among_equal_numbers() -> None:
    def sorting(mine: list[int]) -> Callable[..., Any]:
        def call(library: Any, x: Any) -> Any:
            return x * 1, library.tensor(mine if library is minigrad else [0, 1, 2])

        return call

    def doubled(library: Any, x: Any) -> Any:
        values, index = sorting([1, 0, 2])(library, x)
        return (values * 2 if library is minigrad else values), index

    x = numbers(1, 1, 2, dtype=torch.int64)
    assert held(sorting([1, 0, 2]), x, name="sort").known == OF_EQUALS
    for wrong in ([0, 0, 2], [0, 2, 1]):  # one used twice, another number
        assert "not equal" in held(sorting(wrong), x, name="sort").difference
    assert "not equal" in held(sorting([1, 0, 2]), x, name="flip").difference
    assert "not equal" in held(doubled, x, name="sort").difference


@pytest.mark.parametrize("convert", [for_torch, for_minigrad])
def test_tensors_that_share_memory_do_so_afterwards_and_no_call_changes_the_next(
    convert: Callable[[], Any],
) -> None:
    whole = torch.arange(6.0).reshape(2, 3)
    conversion = convert()
    first, again, part = conversion([whole, whole, whole.t()[1:]])
    assert first is again and tuple(part.stride()) == (1, 3)
    part.zero_()
    assert first.tolist() == [[0.0, 0.0, 0.0], [3.0, 0.0, 0.0]]
    assert part.data_ptr() - first.data_ptr() == part.element_size()
    assert whole.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]


@pytest.mark.parametrize(
    "argument", [torch.ones(2, dtype=torch.uint16), torch.float16, 1j, torch.device("meta")]
)
def test_what_minigrad_has_no_dtype_or_device_for_is_not_compared(argument: Any) -> None:
    assert not held(lambda library, x: x, argument).covered
