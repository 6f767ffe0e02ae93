"""Modules that join and part dimensions."""

import pytest


def test_printed_forms(torch, printed):
    nn = torch.nn
    modules = [nn.Flatten(), nn.Flatten(0, end_dim=-2), nn.Unflatten(1, (2, 3))]
    modules.append(nn.Unflatten(-1, torch.ones(2, 3).shape))
    assert [printed(module) for module in modules] == [
        "Flatten(start_dim=1, end_dim=-1)",
        "Flatten(start_dim=0, end_dim=-2)",
        "Unflatten(dim=1, unflattened_size=(2, 3))",
        "Unflatten(dim=-1, unflattened_size=minigrad.Size([2, 3]))",
    ]


def test_dimensions_are_joined(torch, failure):
    nn, x = torch.nn, torch.ones(2, 3, 4)
    assert nn.Flatten()(x).shape == (2, 12)
    assert nn.Flatten(0, 1)(x).shape == (6, 4)
    assert nn.Flatten(0)(torch.tensor(3.0)).shape == (1,)
    assert failure(nn.Flatten(2, 1), x) == (
        "RuntimeError: flatten() has invalid args: start_dim cannot come after end_dim"
    )
    for wrong in (nn.Flatten(), nn.Flatten(0, 1)):
        assert failure(wrong, torch.ones(3)).startswith("IndexError: Dimension out of range")


@pytest.mark.parametrize(
    ("dim", "sizes", "shape"),
    [(1, (2, 3), (4, 2, 3, 5)), (-2, [-1, 2], (4, 3, 2, 5)), (0, (4,), (4, 6, 5))],
)
def test_a_dimension_is_parted(torch, dim, sizes, shape):
    x = torch.arange(120.0).reshape(4, 6, 5).requires_grad_()
    out = torch.nn.Unflatten(dim, sizes)(x)
    assert out.shape == shape
    assert out.reshape(-1).tolist() == x.reshape(-1).tolist()
    (out * out).sum().backward()
    assert x.grad.tolist() == (x * 2).tolist()
    other_order = x.transpose(0, -1)
    parted = torch.nn.Unflatten(0, (5, 1))(other_order)
    assert parted.data_ptr() == x.data_ptr() and parted.grad_fn.name() == "ViewBackward0"


def test_sizes_that_do_not_fit_are_refused(torch, failure):
    Unflatten, x = torch.nn.Unflatten, torch.ones(2, 6)
    for sizes in ((2, 4), (-1, 4)):
        assert failure(Unflatten(1, sizes), x) == (
            f"RuntimeError: unflatten: Provided sizes {list(sizes)} don't multiply up to the size "
            "of dim 1 (6) in the input tensor"
        )
    assert failure(Unflatten(1, ()), x) == "RuntimeError: unflatten: sizes must be non-empty"
    assert failure(Unflatten(1, (-1, -1)), x).startswith("RuntimeError: unflatten")
    assert failure(Unflatten(1, (-2, -3)), x).startswith("RuntimeError: unflatten")
    assert failure(Unflatten(2, (2, 3)), x) == (
        "IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)"
    )
    assert failure(Unflatten(0, (1,)), torch.tensor(1.0)).startswith("RuntimeError: unflatten")
    assert failure(Unflatten, 1, 3) == (
        "TypeError: unflattened_size must be a tuple of ints, but found type int"
    )
    assert failure(Unflatten, 1, (2, 3.0)) == (
        "TypeError: unflattened_size must be tuple of ints, but found element of type float at "
        "pos 1"
    )
