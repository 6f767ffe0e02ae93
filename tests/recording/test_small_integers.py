"""Integers of fewer than 64 bits in compiled steps: Python calls between native segments."""

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn

NAMES = ("uint8", "int8", "int16", "int32", "int64")


def numbers(name, *shape):
    generator = torch.Generator().manual_seed(len(name))
    return torch.randint(0, 3, shape, generator=generator, dtype=getattr(torch, name))


def network():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    return net, torch.optim.SGD(net.parameters(), lr=0.1)


def trained(name, compiled):
    """Losses and predictions of steps whose rows and classes are of a dtype."""
    net, optimizer = network()

    def step(x, y):
        optimizer.zero_grad()
        scores = net(x.float() / 2)
        loss = nn.functional.cross_entropy(scores, y.long())
        loss.backward()
        optimizer.step()
        return loss, (scores.argmax(1).to(y.dtype) == y).sum(), (scores > 0).to(y.dtype) * 3 - y[0]

    call = torch.compile(step) if compiled else step
    found = []
    for k in range(4):
        given = call(numbers(name, 5, 4), (numbers(name, 5) + k) % 3)
        found.append([each.detach().clone() for each in given])
    return found, call


@pytest.mark.parametrize("name", NAMES)
def test_a_replay_has_the_eager_steps_bits(name):
    (eager, _), (replayed, step) = trained(name, False), trained(name, True)
    assert step.program is not None
    for mine, his in zip(replayed, eager, strict=True):
        assert [each.dtype for each in mine] == [each.dtype for each in his]
        assert all(map(torch.equal, mine, his))


def test_a_step_recorded_with_one_dtype_is_not_replayed_with_another():
    step = torch.compile(lambda x: (x + x, x * 200, x.sum(), x.float() / 2))
    for name in (*NAMES, *NAMES, *NAMES):
        x = numbers(name, 3) + 90
        found = step(x)
        assert [each.dtype for each in found] == [x.dtype, x.dtype, torch.int64, torch.float32]
        for mine, his in zip(found, (x + x, x * 200, x.sum(), x.float() / 2), strict=True):
            assert torch.equal(mine, his)


@pytest.mark.parametrize("name", ["uint8", "int64"])
def test_kernels_are_given_classes_of_64_bits_whatever_the_target_has(name):
    scores = torch.arange(6.0).reshape(2, 3).requires_grad_()

    def step(target):
        loss = nn.functional.cross_entropy(scores, target)
        return loss, torch.autograd.grad(loss, scores)[0]

    compiled, dtype = torch.compile(step), getattr(torch, name)
    for classes in ([0, 1], [2, 2], [1, 0], [2, 1]):
        target = torch.tensor(classes, dtype=dtype)
        assert all(map(torch.equal, compiled(target), step(target.long())))
    with pytest.raises(IndexError, match="Target 3 is out of bounds"):
        compiled(torch.tensor([1, 3], dtype=dtype))
    for _ in range(3):
        with pytest.raises(RuntimeError, match="Long or Byte, but got Int"):
            compiled(torch.tensor([0, 1], dtype=torch.int32))


def test_an_index_of_32_bits_picks_and_hands_back_gradients():
    x = torch.arange(4.0).requires_grad_()

    def step(places):
        picked = x[places] * x.gather(0, places) + x.index_select(0, places)
        return picked, torch.autograd.grad(picked.sum(), x)[0]

    compiled = torch.compile(step)
    for places in ([0, 1], [3, 3], [2, 0], [1, 3]):
        index = torch.tensor(places, dtype=torch.int32)
        assert all(map(torch.equal, compiled(index), step(index.long())))


def test_an_epoch_takes_rows_of_bytes():
    data = torch.utils.data.TensorDataset(numbers("uint8", 12, 4), numbers("int32", 12))
    found = []
    for compiled in (False, True):
        net, optimizer = network()

        def step(x, y, net=net, optimizer=optimizer):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(x.float()), y.long())
            loss.backward()
            optimizer.step()
            return loss

        loader = torch.utils.data.DataLoader(data, batch_size=4)
        call = torch.compile(step)
        epochs = (
            call.epoch(loader) if compiled else [step(x, y) for x, y in loader] for _ in "123"
        )
        found.append(np.array([[each.item() for each in losses] for losses in epochs]))
    np.testing.assert_array_equal(*found)
