"""The largest and smallest: named pairs, and who gets the gradient."""

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


def test_positions_are_no_views(torch):
    x = torch.tensor([[1.0, 3.0, 2.0]], requires_grad=True)
    for function in (torch.max, torch.min, torch.median):
        values, positions = function(x, 1)
        assert positions.detach_() is positions
        positions.zero_()
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            values.sum().backward()
