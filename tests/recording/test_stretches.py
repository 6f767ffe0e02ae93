"""Two threads take half of a batch each through many layers: the bits are those of eager."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings, strategies as st

import minigrad as torch
from minigrad import nn, optim
from minigrad.kernels import team, threads
from minigrad.kernels.tiles import HAS_VECTORS, LANES, TILE_VECTORS
from minigrad.nn import functional as F
from minigrad.recording import stretches

pytestmark = pytest.mark.skipif(not HAS_VECTORS, reason="there are no products in blocks")
PANEL = LANES * TILE_VECTORS
ACTIVATIONS = [F.relu, F.elu, F.sigmoid, torch.tanh, F.gelu, F.leaky_relu, torch.relu_]


@pytest.fixture(autouse=True)
def halves_of_all_stretches(monkeypatch):
    """Short stretches are done by halves, too; the number of threads is afterwards as it was."""
    monkeypatch.setattr(stretches, "LEAST", 0)
    usual = torch.get_num_threads()
    yield
    torch.set_num_threads(usual)


def bits(tensors):
    return [None if each is None else each.detach().numpy().tobytes() for each in tensors]


def trained(build, x, count, calls=3):
    """All that calls of a step leave behind, on so many threads; on none it is not compiled."""
    torch.set_num_threads(count or 1)
    torch.manual_seed(0)
    step, parameters = build()
    if count:
        step = torch.compile(step)
    seen = []
    for _ in range(calls):
        loss = step(x)
        seen.append(bits([loss, *parameters, *[each.grad for each in parameters]]))
    return seen, step.program.program.halved if count else []


def check(build, x):
    """Compiled on one, two and three threads: the bits of eager. Gives what two did by halves."""
    eager, _ = trained(build, x, 0)
    (alone, whole), (two, halved), (three, _) = (trained(build, x, count) for count in (1, 2, 3))
    assert eager == alone == two == three
    assert whole == []
    return halved


def perceptron(widths, activation, bias=True, frozen=False):
    """A function that makes a step of a network, and gives its parameters with it."""

    def build():
        layers = [nn.Linear(a, b, bias) for a, b in pairwise(widths)]
        parameters = [each for layer in layers for each in layer.parameters()]
        for each in layers[0].parameters():
            each.requires_grad_(not frozen)
        optimizer = optim.SGD([each for each in parameters if each.requires_grad], lr=0.1)

        def step(x):
            optimizer.zero_grad()
            for layer in layers:
                x = activation(layer(x))
            loss = (x * x).mean()
            loss.backward()
            optimizer.step()
            return loss

        return step, parameters

    return build


@settings(max_examples=settings.default.max_examples // 4)
@given(
    rows=st.integers(64, 300),
    widths=st.lists(st.integers(1, 3).map(lambda k: k * PANEL), min_size=3, max_size=6),
    activation=st.sampled_from(ACTIVATIONS),
    bias=st.booleans(),
    frozen=st.booleans(),
)
@example(64, [64, 64, 64], F.relu, True, False)  # a weight is as large as the batch
@example(511, [PANEL] * 3, F.relu, True, True)
def test_a_network_is_trained_by_halves_as_eagerly(rows, widths, activation, bias, frozen):
    x = torch.rand(rows, widths[0])
    halved = check(perceptron(widths, activation, bias, frozen), x)
    assert halved or max(widths[1:]) < 24  # narrow products are BLAS's


def test_a_deep_network_is_done_by_halves_forward_and_backward():
    halved = check(perceptron([64] * 6, F.relu), torch.rand(128, 64))
    assert halved == [(0, 11), (19, 28)]


def test_a_weight_that_serves_twice():
    def build():
        layer = nn.Linear(64, 64)

        def step(x):
            layer.zero_grad()
            loss = layer(layer(x).relu()).relu().square().mean()
            loss.backward()
            return loss

        return step, list(layer.parameters())

    assert check(build, torch.rand(128, 64))


def test_a_batch_that_is_its_own_weight_is_done_whole():
    layers = [nn.Linear(64, 64) for _ in range(3)]

    def step(x):
        with torch.no_grad():
            y = F.linear(x, x)
            for layer in layers:
                y = layer(y).relu()
            return y

    x = torch.rand(64, 64)
    torch.set_num_threads(2)
    compiled = torch.compile(step)
    assert bits([compiled(x) for _ in range(3)]) == bits([step(x)] * 3)
    assert compiled.program.program.halved == [(1, 7)]


def test_gradients_that_add_up_over_several_backwards():
    def build():
        layers = nn.Linear(64, 64), nn.Linear(64, 64)
        parameters = [each for layer in layers for each in layer.parameters()]

        def step(x):
            for each in parameters:
                each.grad = None
            for part in (x, -x, x * x):
                loss = layers[1](F.elu(layers[0](part))).relu().square().mean()
                loss.backward()
            return loss

        return step, parameters

    assert check(build, torch.rand(96, 64))


@pytest.mark.parametrize(
    "mixing",
    [
        lambda x: x.flip(0),
        lambda x: x - x.mean(0),
        lambda x: x.cumsum(0),
        lambda x: x.t().contiguous().t().contiguous(),
        lambda x: torch.cat([x[64:], x[:64]]),
        lambda x: F.softmax(x, 0),
    ],
)
def test_rows_that_look_at_others_wait_for_them(mixing):
    def build():
        layers = [nn.Linear(64, 64) for _ in range(4)]
        parameters = [each for layer in layers for each in layer.parameters()]

        def step(x):
            for each in parameters:
                each.grad = None
            for layer in layers:
                x = mixing(layer(x).relu())
            loss = x.square().mean()
            loss.backward()
            return loss

        return step, parameters

    assert check(build, torch.rand(128, 64))


def test_memory_of_one_call_is_that_of_the_next_one():
    """Rows are found in whatever tensor a call is given."""
    step, parameters = perceptron([64] * 4, F.relu)()
    torch.set_num_threads(2)
    compiled = torch.compile(step)
    start = [each.detach().clone() for each in parameters]
    batches = [torch.rand(129, 64)[first : first + 128] for first in (0, 1, 0, 1)]
    found = [compiled(x).item() for x in batches]
    with torch.no_grad():
        for each, value in zip(parameters, start, strict=True):
            each.copy_(value)
    assert found == [step(x).item() for x in batches]


def test_who_finds_the_team_at_work_does_it_whole():
    build, x = perceptron([64] * 4, F.relu), torch.rand(128, 64)
    eager, _ = trained(build, x, 0)
    threads._words[team.IN_USE // 8] = 1
    try:
        assert trained(build, x, 2)[0] == eager
    finally:
        threads._words[team.IN_USE // 8] = 0


def test_a_program_says_what_is_done_by_halves():
    build = perceptron([64] * 4, F.relu)
    torch.set_num_threads(2)
    step = torch.compile(build()[0])
    step(torch.rand(128, 64))
    assert "two threads do half of the rows each of 0 to 6, 15 to 19\n" in str(step.program)
    page = str(step.program.profile(rounds=1))
    assert "two threads do half of the rows each\n    of 0 to 6, 15 to 19\n" in page


def test_what_is_too_short_stays_whole(monkeypatch):
    monkeypatch.undo()
    assert check(perceptron([64] * 4, F.relu), torch.rand(64, 64)) == []
