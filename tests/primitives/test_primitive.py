"""How a primitive stands in the graph: under PyTorch's name, keeping what its gradients need."""

import pytest

import minigrad as torch

NAMES = {
    "SelectBackward0": lambda x: x[0],
    "SliceBackward0": lambda x: x[0, 1:],
    "UnsqueezeBackward0": lambda x: x[None],
    "IndexBackward0": lambda x: x[torch.tensor([1, 0])],
    "TBackward0": lambda x: x.t(),
    "PermuteBackward0": lambda x: x.T,
    "TransposeBackward0": lambda x: x.transpose(0, 1),
    "SqueezeBackward0": lambda x: x[:1].squeeze(),
    "SqueezeBackward1": lambda x: x[:1].squeeze(0),
    "ExpandBackward0": lambda x: x.expand(4, 2, 3),
    "ViewBackward0": lambda x: x.view(3, 2),
    "SumBackward0": lambda x: x.sum(),
    "SumBackward1": lambda x: x.sum(1),
    "MeanBackward0": lambda x: x.mean(),
    "MeanBackward1": lambda x: x.mean(0),
    "SubBackward0": lambda x: x - 1,
    "RsubBackward1": lambda x: 1 - x,
    "PowBackward0": lambda x: x**2,
    "MmBackward0": lambda x: x @ x.T,
    "WhereBackward0": lambda x: torch.where(x > 0, x, 0.0),
    "CloneBackward0": lambda x: x.clone(),
    "ToCopyBackward0": lambda x: x.double(),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_node_has_pytorchs_name(name):
    assert NAMES[name](torch.ones(2, 3, requires_grad=True)).grad_fn.name() == name


def test_only_what_a_wanted_gradient_names_is_kept():
    x, constant = torch.ones(2, requires_grad=True), torch.ones(2)
    kept = (x * constant).grad_fn.saved
    assert list(kept) == ["b"] and kept["b"][0] is constant
    assert (x + constant).grad_fn.saved == {}


def test_only_the_last_use_of_a_freed_graph_fails():
    x = torch.ones(2, requires_grad=True)
    product = x * x
    product.backward(torch.ones(2))
    with pytest.raises(RuntimeError, match="backward through the graph a second time"):
        product.backward(torch.ones(2))
    total = x + x
    total.backward(torch.ones(2))
    total.backward(torch.ones(2))  # a sum keeps nothing, so nothing is missing
    assert x.grad.tolist() == [6.0, 6.0]
