"""Numbers beside tensors: those that no dtype holds, NumPy's, and tensors that stand for one."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import check, operands

BEYOND = st.sampled_from(
    [2**63, 2**64 - 1, 2**64, 2**70, -(2**63) - 1, 1e39, -1e39, 1e300, float("inf")]
)
NUMPYS = st.sampled_from([np.float32(0.5), np.float64(2), np.int64(3), np.int32(-1), np.bool_(1)])
STANDING_FOR_ONE = {
    "alpha": lambda torch, x, n: torch.add(x, x, alpha=n),
    "correction": lambda torch, x, n: torch.var(x, correction=n),
    "p": lambda torch, x, n: torch.norm(x, n),
    "bounds": lambda torch, x, n: torch.clamp(x, -1, n),
    "fill_value": lambda torch, x, n: torch.full((2,), n),
    "end": lambda torch, x, n: torch.arange(n),
    "steps": lambda torch, x, n: torch.linspace(0, 1, n),
}


@given(x=operands(), n=BEYOND | NUMPYS)
def test_numbers_beside_tensors(x, n):
    for call in (
        lambda t, x: x + n, lambda t, x: n * x, lambda t, x: n / x, lambda t, x: n - x,
        lambda t, x: x / n, lambda t, x: x == n,
        lambda t, x: n < x, lambda t, x: t.maximum(x, t.full_like(x, n)),
        lambda t, x: x.detach().clone().fill_(n), lambda t, x: x.detach().clone().mul_(n),
    ):  # fmt: skip
        check(call, x)


@pytest.mark.parametrize(
    "call",
    [
        lambda torch, x, n: torch.add(x, n), lambda torch, x, n: x.long().sub(n),
        lambda torch, x, n: torch.add(x, x, alpha=n), lambda torch, x, n: x.clone().mul_(n),
        lambda torch, x, n: torch.full((1,), n), lambda torch, x, n: x.clamp(max=n),
    ],
)  # fmt: skip
def test_an_integer_of_numpys_is_no_number_if_it_takes_the_bit_of_the_sign(torch, call):
    x = torch.ones(2)
    call(torch, x, np.uint64(2**63 - 1))
    with pytest.raises(TypeError, match="integer"):
        call(torch, x, np.uint64(2**63))


@given(x=operands(), n=BEYOND | NUMPYS | st.booleans())
def test_numbers_that_the_result_must_hold(x, n):
    """PyTorch asks nothing where there are no elements."""
    if x.values.size:
        for call in (
            lambda t, x: x.clamp(max=n), lambda t, x: x.clamp(n, 3),
            lambda t, x: t.clamp_min(x, n), lambda t, x: t.clamp_max(x, n),
            lambda t, x: t.where(x > 0, x, n),
            lambda t, x: t.where(x > 0, n, 1),
        ):  # fmt: skip
            check(call, x)


@pytest.mark.parametrize("name", STANDING_FOR_ONE)
@given(x=operands(), n=operands((), special=False))
def test_a_tensor_without_dimensions_or_gradient_is_a_number(name, x, n):
    if name != "p" or x.values.size:  # PyTorch's norm of nothing asks no further
        for requires_grad in {False, n.requires_grad}:
            check(
                lambda torch, x, n: STANDING_FOR_ONE[name](torch, x.detach(), n),
                x,
                n._replace(requires_grad=requires_grad),
            )


SMOOTHED = [[1.0, 2.0], [3.0, 5.0]]
WITH_ONE_NUMBER = {
    "dropout": lambda t, n: t.nn.functional.dropout(t.ones(20), n),
    "Dropout": lambda t, n: t.nn.Dropout(n)(t.ones(20)),
    "leaky_relu": lambda t, n: t.nn.functional.leaky_relu(t.tensor([-1.0, 2.0]), n),
    "leaky_relu_": lambda t, n: t.nn.functional.leaky_relu_(t.tensor([-1.0, 2.0]), n),
    "LeakyReLU": lambda t, n: t.nn.LeakyReLU(n)(t.tensor([-1.0, 2.0])),
    "elu": lambda t, n: t.nn.functional.elu(t.tensor([-1.0, 2.0]), n),
    "ELU in place": lambda t, n: t.nn.ELU(n, inplace=True)(t.tensor([-1.0, 2.0])),
    "softplus": lambda t, n: t.nn.functional.softplus(t.tensor([-1.0, 2.0]), n, n),
    "Softplus": lambda t, n: t.nn.Softplus(n, n)(t.tensor([-1.0, 2.0])),
    "addmm": lambda t, n: t.addmm(t.ones(2, 2), t.ones(2, 2), t.ones(2, 2), beta=n, alpha=n),
    "momentum": lambda t, n: averaged(t, momentum=n),
    "eps": lambda t, n: t.nn.BatchNorm1d(2, eps=n)(t.tensor(SMOOTHED)).detach(),
    "label_smoothing": lambda t, n: t.nn.functional.cross_entropy(
        t.tensor(SMOOTHED), t.tensor([0, 1]), label_smoothing=n
    ),
    "beta": lambda t, n: t.nn.functional.smooth_l1_loss(t.zeros(2), t.ones(2), beta=n),
    "delta": lambda t, n: t.nn.functional.huber_loss(t.zeros(2), t.ones(2), delta=n),
    "uniform_": lambda t, n: t.empty(3).uniform_(-n, n),
    "normal_": lambda t, n: t.empty(3).normal_(n, n),
    "bernoulli": lambda t, n: t.bernoulli(t.ones(20), n),
    "trunc_normal_": lambda t, n: t.nn.init.trunc_normal_(t.empty(4), 0.0, n),
}


def averaged(torch, momentum):
    layer = torch.nn.BatchNorm1d(2, momentum=momentum)
    layer(torch.tensor(SMOOTHED))
    return layer.running_mean


@pytest.mark.parametrize("name", WITH_ONE_NUMBER)
def test_where_one_number_is_expected_others_stand_for_it(torch, name):
    call = WITH_ONE_NUMBER[name]

    def result(number):
        torch.manual_seed(0)
        return call(torch, number).tolist()

    others = (np.float64(0.5), np.float32(0.5), torch.tensor(0.5), torch.tensor(0.5).double())
    assert [result(each) for each in others] == [result(0.5)] * 4


@pytest.mark.parametrize("name", sorted(WITH_ONE_NUMBER.keys() - {"trunc_normal_", "uniform_"}))
def test_a_tensor_with_a_dimension_or_a_gradient_stands_for_none(torch, name):
    for tensor in (torch.tensor([0.5]), torch.tensor(0.5, requires_grad=True)):
        with pytest.raises(TypeError):
            WITH_ONE_NUMBER[name](torch, tensor)


def test_bools_of_numpy_are_floats(torch):
    assert (torch.tensor([1]) * np.bool_(True)).dtype == torch.float32
    assert torch.full((1,), np.bool_(True)).dtype == torch.float32
