"""How does an activation overwrite its input?"""

import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.fused import kernels_enabled

chains = st.lists(
    st.sampled_from(["relu_", "elu_", "elu_half", "sigmoid", "double", "linear"]), max_size=5
)


def through(torch, chain, inplace):
    """The result of a chain of operations, and its gradient or None for a version error."""
    functional = torch.nn.functional
    weight = torch.tensor([[1.0, -2.0], [0.5, 1.5]], dtype=torch.float64)
    steps = {
        "relu_": lambda x: functional.relu(x, inplace=inplace),
        "elu_": lambda x: functional.elu(x, inplace=inplace),
        "elu_half": lambda x: functional.elu(x, 0.5, inplace),
        "sigmoid": functional.sigmoid,
        "double": lambda x: x * 2,
        "linear": lambda x: functional.linear(x, weight),
    }
    x = torch.tensor([[-1.0, 2.0], [0.0, -0.5]], dtype=torch.float64, requires_grad=True)
    out = x * 1.5
    for step in chain:
        out = steps[step](out)
    values = out.reshape(4).tolist()
    try:
        (out * weight).sum().backward()
    except RuntimeError as error:
        assert "modified by an inplace operation" in str(error)
        return values, None
    return values, x.grad.reshape(4).tolist()


@given(chains)
def test_any_chain_has_pytorchs_values_and_gradient_out_of_place(chain):
    torch = pytest.importorskip("torch")
    expected_values, expected_gradient = through(torch, chain, inplace=False)
    values, gradient = through(minigrad, chain, inplace=True)
    _, their_gradient = through(torch, chain, inplace=True)
    assert values == pytest.approx(expected_values, rel=1e-12, abs=1e-14)
    if their_gradient is None:
        assert gradient is None or not kernels_enabled()  # definitions keep other things
    else:
        assert gradient == pytest.approx(expected_gradient, rel=1e-12, abs=1e-14)


def test_the_version_counts_the_change_and_the_input_takes_over_the_graph(torch):
    x = torch.tensor([-1.0, 2.0], requires_grad=True) * 1
    for function in (torch.nn.functional.relu, torch.nn.functional.elu):
        version = x._version
        assert function(x, inplace=True) is x
        assert x._version == version + 1
    assert type(x.grad_fn).__name__ != "MulBackward0" and not x.is_leaf


def test_the_gradient_of_a_refused_backward_is_refused_for_nobody_else(torch):
    x = torch.tensor([-1.0, 2.0])
    out = torch.nn.functional.elu(x, alpha=-1.0, inplace=True)
    assert out is x and not x.requires_grad
    assert x[0].item() == pytest.approx(0.6321206, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "node"),
    [("elu", "EluBackward1"), ("selu", "EluBackward1"), ("leaky_relu", "LeakyReluBackward1")],
)
def test_a_result_that_was_written_over_the_input_must_not_change_before_backward(
    torch, name, node
):
    x = torch.tensor([-1.0, 2.0], requires_grad=True) * 1
    getattr(torch.nn.functional, name)(x, inplace=True)
    assert type(x.grad_fn).__name__ == node
    total = x.sum()
    x.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        total.backward()
