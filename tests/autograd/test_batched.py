"""Gradients of a whole batch of gradients of the outputs."""

import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.testing import assert_close
from minigrad.testing.strategies import contiguous_tensors, numbers


@given(
    x=contiguous_tensors(st.just((3,)), numbers(-2.0, 2.0)),
    batch=contiguous_tensors(st.tuples(st.integers(1, 4), st.just(3)), numbers(-2.0, 2.0)),
)
def test_each_row_is_the_gradient_of_a_row(x, batch):
    x = x.detach().requires_grad_()
    y, grad = x.exp() * x, minigrad.autograd.grad
    (together,) = grad(y, x, batch.detach(), is_grads_batched=True, retain_graph=True)
    rows = [grad(y, x, row, retain_graph=True)[0] for row in batch.detach()]
    assert_close(together, minigrad.stack(rows), ulp=0)


def test_a_jacobian_that_can_be_differentiated(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (jacobian,) = torch.autograd.grad(
        x**3, x, torch.eye(2), is_grads_batched=True, create_graph=True
    )
    assert jacobian.tolist() == [[3.0, 0.0], [0.0, 12.0]]
    jacobian.sum().backward()
    assert x.grad.tolist() == [6.0, 12.0]


def test_several_outputs_and_an_input_without_a_part(torch):
    x, unused = torch.ones(2, requires_grad=True), torch.ones(1, requires_grad=True)
    outputs, gradients = [x * 2, x.sum()], [torch.ones(3, 2), torch.arange(3.0)]
    grad = torch.autograd.grad
    how = {"is_grads_batched": True, "retain_graph": True}
    expected = [[2.0, 2.0], [3.0, 3.0], [4.0, 4.0]]
    found = grad(outputs, [x, unused], gradients, allow_unused=True, **how)
    assert found[0].tolist() == expected and found[1] is None
    found = grad(outputs, [x, unused], gradients, materialize_grads=True, **how)
    assert found[0].tolist() == expected and found[1].tolist() == [0.0]
    found = grad(outputs, {"x": x}, gradients, is_grads_batched=True)
    assert found["x"].tolist() == expected


def test_the_graph_is_kept_for_the_batch_and_no_longer(torch):
    x = torch.ones(2, requires_grad=True)
    y = x.exp() * x
    torch.autograd.grad(y, x, torch.ones(3, 2), is_grads_batched=True)
    with pytest.raises(RuntimeError, match="second time"):
        torch.autograd.grad(y, x, torch.ones(2))


WRONG = {
    "no batch": (RuntimeError, lambda torch: torch.ones(2)),
    "no dimension": (IndexError, lambda torch: torch.tensor(1.0)),
    "nothing in it": (IndexError, lambda torch: torch.ones(0, 2)),
    "nothing at all": (IndexError, lambda torch: []),
    "no gradient": (RuntimeError, lambda torch: None),
    "another shape": (RuntimeError, lambda torch: torch.ones(3, 3)),
    "a number": (TypeError, lambda torch: 3),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_batch_of_gradients(torch, wrong):
    error, made = WRONG[wrong]
    x = torch.ones(2, requires_grad=True)
    with pytest.raises(error):
        torch.autograd.grad(x * 2, x, made(torch), is_grads_batched=True)


def test_batches_of_two_sizes_and_what_has_none(torch):
    x = torch.ones(2, requires_grad=True)
    for gradients in ([torch.ones(3, 2), torch.ones(2)], [torch.ones(3, 2), None]):
        with pytest.raises(ValueError, match=r"size|None|dimension"):
            torch.autograd.grad([x * 2, x.sum()], x, gradients, is_grads_batched=True)
