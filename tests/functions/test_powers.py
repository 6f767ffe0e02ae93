"""Powers: PyTorch's gradients of any order, at zeros too."""

from hypothesis import given, strategies as st

from .agreement import FLOATING, check, operands


@given(x=operands(dtypes=FLOATING, special=False), number=st.sampled_from([0, 1, 2, 3, -1, 0.5]))
def test_gradients_of_gradients_of_powers(x, number):
    check(lambda torch, x: (x * x) ** number, x, orders=3)
    check(lambda torch, x: number**x, x, orders=2)


def test_powers_at_zero_have_pytorchs_gradients(torch):
    base = torch.tensor([0.0, 0.0, 0.0, 2.0], requires_grad=True)
    exponent = torch.tensor([0.0, 2.0, 1.0, 0.0], requires_grad=True)
    (base**exponent).sum().backward()
    assert base.grad.tolist() == [0.0, 0.0, 1.0, 0.0]
    assert exponent.grad.tolist()[:3] == [0.0, 0.0, 0.0]
