"""What the graph keeps: nothing that was changed since, nothing in cycles, nothing for long."""

import gc
import weakref

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, ops, optim
from minigrad.tensor import Tensor


@pytest.fixture
def no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize(
    "operation",
    [
        lambda x: x * x,
        lambda x: x / x,
        lambda x: x.exp(),
        lambda x: x.log(),
        lambda x: x**3,
        lambda x: x.abs(),
        lambda x: ops.elu(x),
        lambda x: ops.linear(x, torch.ones(2, 2, requires_grad=True)),
        lambda x: ops.batch_norm(x, None, None, 1e-5)[0],
        lambda x: ops.mse_loss(x, torch.zeros(2, 2)),
    ],
)
def test_a_saved_tensor_that_changed_is_an_error(operation):
    x = torch.ones(2, 2, requires_grad=True) * 1
    out = operation(x)
    changed = out if operation(x).grad_fn.name() == "ExpBackward0" else x
    changed.detach().fill_(2.0)
    message = r"modified by an inplace operation: \[minigrad.FloatTensor \[2, 2\]\].* version 1"
    with pytest.raises(RuntimeError, match=message):
        out.backward(torch.ones(out.shape))


@pytest.mark.parametrize("made", [False, True])
def test_the_error_names_what_made_the_tensor_also_between_two_backwards(made):
    x, weight = (torch.ones(2, 2, requires_grad=True) for _ in range(2))
    weight = weight * 1 if made else weight
    start = torch.ones(2, 2, requires_grad=True)
    out = ops.linear(x, weight)
    (gradient,) = torch.autograd.grad(out, x, start, create_graph=True)
    weight.detach().fill_(2.0)
    origin = ", which is output 0 of Mul," if made else ""
    message = rf"operation: \[minigrad.FloatTensor \[2, 2\]\]{origin} is at version 1; expected"
    with pytest.raises(RuntimeError, match=message):
        gradient.sum().backward()


def test_what_is_not_saved_may_change():
    x = torch.ones(2, requires_grad=True) * 1
    outs = [x + x, -x, x * 3.0, ops.relu(x), x.reshape(2, 1)]
    x.detach().fill_(9.0)
    for out in outs:
        out.backward(torch.ones(out.shape), retain_graph=True)


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ELU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1),
        nn.Sigmoid(),
    )  # fmt: skip


@pytest.mark.parametrize("walked", ["never", "once", "twice"])
def test_the_graph_dies_with_its_result(no_collector, walked):
    model = network()
    x = torch.randn(8, 3)
    hidden = model[0](x)
    rest = hidden
    alive = [weakref.ref(hidden), weakref.ref(hidden.grad_fn)]
    for module in [*model[1:], torch.exp, torch.sqrt, torch.sigmoid]:
        rest = module(rest)
        alive += [weakref.ref(rest), weakref.ref(rest.grad_fn)]
    loss = ops.binary_cross_entropy(rest, torch.ones(8, 1))
    alive += [weakref.ref(loss), weakref.ref(loss.grad_fn)]
    if walked == "once":
        loss.backward(retain_graph=True)
    if walked == "twice":
        (slope,) = torch.autograd.grad(loss, hidden, create_graph=True)
        alive += [weakref.ref(slope), weakref.ref(slope.grad_fn)]
        (slope * slope).sum().backward(retain_graph=True)
        del slope
    del hidden, rest, loss, module
    assert [each() for each in alive if each() is not None] == []


def test_backward_lets_go_of_saved_arrays_at_once(no_collector):
    x = torch.ones(1000, requires_grad=True)
    for function in (torch.exp, ops.sigmoid, lambda x: x * x, ops.elu):
        inside = function(x * 1)
        alive = weakref.ref(inside.array)
        out = inside * inside
        del inside
        assert alive() is not None
        out.backward(torch.ones(1000))
        assert alive() is None
        del out


def test_nothing_is_left_for_the_collector(no_collector):
    model, x = network(), torch.randn(8, 3)
    optimizers = [optim.SGD(model.parameters(), momentum=0.9), optim.Adam(model.parameters())]

    def step():
        for optimizer in optimizers:
            optimizer.zero_grad()
            ops.binary_cross_entropy(model(x), torch.zeros(8, 1)).backward()
            optimizer.step()

    step()
    gc.collect()
    step()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        ours = [each for each in gc.garbage if isinstance(each, (Tensor, np.ndarray))]
        ours += [each for each in gc.garbage if type(each).__module__.startswith("minigrad")]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert ours == []


@pytest.mark.parametrize(
    "failing",
    [
        lambda x: ops.binary_cross_entropy(x, x.detach()),
        lambda x: ops.linear(x, torch.ones(3, 3)),
        lambda x: (x * x).backward(),
    ],
)
def test_an_error_keeps_nothing_alive(failing, no_collector):
    x = torch.full((2, 2), 2.0, requires_grad=True) * 1
    alive = weakref.ref(x.array)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            failing(x)
    del x
    gc.collect()
    assert alive() is None


def test_training_does_not_grow(no_collector):
    import tracemalloc

    model, x, y = network(), torch.randn(32, 3), torch.zeros(32, 1)
    optimizer = optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def train(steps):
        for _ in range(steps):
            optimizer.zero_grad()
            ops.binary_cross_entropy(model(x), y).backward()
            optimizer.step()

    train(20)
    tracemalloc.start()
    try:
        train(20)
        before = tracemalloc.get_traced_memory()[0]
        train(2000)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 256 * 1024
