"""Does training measure what it says, on the batches it says, and stop only where it should?"""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
import minigrad.demo.training
from minigrad import nn
from minigrad.demo.recipes import RECIPES, Net
from minigrad.demo.split import Split
from minigrad.demo.training import Settings, make_loader, train


def make_split(rows):
    """Random features, and a target that the first of them decides."""
    x = np.random.default_rng(0).normal(size=(rows, 4))
    y = (x[:, :1] > 0).astype(np.float32)
    features, target = torch.tensor(x, dtype=torch.float32), torch.tensor(y)
    return Split(features, target, features, target)


def make_settings(**changes):
    settings = {
        "epochs": 2, "batch_size": 16, "lr": 0.05, "optimizer": "sgd", "seed": 4, "compiled": False
    }  # fmt: skip
    return Settings(**settings | changes)


@given(rows=st.integers(2, 70), batch_size=st.integers(2, 80))
def test_every_row_is_in_a_batch_unless_it_would_be_alone(rows, batch_size):
    loader = make_loader(make_split(rows), SimpleNamespace(batch_size=batch_size))
    sizes = [len(x) for x, _ in loader]
    assert min(sizes) >= 2
    assert rows - sum(sizes) == (1 if rows % batch_size == 1 else 0)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_gradient_sizes_are_root_mean_squares_of_the_weights_gradients(recipe):
    split, settings = make_split(40), make_settings()
    result = train(recipe, split, settings, after_epoch=lambda loss: None)
    assert result.gradient_sizes.shape == (2 * 3, 3)
    assert result.steps_per_epoch == 3
    assert np.array_equal(result.typical_sizes(), np.median(result.gradient_sizes, axis=0))

    torch.manual_seed(4)
    net = Net(4, recipe)
    torch.manual_seed(4)
    x, y = next(iter(make_loader(split, settings)))
    nn.BCELoss()(net(x), y).backward()
    gradients = [layer.weight.grad.numpy().astype(np.float64) for layer in net.layers()]
    expected = [np.linalg.norm(gradient) / np.sqrt(gradient.size) for gradient in gradients]
    assert result.gradient_sizes[0] == pytest.approx(expected, rel=1e-6)


def test_all_recipes_see_the_same_batches(monkeypatch):
    seen = []

    def make_noting_loader(split, settings):
        loader = make_loader(split, settings)
        seen.append([x.tolist() for x, _ in loader])
        return loader

    monkeypatch.setattr(minigrad.demo.training, "make_loader", make_noting_loader)
    for recipe in RECIPES:
        train(recipe, make_split(40), make_settings(epochs=1), after_epoch=lambda loss: None)
    assert seen == [seen[0]] * len(RECIPES)


def test_the_scores_are_those_of_a_network_that_has_learned():
    losses = []
    settings = make_settings(epochs=30, lr=0.5)
    result = train(RECIPES[-1], make_split(200), settings, losses.append)
    assert len(losses) == 30
    assert losses[-1] < losses[0] / 2
    assert result.scores.train_loss == result.scores.test_loss < 0.2
    assert result.scores.accuracy > 0.95 and result.scores.f1 > 0.95


def test_a_fault_that_is_no_divergence_is_not_hidden(monkeypatch):
    def fail(layer):
        raise RuntimeError("a fault")

    monkeypatch.setattr(minigrad.demo.training, "gradient_size", fail)
    with pytest.raises(RuntimeError, match="a fault"):
        train(RECIPES[0], make_split(40), make_settings(), after_epoch=lambda loss: None)
