"""Networks and batches: they go together, in both libraries, and shrink to one layer."""

import pytest
from hypothesis import Phase, find, given, settings, strategies as st

import minigrad
from minigrad.testing import assert_close
from minigrad.testing.strategies import LOSSES, Network, batches, modules

FINDING = settings(
    max_examples=500, database=None, derandomize=True, phases=[Phase.generate, Phase.shrink]
)


def losses_and_gradients(library, network, batch):
    """One step of training: the loss, and the gradient of each parameter."""
    module = network.build(library)
    given = [library.tensor(each.array.copy()) for each in (batch.input, batch.target)]
    library.manual_seed(1)  # of dropout
    loss = batch.criterion(library)(module(given[0]), given[1])
    loss.sum().backward()
    return loss, [each.grad for each in module.parameters()]


@given(data=st.data())
def test_a_network_is_trained_on_a_batch_of_its_own_as_in_pytorch(data):
    torch = pytest.importorskip("torch")
    # BatchNorm of a column that varies by roundings alone magnifies them.
    network = data.draw(modules(dropout=False, batch_norm=False))
    batch = data.draw(batches(network))
    assert batch.input.shape == network.input_shape(len(batch.input))
    mine, theirs = (losses_and_gradients(each, network, batch) for each in (minigrad, torch))
    assert_close(mine, theirs, rtol=1e-4, atol=1e-5, equal_nan=True)


@given(data=st.data())
def test_a_network_gives_what_it_says(data):
    network = data.draw(modules())
    batch = data.draw(batches(network))
    assert batch.criterion()(network.build()(batch.input), batch.target).requires_grad
    rows = 1 + network.needs_several_rows
    out = network.build()(minigrad.ones(network.input_shape(rows)))
    assert out.shape == (rows, network.outputs)
    assert eval(str(network), {"nn": minigrad.nn}).training
    if network.gives_probabilities and "Dropout(0.5)" not in network.layers:
        assert ((out.array >= 0) & (out.array <= 1)).all()
    if network.gives_logarithms:
        assert (out.array <= 0).all()


@pytest.mark.parametrize("loss", LOSSES)
@given(data=st.data())
def test_a_batch_of_a_shape_is_what_the_loss_takes(loss, data):
    batch = data.draw(batches((3, 2), losses=[loss]))
    value = batch.criterion()(batch.input, batch.target)
    assert batch.loss.startswith(f"nn.{loss}(") and value.requires_grad
    value.sum().backward()
    assert batch.input.grad.shape == (3, 2)


def test_networks_and_batches_shrink_to_one_layer_and_zeros():
    def is_deep(network):
        return sum("Linear" in each for each in network.layers) > 1

    assert str(find(modules(), lambda network: True, settings=FINDING)) == "nn.Linear(1, 1)"
    deep = find(modules(), is_deep, settings=FINDING)
    assert str(deep) == "nn.Sequential(nn.Linear(1, 1), nn.Linear(1, 1))"
    batch = find(batches(deep), lambda batch: True, settings=FINDING)
    assert (batch.loss, batch.input.tolist(), batch.target.tolist()) == (
        "nn.MSELoss()",
        [[0.0]],
        [[0.0]],
    )


@pytest.mark.parametrize(
    ("strategy", "error", "message"),
    [
        (lambda: modules(max_layers=0), ValueError, "max_layers must be at least 1, got 0"),
        (lambda: batches("Linear"), TypeError, "of must be a Network or a shape, got 'Linear'"),
        (lambda: batches((2,), losses=["Loss"]), ValueError, "losses has 'Loss'; expected some"),
        (lambda: batches((2,), losses=["NLLLoss"]), ValueError, "none of losses .* suits"),
        (lambda: batches(Network(("ReLU()",), 1, 1), losses=["BCELoss"]), ValueError, "suits"),
    ],
)
def test_what_cannot_be_drawn_is_named(strategy, error, message):
    with pytest.raises(error, match=message):
        find(strategy(), lambda x: True)
