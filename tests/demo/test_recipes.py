"""Is the demo's network the one written out in full here, and does each recipe add one step?"""

import numpy as np
import pytest

import minigrad as torch
import minigrad.nn.init as init
from minigrad import nn
from minigrad.demo.recipes import RECIPES, Net

DEFAULT_RELU, KAIMING_RELU, KAIMING_ELU, KAIMING_ELU_BATCH_NORM = RECIPES


def plain_layers(kaiming):
    layers = nn.Linear(9, 16), nn.Linear(16, 8), nn.Linear(8, 1)
    if kaiming:
        init.kaiming_uniform_(layers[0].weight)
        init.kaiming_uniform_(layers[1].weight)
        init.kaiming_uniform_(layers[2].weight, nonlinearity="sigmoid")
    return layers


def written_out(recipe):
    """The network that a recipe names, layer by layer."""
    if recipe is DEFAULT_RELU:
        fc1, fc2, fc3 = plain_layers(kaiming=False)
        return nn.Sequential(fc1, nn.ReLU(), fc2, nn.ReLU(), fc3, nn.Sigmoid())
    fc1, fc2, fc3 = plain_layers(kaiming=True)
    if recipe is KAIMING_RELU:
        return nn.Sequential(fc1, nn.ReLU(), fc2, nn.ReLU(), fc3, nn.Sigmoid())
    if recipe is KAIMING_ELU:
        return nn.Sequential(fc1, nn.ELU(), fc2, nn.ELU(), fc3, nn.Sigmoid())
    bn1, bn2 = nn.BatchNorm1d(16), nn.BatchNorm1d(8)
    return nn.Sequential(fc1, bn1, nn.ELU(), fc2, bn2, nn.ELU(), fc3, nn.Sigmoid())


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
@pytest.mark.parametrize("training", [True, False])
def test_the_network_gives_what_it_gives_written_out(recipe, training):
    torch.manual_seed(3)
    net = Net(9, recipe)
    torch.manual_seed(3)
    expected = written_out(recipe)
    for model in (net, expected):
        model.train(training)

    x = torch.tensor(np.random.default_rng(0).normal(size=(32, 9)), dtype=torch.float32)
    assert np.array_equal(net(x).detach().numpy(), expected(x).detach().numpy())
    assert [layer.weight.shape for layer in net.layers()] == [(16, 9), (8, 16), (1, 8)]
