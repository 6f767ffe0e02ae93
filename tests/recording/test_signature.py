"""Is a step recorded again for every way of calling it that a replay would get wrong?"""

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn
from minigrad.nn import functional as F
from minigrad.tensor import tensor_of


@pytest.fixture
def trained(worlds):
    """The usual network after some steps, which are recorded by now."""
    twins = worlds.Twins(lambda: worlds.classifier(momentum=0.9))
    twins.train(4)
    return twins


def pure(worlds, function):
    """Worlds in which the step is a function alone."""
    return worlds.Twins(lambda: worlds.World(step=function))


def test_another_batch_size_is_recorded_and_the_first_one_not_forgotten(worlds, trained):
    for rows in (3, 5):
        trained.call(lambda _, rows=rows: worlds.batch(rows), ran="recorded")
    for rows in (8, 3, 5, 8):
        trained.call(lambda _, rows=rows: worlds.batch(rows, rows), ran="replayed")


def test_transposed_sliced_and_strided_batches(worlds, trained):
    def transposed(world):
        x, y = worlds.batch(8)
        return torch.from_numpy(np.asfortranarray(x.numpy())), y

    def reversed_rows(world):
        x, y = worlds.batch(8)
        return tensor_of(x.numpy()[::-1]), tensor_of(y.numpy()[::-1])

    def every_second(world):
        x, y = worlds.batch(16)
        return x[::2], y[1::2]

    def repeated(world):
        x, y = worlds.batch(1)
        return x.expand(8, 9), y.expand(8, 1)

    for arguments in (transposed, reversed_rows, every_second, repeated):
        trained.call(arguments, ran="recorded")
    for arguments in (transposed, worlds.batch, reversed_rows, every_second, repeated):
        if arguments is not worlds.batch:
            trained.call(arguments, ran="replayed")


def test_arguments_that_are_the_same_tensor_or_overlap(worlds):
    def step(a, b):
        a.mul_(2.0)
        b.add_(1.0)
        return a + b, b[1:3] * a[0]

    def arguments(kind):
        memory = torch.arange(30).float() / 7
        a = memory[0:6]
        b = {
            "same": a, "alias": memory[0:6], "shifted": memory[3:9], "below": memory[8:14],
            "other": torch.arange(6).float(), "later": memory[12:18],
        }[kind]  # fmt: skip
        return (memory[6:12], b) if kind == "below" else (a, b)

    twins = pure(worlds, step)
    kinds = ("other", "same", "alias", "shifted", "below", "later")
    for kind in (*kinds, *reversed(kinds), *kinds):
        twins.call(lambda _, kind=kind: arguments(kind))
    assert twins.ran == "replayed"


def test_an_argument_inside_another(worlds):
    def step(whole, part):
        part.mul_(3.0)
        return whole[8:] * 2.0 + part.sum()

    def arguments(_):
        memory = torch.arange(12).float()
        return memory, memory[2:5]

    twins = pure(worlds, step)
    for _ in range(3):
        twins.call(arguments)


def test_an_argument_that_shares_memory_with_a_parameter(worlds):
    def build():
        net = nn.Linear(4, 4)

        def step(x):
            net.zero_grad()
            loss = F.mse_loss(net(x), x)
            loss.backward()
            with torch.no_grad():
                net.weight.sub_(net.weight.grad)
            return loss

        return worlds.World(step=step, net=net)

    twins = worlds.Twins(build)
    for arguments in (
        lambda _: (torch.ones(4, 4),),
        lambda world: (world.net.weight.detach(),),
        lambda world: (world.net.weight.detach().T,),
        lambda world: (world.net.weight.detach()[:2],),
    ) * 3:
        twins.call(arguments)
    twins.call(lambda _: (torch.ones(2, 4),))


@pytest.mark.parametrize("values", [
    (2, 2.0, True, 3, 2), (0.0, -0.0, 0.0), (None, 1.5), (float("nan"), 1.0, float("inf")),
    (np.float32(2), np.float32(3), np.float32(2)),
])  # fmt: skip
def test_numbers_as_arguments(worlds, values):
    def step(x, number=None):
        return (1 / (x * 0 + float(number)) if number is not None else x * 2), number

    twins = pure(worlds, step)
    for value in values * 3:
        twins.call(lambda _, value=value: {"x": torch.ones(3), "number": value})
        twins.call(lambda _, value=value: (torch.ones(3), value))


def test_dtypes_of_arguments(worlds):
    def step(x, chosen):
        return x[chosen], x * 2, (x + 1) / 3

    twins = pure(worlds, step)
    for _ in range(3):
        for x in (np.arange(6.0), np.arange(6), np.arange(6, dtype=np.float32)):
            for chosen in ([1, 0, 5], [2, 2, 2]):
                twins.call(lambda _, x=x, c=chosen: (torch.tensor(x), torch.tensor(c)))
    assert twins.ran == "replayed"


def test_a_mask_is_refused_or_followed(worlds):
    step = torch.compile(lambda x, mask: x[mask] * 2)
    x, masks = torch.arange(4).float(), ([1, 1, 1, 0], [1, 0, 1, 1], [0, 1, 0, 0], [0, 0, 0, 0])
    for mask in masks:
        chosen = torch.tensor(mask).bool()
        try:
            assert step(x, chosen).tolist() == (x[chosen] * 2).tolist()
        except RuntimeError as error:
            assert "compiled step" in str(error)
