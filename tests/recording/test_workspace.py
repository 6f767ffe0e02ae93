"""Does a program do on copies what it does, and leave what they are copies of alone?"""

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F
from minigrad.recording.workspace import Workspace


def recorded(step, *arguments):
    """A compiled step that has its program."""
    compiled = torch.compile(step)
    for _ in range(2):
        compiled(*arguments)
    return compiled


@pytest.mark.parametrize("optimizer", [optim.SGD, optim.Adam, optim.RMSprop])
def test_a_run_on_copies_is_the_next_replay(worlds, optimizer):
    world = worlds.classifier(optimizer)
    x, y = worlds.batch(8)
    step = recorded(world.step, x, y)
    kept = [each.array for each in world.tensors().values() if each is not None]
    workspace = Workspace(step.program.program, [x.array, y.array])
    copies = [workspace.copy_of(each).copy() for each in kept if each.size]
    step(x, y)
    for copy, now in zip(copies, [each for each in kept if each.size], strict=True):
        assert copy.tobytes() == now.tobytes()


def test_random_numbers_are_those_that_come_next():
    generator = torch.Generator().manual_seed(4)
    noise = torch.zeros(5)

    def draw():
        noise.copy_(torch.rand(5, generator=generator) + torch.rand(5, generator=generator))

    step = recorded(draw)
    state, moves = generator.get_state(), generator.moves
    workspace = Workspace(step.program.program)
    drawn = workspace.copy_of(noise.array).tolist()
    assert np.array_equal(generator.get_state(), state)
    assert generator.moves == moves
    step()
    assert drawn == noise.tolist()


def moved(x):
    return F.relu(x).sum() * 2.0


@pytest.mark.parametrize("take", [
    lambda x: x, lambda x: x.T, lambda x: x[1:, ::2], lambda x: x[:0], lambda x: x[0, 0],
    lambda x: x[:1].expand(4, 6),
])  # fmt: skip
def test_arguments_are_made_up_in_any_layout(take):
    step = recorded(moved, take(torch.rand(4, 6)))
    workspace = Workspace(step.program.program)
    made = np.asarray(workspace.operands[0][0])
    assert ((made >= 0) & (made <= 1)).all()
    assert made.size < 2 or made.std() > 0


def test_integers_are_made_up_as_zeros():
    step = recorded(lambda x, rows: x[rows], torch.rand(4, 6), torch.tensor([3, 1]))
    workspace = Workspace(step.program.program)
    x, _, out = workspace.operands[0]
    assert np.array_equal(out, x[[0, 0]])


def test_views_of_one_tensor_stay_views_of_one():
    whole = torch.zeros(6)
    left, right = whole[:4], whole[2:]

    def step():
        left.add_(1.0)
        right.add_(1.0)

    workspace = Workspace(recorded(step).program.program)
    assert whole.tolist() == [2, 2, 4, 4, 2, 2]
    assert workspace.copy_of(left.array).tolist() == [3, 3, 6, 6]
    assert workspace.copy_of(right.array).tolist() == [6, 6, 3, 3]


def test_memory_that_the_program_does_not_keep_is_refused():
    whole = torch.zeros(6)
    left = whole[:4]

    def step():
        left.add_(1.0)

    workspace = Workspace(recorded(step).program.program)
    assert workspace.copy_of(left.array).tolist() == [3.0] * 4
    for array in (whole.array, np.zeros(4, np.float32)):
        with pytest.raises(RuntimeError, match="memory around a tensor that it keeps"):
            workspace.copy_of(array)


def test_what_is_run_again_can_be_put_back():
    counts = [torch.zeros(3), torch.zeros(3)]

    def step():
        for each in counts:
            each.add_(1.0)

    compiled = recorded(step)
    workspace = Workspace(compiled.program.program)
    copies = [workspace.copy_of(each.array) for each in counts]
    workspace.run()
    assert [each.tolist() for each in copies] == [[4.0] * 3] * 2
    workspace.restore_written(len(compiled.program.program.lines) - 1)
    assert [each.tolist() for each in copies] == [[4.0] * 3, [3.0] * 3]
    workspace.restore()
    assert [each.tolist() for each in copies] == [[3.0] * 3] * 2


def test_an_error_of_a_kernel_is_its_error():
    step = recorded(F.binary_cross_entropy, torch.rand(3), torch.rand(3))
    with pytest.raises(RuntimeError, match="between 0 and 1"):
        Workspace(step.program.program, [np.full(3, 2, np.float32), np.ones(3, np.float32)])


def test_a_program_of_nothing():
    net = nn.Linear(1, 1)
    workspace = Workspace(recorded(lambda: net and None).program.program)
    workspace.run()
    workspace.restore()
    assert workspace.operands == []
