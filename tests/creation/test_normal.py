"""`normal`: the numbers that PyTorch draws, by means and deviations of numbers and tensors."""

import numpy as np
import pytest

import minigrad

CALLS = {
    "numbers": lambda torch, **g: torch.normal(2, 3.0, (20,), **g),
    "few, by name": lambda torch, **g: torch.normal(mean=0.0, std=1.0, size=(2, 3), **g),
    "float64": lambda torch, **g: torch.normal(0, 1, (3,), dtype=torch.float64, **g),
    "means": lambda torch, **g: torch.normal(torch.arange(20.0), 0.5, **g),
    "means alone": lambda torch, **g: torch.normal(torch.arange(4.0), **g),
    "deviations": lambda torch, **g: torch.normal(1.0, torch.arange(20.0), **g),
    "both": lambda torch, **g: torch.normal(torch.zeros(2, 1), torch.arange(3.0), **g),
    "both, of two dtypes": lambda torch, **g: torch.normal(
        torch.zeros(3), torch.arange(3.0, dtype=torch.float64), **g
    ),
    "numbers that are tensors": lambda torch, **g: torch.normal(
        torch.tensor(2), torch.tensor(0.5), (4, 2), **g
    ),
    "one number that is a tensor": lambda torch, **g: torch.normal(
        0.5, torch.tensor(0.5), size=(), dtype=torch.float64, **g
    ),
}
REFUSED = {
    "no size": lambda torch: torch.normal(0, 1),
    "a size too much": lambda torch: torch.normal(torch.zeros(2), 1.0, (2,)),
    "a size beside what has a gradient": lambda torch: torch.normal(
        torch.tensor(1.0, requires_grad=True), 1.0, (2,)
    ),
    "no size but None": lambda torch: torch.normal(torch.zeros(2), 1.0, None),
    "a size alone": lambda torch: torch.normal(0.0, size=(2,)),
    "a number as size": lambda torch: torch.normal(0, 1, 2),
    "negative": lambda torch: torch.normal(0, -1, (2,)),
    "negative elements": lambda torch: torch.normal(0.0, torch.tensor([1.0, -1.0])),
    "NaN among elements": lambda torch: torch.normal(0.0, torch.tensor([1.0, torch.nan])),
    "integers": lambda torch: torch.normal(torch.arange(3), 1.0),
}


@pytest.mark.parametrize("name", CALLS)
def test_the_numbers_are_pytorchs(name):
    torch = pytest.importorskip("torch")
    mine, theirs = (
        CALLS[name](library, generator=library.Generator().manual_seed(3))
        for library in (minigrad, torch)
    )
    assert str(mine.dtype).partition(".")[2] == str(theirs.dtype).partition(".")[2]
    np.testing.assert_allclose(mine.numpy(), theirs.numpy(), rtol=3e-7, atol=1e-7)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(torch, name):
    with pytest.raises((TypeError, RuntimeError)) as caught:
        REFUSED[name](torch)
    if torch is not minigrad:
        with pytest.raises(caught.type):
            REFUSED[name](minigrad)


@pytest.mark.parametrize(
    ("mean", "std", "name"),
    [((2, 3), None, "NormalBackward1"), (None, (3,), "NormalBackward2"),
     ((2, 1), (3,), "NormalBackward3")],
)  # fmt: skip
def test_means_and_deviations_have_a_gradient_of_0(torch, mean, std, name):
    """Results only say that they require one: what is drawn does not follow them."""
    given = [
        torch.ones(shape, requires_grad=True) if shape else number
        for shape, number in ((mean, 0.0), (std, 1.0))
    ]
    drawn = torch.normal(*given, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        same = torch.normal(*given, generator=torch.Generator().manual_seed(0))
    assert drawn.grad_fn.name() == name and not same.requires_grad
    assert drawn.tolist() == same.tolist()
    drawn.sum().backward()
    for each in given:
        if isinstance(each, torch.Tensor):
            assert not each.grad.any() and each.grad.shape == each.shape


def test_gradients_have_the_dtypes_of_means_and_deviations(torch):
    mean = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    std = torch.ones(2, requires_grad=True)
    torch.normal(mean, std).sum().backward()
    assert (mean.grad.dtype, std.grad.dtype) == (torch.float64, torch.float32)


def test_a_mean_may_be_a_whole_number_of_any_size(torch):
    assert torch.normal(10**20, torch.zeros(2)).tolist() == [float(np.float32(1e20))] * 2
