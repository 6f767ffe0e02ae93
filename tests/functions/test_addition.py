"""Sums and differences: where their factor may stand."""

import pytest


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", ["add", "sub"])
def test_a_factor_may_stand_in_front_by_position(torch, name):
    x, y = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor([3.0, 5.0])
    expected = getattr(torch, name)(x, y, alpha=2)
    for found in (getattr(torch, name)(x, 2, y), getattr(x, name)(2, y)):
        assert found.tolist() == expected.tolist()
    assert getattr(x.detach().clone(), f"{name}_")(2, y).tolist() == expected.tolist()
    assert getattr(x, name)(2, 3).tolist() == getattr(x, name)(6).tolist()
    for wrong, error in (
        (lambda: getattr(torch, name)(x, 2, y, alpha=3), TypeError),
        (lambda: getattr(torch, name)(x, 2, y, alpha=1), TypeError),
        (lambda: getattr(x, name)(2, y, alpha=1), TypeError),
        (lambda: getattr(torch, name)(x, 2, y, 3), TypeError),
        (lambda: getattr(x, name)("2", y), TypeError),
        (lambda: getattr(x, name)(y, y), TypeError),
        (lambda: getattr(torch.tensor([1, 2]), name)(2.5, torch.tensor([1, 2])), RuntimeError),
    ):
        with pytest.raises(error):
            wrong()


@pytest.mark.parametrize("name", ["add", "sub", "rsub"])
def test_a_factor_beyond_the_dtype_is_refused(torch, name):
    x = torch.ones(2)
    with pytest.raises(RuntimeError, match="without overflow"):
        getattr(torch, name)(x, x, alpha=1e39)
    assert getattr(torch, name)(x.double(), x, alpha=1e39).isfinite().all()
    assert getattr(torch, name)(x, x, alpha=float("inf")).isinf().all()


@pytest.mark.parametrize("name", ["subtract", "rsub"])
def test_a_factor_may_stand_behind_a_number(torch, name):
    x = torch.tensor([1, 2])
    function = getattr(torch, name)
    assert function(x, 3, 2).tolist() == function(x, 3, alpha=2).tolist()
    if name == "subtract":
        assert function(x, 2.5, 2).tolist() == [-4.0, -3.0] == x.subtract(2.5, 2).tolist()
        assert x.clone().subtract_(3, 2).tolist() == [-5, -4]
    for wrong, error in (
        (lambda: function(x, x, 2), TypeError),
        (lambda: function(x, 3, 2, 1), TypeError),
        (lambda: function(x, 3, 2, alpha=5), TypeError),
        (lambda: function(x, 3, 2, alpha=1), TypeError),
        (lambda: function(x, 3, 2.5), RuntimeError),
    ):
        with pytest.raises(error):
            wrong()


@pytest.mark.parametrize("name", ["subtract", "rsub"])
def test_a_tensor_that_a_factor_stands_behind_is_a_number(torch, name):
    wide = torch.tensor(3.0, dtype=torch.float64)
    for x in (torch.tensor(2), torch.tensor(2.0)):
        assert getattr(torch, name)(x, wide, 2).dtype == torch.float32
        assert getattr(torch, name)(x, wide, alpha=2).dtype == torch.float64
