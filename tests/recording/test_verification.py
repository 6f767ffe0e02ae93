"""Does `verify` find what is wrong, and leave alone what is right?"""

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F
from minigrad.recording.program import PythonSegment


def test_right_replays_pass_and_leave_the_state_of_one_step(worlds):
    for optimizer in (optim.SGD, optim.Adam):
        twins = worlds.Twins(lambda optimizer=optimizer: worlds.classifier(optimizer), verify=3)
        twins.train(8)
        assert twins.compiled.step.program.verified == 3


def test_only_the_first_replays_are_verified(worlds):
    calls = []
    step = torch.compile(lambda x: (calls, x * 2)[1], verify=2)
    step.function = counted = lambda x: (counted.__dict__.update(n=counted.n + 1), x * 2)[1]
    counted.n = 0
    for _ in range(6):
        step(torch.ones(2))
    assert counted.n == 3


def test_gradients_that_add_up_random_numbers_and_expanded_arguments(worlds):
    def build():
        net = nn.Linear(9, 1)
        generator = torch.Generator().manual_seed(1)

        def step(x, y):
            noise = torch.rand(8, 9) * torch.rand(8, 9, generator=generator)
            loss = F.mse_loss(net(x + noise), y)
            loss.backward()
            return loss, noise

        return worlds.World(step=step, net=net)

    twins = worlds.Twins(build, verify=10)
    for seed in range(6):

        def arguments(_, seed=seed):
            x, y = worlds.batch(8, seed)
            return x[:1].expand(8, 9), y

        twins.call(arguments)
    assert twins.ran == "replayed"


def doubled(x, out):
    out[...] = np.floor(x) * 2


def test_a_wrong_python_instruction_is_found():
    step = torch.compile(lambda x: x.floor(), verify=1)
    step(torch.ones(3))
    program = step.program.program
    (segment,) = program.segments
    assert isinstance(segment, PythonSegment)
    program.segments[0] = segment._replace(function=doubled)
    with pytest.raises(RuntimeError, match=r"verify: a result of shape \(3,\) differs .* 3 of 3"):
        step(torch.ones(3))


def wrong_slot(program):
    """Another learning rate: the address of the settings is moved by one number."""
    packed = program._slots
    packed[-2] += 8


def wrong_kernel(program):
    """A sigmoid, whose kernel takes the same operands, computed where a ReLU should be."""
    kernels = [line.kernel.name for line in program.lines]
    relu, sigmoid = kernels.index("relu.forward"), kernels.index("sigmoid.forward")
    program._functions[relu] = program._functions[sigmoid]


@pytest.mark.parametrize("plant", [wrong_slot, wrong_kernel])
def test_a_wrong_native_instruction_is_found(worlds, plant):
    world = worlds.classifier(norm=lambda size: nn.ReLU())
    step = torch.compile(world.step, verify=2)
    for seed in range(2):
        step(*worlds.batch(8, seed))
    before = [p.array.copy() for p in world.net.parameters()]
    plant(step.program.program)
    with pytest.raises(RuntimeError, match=r"verify: a (result|tensor|gradient)"):
        step(*worlds.batch(8))
    assert any(
        not np.array_equal(p.array, copy)
        for p, copy in zip(world.net.parameters(), before, strict=True)
    )


def test_an_error_in_a_verified_call_is_eagers(worlds):
    twins = worlds.Twins(lambda: worlds.World(step=F.binary_cross_entropy), verify=5)
    for p in (0.5, 0.5, 2.0, 0.5):
        raises = RuntimeError if p > 1 else ()
        twins.call(lambda _, p=p: (torch.full((3,), p), torch.ones(3)), raises=raises)
