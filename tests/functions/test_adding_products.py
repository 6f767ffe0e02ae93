"""Products and quotients added to a tensor: PyTorch's values, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import FLOATING, check, several

FACTORS = st.sampled_from([1, 2, True, -0.5, 3.0, float("inf")])


@given(given=several(3, dtypes=[np.float64], special=False), value=FACTORS)
def test_gradients_to_second_order(given, value):
    check(lambda torch, x, a, b: torch.addcmul(x, a, b, value=value), *given, orders=2)
    check(lambda torch, x, a, b: x.addcdiv(a, b, value=value), *given, orders=2)


@given(given=several(3, dtypes=FLOATING), value=FACTORS)
def test_special_values(given, value):
    check(lambda torch, x, a, b: x.addcmul(tensor1=a.detach(), tensor2=b.detach()), *given)
    check(lambda torch, x, a, b: torch.addcdiv(x.detach(), a.detach(), b.detach()), *given)


@given(given=several(3), value=st.sampled_from([1, -2, 0.75, True]))
def test_dtypes(given, value):
    check(lambda torch, x, a, b: torch.addcmul(x.detach(), a, b, value=value), *given)
    check(lambda torch, x, a, b: torch.addcdiv(x.detach(), a.detach(), b, value=value), *given)
    if any(each.values.dtype != np.bool_ for each in given):
        check(lambda torch, x, a, b: x.detach().clone().addcmul_(a, b, value=value), *given)
    check(lambda torch, x, a, b: x.detach().clone().addcdiv_(a.detach(), b, value=value), *given)


def test_bools_are_refused_after_shapes_that_do_not_fit(torch):
    x, longer = torch.zeros(2).bool(), torch.zeros(3).bool()
    for call in (torch.addcmul, torch.Tensor.addcmul_):
        with pytest.raises(NotImplementedError, match="not implemented for 'Bool'"):
            call(x, x, x)
    with pytest.raises(RuntimeError, match="must match the size") as caught:
        torch.addcmul(x, longer, longer)
    assert caught.type is RuntimeError


@pytest.mark.parametrize("value", [1, -0.5, 1.7])
def test_a_gradient_by_the_numerator_is_rounded_as_in_pytorch(torch, value):
    generator = np.random.default_rng(0)
    grad, a, b = (torch.tensor(generator.normal(size=99).tolist()) for _ in range(3))
    torch.zeros(99).addcdiv(a.requires_grad_(), b, value=value).backward(grad)
    quotients = np.float32(value) / b.numpy()
    assert a.grad.tolist() == (grad.numpy() * quotients).tolist()


@pytest.mark.parametrize("name", ["addcmul", "addcdiv"])
def test_the_result_lies_in_the_order_of_all_three(torch, name):
    """That of the quotient alone, which the sum would follow, is another one."""
    x = torch.arange(1.0, 5.0).reshape(2, 2)
    assert getattr(x, name)(x, x.mT.unflatten(1, (1, -1))).stride() == (1, 2, 4)


def test_nodes_are_called_as_in_pytorch(torch):
    x = torch.ones(2, requires_grad=True)
    assert torch.addcmul(x, x, x).grad_fn.name() == "AddcmulBackward0"
    assert x.clone().addcdiv_(x, x, value=2).grad_fn.name() == "AddcdivBackward0"


def test_what_a_gradient_looks_at_must_not_change(torch):
    x, a, b = (torch.ones(2, requires_grad=needs) for needs in (True, True, False))
    out = torch.addcmul(x, a, b)
    x.detach().zero_()
    b.zero_()
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        out.sum().backward()


def test_the_factor_may_stand_in_front_as_in_old_optimisers(torch):
    x, a = torch.ones(2), torch.tensor([1.0, 2.0])
    with pytest.warns(UserWarning, match="deprecated") as caught:
        assert torch.addcmul(x, 0.5, a, a).tolist() == [1.5, 3.0]
        assert x.addcdiv_(-1, a, a).tolist() == [0.0, 0.0]
    assert torch.__name__ == "torch" or caught[0].filename == __file__


INTEGERS = "Integer division with addcdiv is no longer supported"


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda t, x: t.addcmul(3, x, x), "addcmul(): argument 'input' (position 1) must be Tens"),
        (lambda t, x: t.addcmul(x, 2.0, x), "addcmul(): argument 'tensor1' (position 2) must be "),
        (lambda t, x: x.addcdiv(x, 2.0), "argument 'tensor2' (position "),
        (lambda t, x: x.addcmul(x, x, value="2"), "must be Number, not str"),
        (lambda t, x: x.addcmul(x, x, value=1e300), "cannot be converted to type float without"),
        (lambda t, x: x.addcdiv(x.long(), x.long()), INTEGERS),
        (lambda t, x: x.long().addcdiv(x > 0, x.long()), INTEGERS),
        (lambda t, x: (x > 0).addcmul(x > 0, x > 0), "\"addcmul_cpu_out\" not implemented for 'B"),
        (lambda t, x: x.long().addcmul_(x, x), "result type Float can't be cast to the desired o"),
        (lambda t, x: x.addcmul(2, x, x, value=3), "TypeError: addcmul() "),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_refused(torch, failure, wrong, text):
    assert text in failure(wrong, torch, torch.ones(2))
