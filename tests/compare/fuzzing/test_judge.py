"""What counts as a difference, and what do roundings explain?"""

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import torch

import minigrad
from compare.fuzzing import cases
from compare.fuzzing.block import run_block, shortened, unexplained
from compare.fuzzing.drawing import lines_of, program_of
from compare.fuzzing.judge import judge
from minigrad.testing import Input, Instruction, Program

CHAINS = {
    "a sum that cancels": [
        "a = torch.tensor([1.0, 1e8, 3.14159, -1e8, 0.1], requires_grad=True)",
        "b = a.exp().log1p().sum() * 1e-3 + a.sum()",
        "c = (b - b.floor()) / 1e-7",
    ],
    "gradients that cancel": [
        "a = torch.tensor([0.1, 0.2, 0.7], dtype=torch.float64, requires_grad=True)",
        "b = a.softmax(0)",
        "b.backward(torch.ones(3, dtype=torch.float64))",
    ],
    "random numbers": [
        "torch.manual_seed(3)",
        "a = torch.randn((40,))",
        "m = torch.nn.Dropout(0.5)",
        "b = m(a)",
        "torch.manual_seed(3)",
        "m.train(False)",
        "c = m(a).bernoulli(0.5)",
    ],
    "a sum with a factor, of products that cancel": [
        "a = torch.tensor([2.7392337322235107, -9.180529594421387])",
        "b = torch.tensor([4.108850479125977, -13.770794868469238])",
        "c = torch.add(b, a, alpha=-1.5)",
        "d = torch.sub(b, a, alpha=1.5)",
    ],
    "a constant column": [
        "a = torch.full((7, 2), 100.1)",
        "m = torch.nn.BatchNorm1d(2)",
        "b = m(a)",
        "c = torch.nn.functional.batch_norm(a, None, None, training=True)",
    ],
    "the slope of a sigmoid within a line": [
        "a = torch.tensor([-2.0, 20.0], dtype=torch.float64, requires_grad=True)",
        "b = torch.nn.functional.binary_cross_entropy(a.sigmoid(), a.sigmoid())",
        "b.backward()",
    ],
    "both refuse": ["a = torch.ones(2)", "b = a.view(3)", "c = a.no_such_name"],
}


@pytest.mark.parametrize("name", CHAINS)
def test_what_is_the_same_but_for_roundings_is_no_difference(name: str) -> None:
    assert judge(CHAINS[name]).difference is None


def off(name: str, by: float, monkeypatch: pytest.MonkeyPatch) -> None:
    right = getattr(minigrad, name)
    monkeypatch.setattr(minigrad, name, lambda *given: right(*given) * (1 + by))


def test_an_error_far_below_any_usual_tolerance_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["a = torch.tensor([0.3, 0.7], dtype=torch.float64)", "b = torch.tanh(a)"]
    assert judge(lines).difference is None
    off("tanh", 1e-13, monkeypatch)
    found = judge(lines).difference
    assert found is not None and (found.line, found.kind, found.path) == (1, "value", "b")


def test_roundings_explain_in_a_chain_what_they_do_not_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A difference of two numbers that are nearly equal has few digits."""
    off("tanh", 2e-7, monkeypatch)
    lines = ["a = torch.tensor([0.3])", "b = torch.tanh(a)", "c = b - b.double().float() * 0.9999"]
    assert judge(lines).difference is None
    off("tanh", 2e-5, monkeypatch)
    assert judge(lines).difference is not None


def test_where_terms_cancel_what_is_left_is_their_rounding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """3·a − a·3, of a number that float32 does not have: no operand that is moved shows it."""
    a = "a = torch.tensor([[-3.0, -5.3], [{}, 3.0]], dtype=torch.float64)"
    lines = [a.format("-6.011326694273398e-259"), "b = a.mm(a)"]
    right = minigrad.Tensor.mm
    for error, is_rounding in ((1e-274, True), (1e-272, False)):
        shift = minigrad.tensor([[0.0, 0.0], [error, 0.0]], dtype=minigrad.float64)
        wrong = lambda a, b, shift=shift: right(a, b) * 1.0 + shift  # noqa: E731
        monkeypatch.setattr(minigrad.Tensor, "mm", wrong)
        assert (judge(lines).difference is None) == is_rounding


@pytest.mark.parametrize("line", ["b = a.addcmul(a, a, value=2)", "a.addcmul_(a, a, value=2)"])
@pytest.mark.parametrize(("error", "is_rounding"), [(1e-7, True), (1e-6, False)])
def test_where_a_product_cancels_what_it_is_added_to_the_rest_is_their_rounding(
    line: str, error: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one rounding, an instruction that multiplies and adds has all digits of it."""
    name = "addcmul_" if "_(" in line else "addcmul"
    right = getattr(minigrad.Tensor, name)
    wrong = lambda *given, **named: right(*given, **named).add_(error)  # noqa: E731
    monkeypatch.setattr(minigrad.Tensor, name, wrong)
    lines = ["a = torch.tensor([[-2.75], [-0.5004644393920898]])", line]
    assert (judge(lines).difference is None) == is_rounding


COLUMN = [
    "a = torch.tensor([[-2.0], [-1.6e-153], [2.0], [6.3e-187]], dtype=torch.float64)",
    "m = torch.nn.BatchNorm1d(1, dtype=torch.float64)",
]


@pytest.mark.parametrize(
    "call", ["m(a)", "torch.nn.functional.batch_norm(a, None, None, training=True)"]
)
@pytest.mark.parametrize(("error", "is_rounding"), [(1e-17, True), (1e-14, False)])
def test_where_a_column_cancels_its_mean_is_a_rounding(
    call: str, error: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward, function = minigrad.nn.BatchNorm1d.forward, minigrad.nn.functional.batch_norm
    shift = minigrad.tensor([[0.0], [0.0], [0.0], [error]], dtype=minigrad.float64)
    off = lambda self, x: forward(self, x) + shift  # noqa: E731
    monkeypatch.setattr(minigrad.nn.BatchNorm1d, "forward", off)
    off_too = lambda x, *rest, **options: function(x, *rest, **options) + shift  # noqa: E731
    monkeypatch.setattr(minigrad.nn.functional, "batch_norm", off_too)
    found = judge([*COLUMN, f"with torch.no_grad(): b = {call}"]).difference
    assert (found is None) == is_rounding


@pytest.mark.parametrize(("error", "is_rounding"), [(1e-17, True), (1e-14, False)])
def test_so_is_what_a_layer_remembers_of_such_a_mean(
    error: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward = minigrad.nn.BatchNorm1d.forward

    def off(self: minigrad.nn.BatchNorm1d, x: minigrad.Tensor) -> minigrad.Tensor:
        out = forward(self, x)
        self.running_mean += error
        return out

    monkeypatch.setattr(minigrad.nn.BatchNorm1d, "forward", off)
    assert (judge([*COLUMN, "b = m(a)"]).difference is None) == is_rounding


ROW = [
    "a = torch.tensor([[9223372036854775807, -9223372036854775807, 1], [3, 4, 5]])",
    "b = a.double()",
    "m = torch.nn.LayerNorm(3, dtype=torch.float64)",
    "w = torch.ones(3, dtype=torch.float64)",
]


@pytest.mark.parametrize(
    "call",
    [
        "m(b)",
        "torch.nn.functional.layer_norm(b, b.shape[-1:])",
        "torch.nn.functional.layer_norm(b, w.shape, w, w)",
    ],
)
@pytest.mark.parametrize(("error", "is_rounding"), [(1e-16, True), (1e-14, False)])
def test_where_a_row_cancels_its_mean_is_a_rounding(
    call: str, error: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward, function = minigrad.nn.LayerNorm.forward, minigrad.nn.functional.layer_norm
    shift = minigrad.tensor([[0.0, 0.0, error], [0.0] * 3], dtype=minigrad.float64)
    off = lambda self, x: forward(self, x) + shift  # noqa: E731
    monkeypatch.setattr(minigrad.nn.LayerNorm, "forward", off)
    off_too = lambda x, *rest: function(x, *rest) + shift  # noqa: E731
    monkeypatch.setattr(minigrad.nn.functional, "layer_norm", off_too)
    found = judge([*ROW, f"with torch.no_grad(): c = {call}"]).difference
    assert (found is None) == is_rounding


@pytest.mark.parametrize(("error", "is_rounding"), [(3e-7, True), (3e-6, False)])
def test_where_a_layers_products_cancel_what_is_left_is_their_rounding(
    error: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of whole numbers that were drawn, so that none close by shows it."""
    forward = minigrad.nn.Linear.forward
    off = lambda self, x: forward(self, x) + error  # noqa: E731
    monkeypatch.setattr(minigrad.nn.Linear, "forward", off)
    found = judge(cases.lines("module_x_value_240081470")).difference
    assert (found is None) == is_rounding


@pytest.mark.parametrize("name", ["prod()", "prod(0)", "prod(-1, keepdim=True)"])
@pytest.mark.parametrize(("units", "is_rounding"), [(8, True), (40, False)])
def test_factors_multiply_the_rounding_of_a_subnormal_product(
    name: str, units: int, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of some units of float64's smallest number, times 9 at the most."""
    right = minigrad.Tensor.prod
    error = units * 5e-324
    wrong = lambda x, *rest, **options: right(x, *rest, **options) + error  # noqa: E731
    monkeypatch.setattr(minigrad.Tensor, "prod", wrong)
    lines = ["a = torch.tensor([[9.0], [0.5], [1e-323]], dtype=torch.float64)"]
    lines += [f"b = a{'.T' if '-1' in name else ''}.{name}"]
    assert (judge(lines).difference is None) == is_rounding


@pytest.mark.parametrize(("error", "is_rounding"), [(1e31, True), (1e33, False)])
def test_terms_may_add_up_to_more_than_their_dtype_has(
    error: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = minigrad.Tensor.sum
    monkeypatch.setattr(minigrad.Tensor, "sum", lambda a: right(a) + error)
    assert (judge(cases.lines("sum_value_250228")).difference is None) == is_rounding


@pytest.mark.parametrize(("error", "is_rounding"), [(1e-3, True), (1e-1, False)])
def test_sigmoids_within_a_line_are_rounded(
    error: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Close to 1, where a logarithm of what is left of it has few digits."""
    right = minigrad.nn.functional.binary_cross_entropy
    wrong = lambda p, t: right(p, t) + error  # noqa: E731
    monkeypatch.setattr(minigrad.nn.functional, "binary_cross_entropy", wrong)
    name = "torch.nn.functional.binary_cross_entropy"
    lines = ["a = torch.tensor([33.1, 20.0], dtype=torch.float64)"]
    lines += ["b = torch.tensor([3.5, 3.0], dtype=torch.float64)"]
    close = judge([*lines, f"c = {name}(a.sigmoid(), b.sigmoid())"]).difference
    assert (close is None) == is_rounding
    assert judge([*lines, f"c = {name}(b.sigmoid(), b.sigmoid())"]).difference is not None


@pytest.mark.parametrize(("number", "is_rounding"), [(37.0, True), (39.0, False)])
def test_a_sigmoid_is_1_by_rounding_only_where_a_bit_of_it_is_left(
    number: float, is_rounding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1 - exp(-37) is the number before 1, where PyTorch has 1; 1 - exp(-39) is 1."""
    right = minigrad.Tensor.sigmoid
    monkeypatch.setattr(minigrad.Tensor, "sigmoid", lambda x: right(x).clamp(max=1 - 2**-53))
    lines = [f"a = torch.tensor([{number}, 3.0], dtype=torch.float64)"]
    lines += ["b = torch.nn.functional.binary_cross_entropy(a.sigmoid(), torch.zeros_like(a))"]
    assert (judge(lines).difference is None) == is_rounding


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (lambda a: a.double(), "dtype"),
        (lambda a: a[None] * 1, "shape"),
        (lambda a: a.t() * 1, "strides"),
        (lambda a: a.detach() * 1, "requires_grad"),
        (lambda a: a.detach().requires_grad_(), "is_leaf"),
        (lambda a: a.view(2, 2), "being a view"),
        (lambda a: a * 1.00001, "value"),
        (lambda a: a / 0, "value"),
        (lambda a: a.no_such_name, "exception"),
        (lambda a: a.numel(), "dtype"),
    ],
)
def test_each_fact_is_compared(
    fault: Callable[[Any], Any], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A function that only minigrad has wrong."""
    monkeypatch.setattr(minigrad, "fault", fault, raising=False)
    monkeypatch.setattr(torch, "fault", lambda a: a * 1, raising=False)
    lines = [
        "a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)",
        "b = torch.fault(a)",
    ]
    found = judge(lines).difference
    assert found is not None and (found.line, found.kind) == (1, kind)


GRADIENT = Program(
    (
        Input("a", (2, 2), minigrad.float32, [[0.5, -1.0], [2.0, 3.0]], True),
        Input("b", (2,), minigrad.float64, [1.0, 2.0]),
    ),
    (
        Instruction("exp", "{0}.exp()", ("b",), results=("c",)),
        Instruction("elu", "torch.nn.functional.elu({0})", ("a",), results=("d",)),
        Instruction("mul", "{0} * {1}", ("d", "a"), results=("e",)),
        Instruction("sum", "{0}.sum()", ("e",), results=("f",)),
        Instruction("backward", "{0}.backward()", ("f",)),
        Instruction("sin", "{0}.sin()", ("c",), results=("g",)),
    ),
)


def test_a_fault_in_a_gradient_is_found_and_shrinks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unexplained(GRADIENT) is None
    elu = minigrad.nn.functional.elu
    monkeypatch.setattr(minigrad.nn.functional, "elu", lambda x: elu(x) + (x - x.detach()) * 1e-3)
    found = shortened(0, GRADIENT)
    assert found.kind == ("backward", "gradient")
    assert found.lines == [
        "a = torch.tensor(0.0, requires_grad=True)",
        "b = torch.nn.functional.elu(a)",
        "b.backward()",
    ]


def test_a_fault_in_an_operation_is_found_by_random_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In float32 only, and by a few roundings: as one kernel may be wrong."""
    right = minigrad.Tensor.tanh

    def wrong(self: minigrad.Tensor) -> minigrad.Tensor:
        found = right(self)
        return found * (1 + 1e-5) if found.dtype is minigrad.float32 else found

    monkeypatch.setattr(minigrad.Tensor, "tanh", wrong)
    seeds = (seed for seed in range(5000) if ".tanh()" in str(program_of(seed)))
    blocks = (run_block([seed]) for seed in seeds)
    found = next(each.found[0] for each in blocks if each.found)
    assert found.kind == ("tanh", "value")
    assert len(found.lines) == 2 and found.lines[1] == "b = a.tanh()"


def test_what_an_optimiser_remembers_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["a = torch.tensor([1.0, 2.0], requires_grad=True)", "(a * a).sum().backward()"]
    lines += ["o = torch.optim.Adam([a], lr=0.1)", "o.step()", "o.step()"]
    assert judge(lines).difference is None
    right = minigrad.optim.Adam.step

    def wrong(self: minigrad.optim.Adam) -> None:
        right(self)
        self.state[self.param_groups[0]["params"][0]]["exp_avg_sq"].mul_(1.00001)

    monkeypatch.setattr(minigrad.optim.Adam, "step", wrong)
    found = judge(lines).difference
    assert found is not None and (found.line, found.path) == (3, "o.state[0].exp_avg_sq")


def test_a_seed_is_a_program_whatever_was_drawn_before() -> None:
    first = [lines_of(program_of(seed)) for seed in (3, 4, 5)]
    assert [lines_of(program_of(seed)) for seed in (5, 4, 3)] == first[::-1]
    assert first[0] != first[1]


def test_pytorch_has_one_thread_while_a_program_is_judged() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    seen = []
    try:
        judge(["a = torch.ones(2)"], lambda line, names: seen.append(torch.get_num_threads()))
        assert (seen, torch.get_num_threads()) == ([1], 2)
    finally:
        torch.set_num_threads(before)
