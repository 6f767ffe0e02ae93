"""What networks are trained on: losses that suit, targets that the losses take."""

import pytest

import minigrad as torch
from minigrad.testing.strategies import batches
from minigrad.testing.strategies.batches import LOSSES, REDUCTIONS

from .drawn import drawn


def loss_of(batch):
    return batch.loss.removeprefix("nn.").partition("(")[0]


def values(tensors):
    return {each for x in tensors for each in x.array.ravel().tolist()}


def reach(values, least, most):
    """Whether they are between two bounds, and go from the one nearly to the other."""
    return least <= min(values) < least + 0.75 and most - 0.75 < max(values) <= most


@pytest.mark.parametrize(
    ("shape", "without"),
    [
        ((2, 1, 2), ()),
        ((3,), ("CrossEntropyLoss", "NLLLoss")),
        ((2, 0), ("CrossEntropyLoss", "NLLLoss")),
    ],
)
def test_every_loss_that_suits_a_shape_is_drawn_with_every_reduction(shape, without):
    found = drawn(batches(shape), 400)
    assert {loss_of(each) for each in found} == {*LOSSES} - {*without}
    assert {each.loss.partition("(")[2][:-1] for each in found} == {*REDUCTIONS}
    assert {each.input.shape for each in found} == {torch.Size(shape)}
    assert all(each.input.requires_grad and not each.target.requires_grad for each in found)


@pytest.mark.parametrize(
    ("loss", "shape", "least", "most"),
    [
        ("MSELoss", (2, 3), -3, 3),
        ("BCELoss", (2, 3), 0, 1),
        ("BCEWithLogitsLoss", (2, 3), 0, 1),
        ("CrossEntropyLoss", (2, 4, 3), -100, 3),
    ],
)
def test_targets_are_what_a_loss_takes(loss, shape, least, most):
    found = drawn(batches(shape, losses=[loss], dtype=torch.float64), 150)
    targets = values(each.target for each in found)
    assert reach(targets, least, most)
    is_class = loss in ("CrossEntropyLoss", "NLLLoss")
    assert {each.target.shape for each in found} == {
        torch.Size((shape[0], *shape[2:]) if is_class else shape)
    }
    assert {each.target.dtype for each in found} == {torch.int64 if is_class else torch.float64}
    if is_class:
        assert targets == {-100, *range(4)}
    inputs = values(each.input for each in found)
    assert reach(inputs, *((0, 1) if loss == "BCELoss" else (-3, 3)))
    for each in found[:20]:
        each.criterion()(each.input, each.target).sum().backward()


def test_what_suits_nothing_is_refused():
    with pytest.raises(ValueError, match=r"none of losses \['NLLLoss'\] suits outputs of \(3,\)"):
        drawn(batches((3,), losses=["NLLLoss"]))
    with pytest.raises(ValueError, match="losses has 'Loss'; expected some of MSELoss, "):
        drawn(batches((3,), losses=["MSELoss", "Loss"]))
    with pytest.raises(TypeError, match=r"of must be a Network or a shape, got \(1.0,\)"):
        drawn(batches((1.0,)))
