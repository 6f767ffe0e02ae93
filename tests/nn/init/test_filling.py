"""How is a tensor filled with numbers of a truncated normal distribution?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad


@st.composite
def cases(draw):
    mean, std = draw(st.floats(-2, 2)), draw(st.floats(0.01, 3))
    low = mean + std * draw(st.floats(-3, 1.5))
    return {
        "shape": draw(st.sampled_from([(1,), (3, 3), (4, 4), (5, 7), (2, 3, 4)])),
        "dtype": draw(st.sampled_from(["float32", "float64"])),
        "layout": draw(st.sampled_from(["whole", "transposed", "every other"])),
        "seed": draw(st.integers(0, 2**40)),
        "arguments": (mean, std, low, low + std * draw(st.floats(0.01, 5))),
    }


def drawn(torch, case):
    """The values, and what the generator gives after them."""
    torch.manual_seed(case["seed"])
    base = torch.empty(*case["shape"], dtype=getattr(torch, case["dtype"]))
    views = {"whole": base, "transposed": base.transpose(0, -1), "every other": base[::2]}
    weight = views[case["layout"]]
    assert torch.nn.init.trunc_normal_(weight, *case["arguments"]) is weight
    return weight.numpy(), torch.rand(2).tolist()


@pytest.mark.filterwarnings("ignore:mean is more than 2 std")
@given(cases())
def test_truncated_normal_values_are_pytorchs_up_to_rounding_within_their_bounds(case):
    torch = pytest.importorskip("torch")
    (ours, after), (theirs, after_theirs) = drawn(minigrad, case), drawn(torch, case)
    assert after == after_theirs
    eps = np.finfo(case["dtype"]).eps
    np.testing.assert_allclose(ours, theirs, rtol=16 * eps, atol=16 * eps)
    low, high = (ours.dtype.type(bound) for bound in case["arguments"][2:])
    assert low <= ours.min() and ours.max() <= high


def test_the_distribution_is_the_normal_one_between_the_bounds():
    minigrad.manual_seed(0)
    expected = [(-1, 1, 0.0, 0.2911), (1.0, 1.5, 1.2243, 0.02027), (2.0, 4.0, 2.3706, 0.1096)]
    for low, high, mean, variance in expected:
        weight = minigrad.empty(20000, dtype=minigrad.float64)
        values = minigrad.nn.init.trunc_normal_(weight, a=low, b=high).numpy()
        assert values.mean() == pytest.approx(mean, abs=0.012)
        assert values.var() == pytest.approx(variance, rel=0.03)


def test_in_the_tail_no_more_numbers_are_drawn_than_pytorch_draws(torch):
    torch.manual_seed(0)
    weight = torch.nn.init.trunc_normal_(torch.empty(4, dtype=torch.float64), a=2.0, b=4.0)
    expected = [2.3569741752829403, 2.3054524757558568, 2.008925890634065, 2.353599052407428]
    assert weight.tolist() == pytest.approx(expected, rel=1e-15)
    assert torch.rand(1).item() == 0.6808037757873535


def test_a_mean_far_outside_the_bounds_is_warned_of(torch):
    with pytest.warns(UserWarning, match="mean is more than 2 std from .* may be incorrect"):
        weight = torch.nn.init.trunc_normal_(torch.empty(3), mean=5.0)
    assert all(-2 <= each <= 2 for each in weight.tolist())


ERRORS = [
    ("float32", {"std": 0.0}, "ZeroDivisionError: float division by zero"),
    ("float32", {"a": 2.0, "b": -2.0}, "RuntimeError: uniform_ expects to return a [from, to) "
     "range, but found from=2 > to=-2"),
    ("int64", {}, "NotImplementedError: \"normal_kernel_cpu\" not implemented for 'Long'"),
    ("int64", {"a": 0.0, "b": 0.1},
     "NotImplementedError: \"check_uniform_bounds\" not implemented for 'Long'"),
]  # fmt: skip


@pytest.mark.parametrize(("dtype", "arguments", "message"), ERRORS)
def test_what_cannot_be_drawn(torch, failure, dtype, arguments, message):
    weight = torch.empty(3, 3, dtype=getattr(torch, dtype))
    assert failure(torch.nn.init.trunc_normal_, weight, **arguments) == message


def test_memory_that_repeats_is_not_drawn_into(torch):
    with pytest.raises(RuntimeError, match="single memory location"):
        torch.nn.init.trunc_normal_(torch.zeros(1).expand(3))


def test_the_graph_does_not_see_it_but_the_version_counts_it(torch):
    weight = torch.empty(2, 2, requires_grad=True)
    before = weight._version
    torch.nn.init.trunc_normal_(weight, generator=torch.Generator().manual_seed(1))
    assert weight.is_leaf and weight.grad_fn is None and weight._version > before


def test_a_replayed_step_draws_anew():
    weight = minigrad.zeros(4, 4)

    def draw():
        minigrad.nn.init.trunc_normal_(weight, a=-1.0, b=1.0)
        return weight * 1.0

    step, drawn = minigrad.compile(draw), []
    for function in (step, draw):
        minigrad.manual_seed(3)
        drawn.append([function().tolist() for _ in range(4)])
    assert drawn[0] == drawn[1] and drawn[0][2] != drawn[0][3]
