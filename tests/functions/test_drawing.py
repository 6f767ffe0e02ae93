"""Filling with random numbers: bounds by position and by PyTorch's names, one of them `from`."""

import math

import numpy as np
import pytest

import minigrad

NAMED = {
    "uniform_": [((), {"from": 1.0, "to": 2.0}), ((1.0,), {"to": 2.0}), ((1.0, 2.0), {})],
    "normal_": [((), {"mean": 1.0, "std": 2.0}), ((1.0,), {"std": 2.0}), ((1.0, 2.0), {})],
    "random_": [((), {"from": 3, "to": 99}), ((3,), {"to": 99}), ((3, 99), {})],
    "bernoulli_": [((), {"p": 0.3}), ((0.3,), {})],
}


@pytest.mark.parametrize("name", NAMED)
def test_arguments_may_be_given_by_name(torch, name):
    drawn = []
    for given, named in NAMED[name]:
        torch.manual_seed(0)
        drawn.append(getattr(torch.empty(8), name)(*given, **named).tolist())
    assert all(each == drawn[0] for each in drawn)


def test_one_bound_is_the_upper_one_unless_the_other_is_none(torch):
    drawn = []
    for given, named in (((5,), {}), ((), {"to": 5}), ((0, 5), {}), ((torch.tensor(5),), {})):
        torch.manual_seed(0)
        drawn.append(torch.zeros(20).long().random_(*given, **named).tolist())
    assert all(each == drawn[0] for each in drawn) and set(drawn[0]) == set(range(5))
    for named in ({"from": 2**62, "to": None}, {"from": 2**62, "to": 2**62 + 2}):
        assert torch.zeros(20).long().random_(**named).min() >= 2**62


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: x.uniform_(a=0, b=2),
        lambda x: x.uniform_(0, **{"from": 0}),
        lambda x: x.uniform_(0, 1, 2),
        lambda x: x.uniform_(None),
        lambda x: x.random_(**{"from": 1}),
        lambda x: x.random_(1, **{"from": 2}),
        lambda x: x.random_(None),
        lambda x: x.random_(to=None),
        lambda x: x.random_(1, 2, 3),
        lambda x: x.random_(low=1),
        lambda x: x.random_(1.5),
        lambda x: x.normal_(sigma=1),
    ],
)
def test_other_names_and_too_many_bounds_are_refused(torch, wrong):
    with pytest.raises(TypeError):
        wrong(torch.empty(3))


def test_probabilities_get_a_gradient_of_zeros(torch):
    p = torch.full((3, 2), 0.5, requires_grad=True)
    drawn = torch.bernoulli(p.t())
    assert drawn.requires_grad and drawn.is_contiguous()
    drawn.backward(torch.full_like(drawn, 3.0))
    assert p.grad.tolist() == [[0.0, 0.0]] * 3


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_chance_is_that_of_a_fraction_less_than_it(torch, dtype):
    def seeded(draw):
        torch.manual_seed(3)
        return draw()

    fractions = seeded(lambda: torch.rand(20, dtype=getattr(torch, dtype)))
    above = torch.tensor(np.nextafter(fractions.numpy(), 1))
    assert seeded(lambda: torch.bernoulli(fractions)).sum() == 0
    assert seeded(lambda: torch.bernoulli(above)).sum() == 20


def test_a_chance_beyond_64_bits_is_none_all_the_same(torch):
    for p in (2**70, -(2**70), 2**64):
        with pytest.raises(RuntimeError, match=r"expects p to be in \[0, 1\]"):
            torch.zeros(2).bernoulli_(p)
    with pytest.raises(OverflowError):
        torch.zeros(2).bernoulli_(2**1200)


def test_one_chance_for_all_is_that_of_a_fraction_of_float64():
    minigrad.manual_seed(3)
    fraction = minigrad.rand(1, dtype=minigrad.float64).item()
    for chance, drawn in ((fraction, 0), (math.nextafter(fraction, 1), 1)):
        minigrad.manual_seed(3)
        assert minigrad.zeros(1).bernoulli_(chance).item() == drawn


def test_what_is_drawn_by_one_chance_for_all_has_no_derivative(torch):
    x = torch.ones(3, requires_grad=True)
    for drawn in (torch.bernoulli(x, 0.5), x.bernoulli(0.5)):
        assert drawn.requires_grad
        with pytest.raises(RuntimeError, match="derivative for aten::bernoulli is not"):
            torch.autograd.grad(drawn.sum(), x)
    assert not torch.bernoulli(x.detach(), 0.5).requires_grad
    with pytest.raises(TypeError):
        torch.bernoulli(x, None)


def test_chances_written_in_place_get_a_gradient_of_zeros(torch):
    p = torch.tensor([[0.5], [1.0]], requires_grad=True)
    drawn = torch.ones(2, 3).bernoulli_(p)
    assert drawn.requires_grad and drawn[1].tolist() == [1.0] * 3
    drawn.sum().backward()
    assert p.grad.tolist() == [[0.0], [0.0]]


def test_where_nothing_is_drawn_chances_may_be_anything(torch):
    assert torch.bernoulli(torch.ones(0, dtype=torch.int64)).dtype == torch.int64
    assert torch.ones(0).bernoulli_(torch.full((3, 3), 7)).shape == (0,)
    with pytest.raises(RuntimeError):
        torch.ones(2).bernoulli_(torch.ones(3, dtype=torch.int64))


def test_a_bound_for_numbers_like_others_may_be_a_tensor_of_any_dtype(torch):
    x = torch.zeros(20)
    assert set(torch.randint_like(x, torch.tensor(2.9)).tolist()) == {0.0, 1.0}
    assert not torch.randint_like(x, high=torch.tensor(True)).any()
    with pytest.raises(RuntimeError, match="high must be a scalar tensor"):
        torch.randint_like(x, torch.tensor([5]))
    for low in (0, 1):  # beside a lower bound it must be of integers
        assert torch.randint_like(x, low, torch.tensor(low + 1)).tolist() == [low] * 20
        with pytest.raises(TypeError):
            torch.randint_like(x, low, torch.tensor(2.9))


def test_what_is_no_generator_is_refused_where_nothing_is_drawn_too(torch):
    nothing = torch.ones(0)
    for draw in (nothing.bernoulli, nothing.bernoulli_, nothing.uniform_, nothing.random_):
        with pytest.raises(TypeError, match="generator"):
            draw(generator=5)
    with pytest.raises(TypeError, match="generator"):
        nothing.bernoulli_(nothing, generator=5)
