"""Clamping: PyTorch's values, promotion, and gradients at the bounds and beyond."""

from hypothesis import given, strategies as st

from .agreement import check, operands, several

BOUNDS = st.sampled_from(
    [None, 0, 1, -2, True, 0.5, -0.5, 1.5, float("inf"), float("nan"), 1e39, -1e300, 2**63]
)


@given(x=operands(), low=BOUNDS, high=BOUNDS)
def test_clamping_between_numbers(x, low, high):
    check(lambda torch, x: torch.clamp(x, low, high), x)
    check(lambda torch, x: x.clip(min=low, max=high), x)
    check(lambda torch, x: torch.clamp_min(x, low), x)
    check(lambda torch, x: x.clamp_max(high), x)


@given(given=several(3, alike=True))
def test_clamping_between_tensors(given):
    check(lambda torch, x, low, high: torch.clamp(x, low, high), *given)
    check(lambda torch, x, low: torch.clamp(x, min=low), *given[:2])
    check(lambda torch, x, high: x.clamp(max=high), *given[:2])
    check(lambda torch, x, low: torch.clamp_min(x, low), *given[:2])
    check(lambda torch, x, high: x.clamp_max(high), *given[:2])


@given(given=several(2), number=BOUNDS)
def test_a_number_beside_a_tensor_without_dimensions(given, number):
    """A bound that is a tensor counts as a number then, if it has no gradient."""
    check(lambda torch, x, low: torch.clamp(x, low, number), *given)
    check(lambda torch, x, high: torch.clamp(x, number, high.detach()), *given)


def test_beside_a_bound_that_is_nan_the_other_may_be_beyond_the_dtype(torch):
    x = torch.ones(2, requires_grad=True)
    for low, high in ((float("nan"), 1e39), (-1e39, float("nan"))):
        bounded = x.clamp(low, high)
        assert bounded.isnan().all() and torch.autograd.grad(bounded.sum(), x)[0].tolist() == [
            0,
            0,
        ]
        assert x.long().clamp(low, high).isnan().all()


def test_at_a_bound_the_gradient_is_1(torch):
    x = torch.tensor([-1.0, 0.0, 0.5, 1.0, 2.0], requires_grad=True)
    torch.clamp(x, 0, 1).sum().backward()
    assert x.grad.tolist() == [0.0, 1.0, 1.0, 1.0, 0.0]


def test_a_zero_at_a_bound_keeps_its_sign(torch):
    x = torch.tensor([-0.0, 0.0])  # in long ones PyTorch's vector code may take the other sign
    for bounded in (
        x.clamp(min=0.0),
        x.clamp(max=0.0),
        x.clamp(-0.0, 0.0),
        torch.maximum(x, -x),
        torch.minimum(x, -x),
    ):
        assert (1 / bounded).tolist() == (1 / x).tolist()
