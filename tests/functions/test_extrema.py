"""The largest and smallest: named pairs, and who gets the gradient."""

import numpy as np
import pytest


def test_a_pair_of_values_and_indices(torch, printed):
    found = torch.tensor([[1.0, 5.0], [7.0, 2.0]]).max(1)
    assert isinstance(found, tuple) and isinstance(found, torch.return_types.max)
    values, indices = found
    assert found.values is values and found.indices is indices
    assert printed(found) == (
        "minigrad.return_types.max(\nvalues=tensor([5., 7.]),\nindices=tensor([1, 0]))"
    )


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda torch, x: x.max(), [0.0, 0.5, 0.5, 0.0]),
        (lambda torch, x: x.amax(), [0.0, 0.5, 0.5, 0.0]),
        (lambda torch, x: x.max(0).values, [0.0, 1.0, 0.0, 0.0]),
        (lambda torch, x: x.min(0).values, [1.0, 0.0, 0.0, 0.0]),
        (lambda torch, x: (x - 2).prod(), [0.0, 0.0, 0.0, 0.0]),
        (lambda torch, x: (x - 1).prod(), [0.5, 0.0, 0.0, 0.0]),
        (lambda torch, x: (x * 0).norm(), [0.0, 0.0, 0.0, 0.0]),
        (lambda torch, x: (x * 0).std(), [0.0, 0.0, 0.0, 0.0]),
        (lambda torch, x: x.norm(float("inf")), [0.0, 0.5, 0.5, 0.0]),
    ],
)
def test_gradients_at_kinks(torch, call, expected):
    x = torch.tensor([1.0, 2.0, 2.0, 1.5], requires_grad=True)
    call(torch, x).backward()
    assert x.grad.tolist() == expected


@pytest.mark.parametrize("name", ["max", "min", "median"])
def test_others_get_nothing_whatever_arrives(torch, name):
    x = torch.tensor([2.0, 2.0, 2.0, 1.0, 3.0], requires_grad=True)
    expected = {"max": [0, 0, 0, 0, 1], "min": [0, 0, 0, 1, 0], "median": [1, 1, 1, 0, 0]}[name]
    getattr(x, name)().backward(torch.tensor(torch.inf))
    assert x.grad.tolist() == [torch.inf if each else 0.0 for each in expected]
    x.grad = None
    result = getattr(x, name)()
    result.data.fill_(7.0)  # now nothing is equal to it
    result.backward()
    assert x.grad.tolist() == [0.0] * 5


def test_a_dimension_may_be_an_integer_of_numpys(torch):
    x = torch.tensor([[1, 5], [7, 2]])
    for dim in (np.int64(0), (np.int32(0),), torch.tensor(0)):
        assert x.amax(dim).tolist() == [7, 5] and x.amin(dim).tolist() == [1, 2]


def test_positions_are_no_views(torch):
    x = torch.tensor([[1.0, 3.0, 2.0]], requires_grad=True)
    for function in (torch.max, torch.min, torch.median):
        values, positions = function(x, 1)
        assert positions.detach_() is positions
        positions.zero_()
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            values.sum().backward()


@pytest.mark.parametrize("name", ["argmax", "argmin"])
@pytest.mark.parametrize("given", [(), (0,), (0, True)])
@pytest.mark.parametrize("shape", [(), (2,), (2, 3)])
def test_positions_are_no_view_of_anything(torch, name, given, shape):
    positions = getattr(torch.zeros(shape), name)(*given)
    assert positions._base is None and positions.detach_() is positions


@pytest.mark.parametrize("name", ["max", "min"])
def test_a_tensor_is_another_one_if_it_comes_alone_and_by_position(torch, name):
    x, one = torch.tensor([[1.0, 5.0], [7.0, 2.0]]), torch.tensor(1)
    call = getattr(x, name)
    assert call(one).shape == call(other=one).shape == (2, 2)
    for found in (call(dim=one), call(one, False), call(one, keepdim=False), call(1)):
        assert found.indices.tolist() == call(dim=1).indices.tolist()
    for wrong in (
        lambda: call(dim=x),
        lambda: call(dim=torch.tensor([1])),
        lambda: call(torch.tensor([1]), True),
        lambda: call(one, other=one),
        lambda: call(one, dim=1),
        lambda: call(1, False, 0),
    ):
        with pytest.raises(TypeError):
            wrong()
