"""Two identical worlds, one eager and one compiled, compared bit for bit after every call."""

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, optim, random
from minigrad.kernels import machine
from minigrad.kernels.batches import PLAN_DONE
from minigrad.nn import functional as F
from minigrad.recording.replay import Replay
from minigrad.recording.step import CompiledStep

FEATURES = 9


class WatchedStep(CompiledStep):
    """A compiled step that says how its last call ran."""

    ran = ""

    def _run(self, args: Any, kwargs: Any) -> Any:
        self.ran = ""
        result = super()._run(args, kwargs)
        if not self.ran:
            self.ran = "replayed" if isinstance(self.program, Replay) else "eager"
        return result

    def _record(self, *described: Any) -> Any:
        self.ran = "recorded"
        return super()._record(*described)


def bits(tensor: Any) -> Any:
    """Everything that can be seen of a tensor, its gradient included."""
    if tensor is None:
        return None
    array = tensor.array
    return {
        "values": array.tobytes(),
        "layout": (array.shape, array.strides, array.dtype.str),
        "requires_grad": tensor._requires_grad,
        "version": None if tensor.is_inference() else tensor._version,
        "node": None if tensor.grad_fn is None else tensor.grad_fn.name(),
        "grad": bits(tensor._grad),
    }


def seen(value: Any, named: dict[int, str]) -> Any:
    """A result, with known tensors by name: the same object must come back in both worlds."""
    if isinstance(value, torch.Tensor):
        return named.setdefault(id(value), f"tensor {len(named)}"), bits(value)
    if isinstance(value, (list, tuple)):
        return type(value), [seen(each, named) for each in value]
    if isinstance(value, dict):
        return type(value), [(key, seen(each, named)) for key, each in value.items()]
    return type(value), repr(value) if isinstance(value, float) else value


def differences(name: str, eager: Any, compiled: Any) -> Iterator[str]:
    """What differs between two nested descriptions, and where."""
    if type(eager) is not type(compiled):
        yield f"{name}: {eager!r:.200} / {compiled!r:.200}"
    elif isinstance(eager, dict):
        yield from differences(f"names of {name}", list(eager), list(compiled))
        for key in eager.keys() & compiled.keys():
            yield from differences(f"{name}.{key}", eager[key], compiled[key])
    elif isinstance(eager, (list, tuple)) and len(eager) == len(compiled):
        for position, pair in enumerate(zip(eager, compiled, strict=True)):
            yield from differences(f"{name}[{position}]", *pair)
    elif eager != compiled:
        yield f"{name}: {eager!r:.200} / {compiled!r:.200}"


class World(SimpleNamespace):
    """A step and what it works on."""

    step: Callable[..., Any]

    def tensors(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in vars(self).items():
            if isinstance(value, nn.Module) and name != "step":
                found.update(value.state_dict(keep_vars=True, prefix=f"{name}."))
            elif isinstance(value, optim.Optimizer):
                for position, parameter in enumerate(value.all_parameters()):
                    found[f"{name}.parameter {position}"] = parameter
                    for key, kept in value.state.get(parameter, {}).items():
                        found[f"{name}.{key} {position}"] = kept
            elif isinstance(value, torch.Tensor):
                found[name] = value
        return found


class Twins:
    """An eager and a compiled world that were built alike."""

    eager: World
    compiled: World

    def __init__(self, build: Callable[[], World], **options: Any) -> None:
        self.generators: dict[str, Any] = {}
        for name in ("eager", "compiled"):
            torch.manual_seed(3)
            setattr(self, name, build())
            self.generators[name] = random.default_generator.get_state()
        self.compiled.step = WatchedStep(self.compiled.step, **options)

    @property
    def ran(self) -> str:
        return self.compiled.step.ran  # type: ignore[attr-defined]

    def both(self, action: Callable[[World], Any], raises: Any = ()) -> tuple[Any, Any]:
        """Do the same in both worlds; outcomes and everything reachable must be the same.

        An exception is only an outcome to compare where it is one that `raises` names.
        """
        given, outcomes, state = {}, {}, {}
        for name in ("compiled", "eager"):  # in this order, so that eager work warns nobody
            world = getattr(self, name)
            random.default_generator.set_state(self.generators[name])
            before = world.tensors()  # kept, so that no new tensor has the id of an old one
            known = {id(tensor): key for key, tensor in before.items()}
            try:
                given[name] = action(world)
                outcomes[name] = seen(given[name], known)
            except raises as error:
                given[name] = error
                outcomes[name] = (type(error), str(error))
            self.generators[name] = random.default_generator.get_state()
            state[name] = {key: bits(tensor) for key, tensor in world.tensors().items()}
        assert list(differences("outcome", outcomes["eager"], outcomes["compiled"])) == []
        assert list(differences("state", state["eager"], state["compiled"])) == []
        assert np.array_equal(self.generators["eager"], self.generators["compiled"])
        return given["eager"], given["compiled"]

    def do(self, action: Callable[[World], Any]) -> None:
        """Do the same in both worlds, whatever it gives."""

        def without_result(world: World) -> None:
            action(world)

        self.both(without_result)

    def call(
        self, arguments: Callable[[World], Any], ran: str | None = None, raises: Any = ()
    ) -> tuple[Any, Any]:
        """Call both steps on arguments made for each; `ran` is how the compiled one must run."""

        def action(world: World) -> Any:
            made = arguments(world)
            return world.step(**made) if isinstance(made, dict) else world.step(*made)

        given = self.both(action, raises)
        assert ran in (None, self.ran)
        return given

    def train(self, count: int = 3, rows: int = 8, ran: str = "replayed") -> None:
        """Call with some batches, the last of which must have run as said."""
        for seed in range(count):
            self.call(lambda world, seed=seed: batch(rows, seed))
        assert self.ran == ran


def batch(rows: int, seed: int = 0, dtype: Any = np.float32) -> tuple[Any, Any]:
    """Inputs and targets in [0, 1], the same for each seed, in memory of their own."""
    generator = np.random.default_rng(seed)
    x = generator.standard_normal((rows, FEATURES)).astype(dtype)
    y = (generator.random((rows, 1)) < 0.5).astype(dtype)
    return torch.from_numpy(x), torch.from_numpy(y)


def classifier(
    optimizer: Callable[..., Any] = optim.SGD, norm: Any = nn.BatchNorm1d, **settings: Any
) -> World:
    """The course's network with a training step."""
    net = nn.Sequential(
        nn.Linear(FEATURES, 16), norm(16), nn.ELU(), nn.Linear(16, 8), nn.ReLU(),
        nn.Linear(8, 1), nn.Sigmoid(),
    )  # fmt: skip
    optimizer = optimizer(net.parameters(), **{"lr": 0.1, **settings})

    def step(x, y):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return World(step=step, net=net, optimizer=optimizer)


def epoch(world: World, loader: Any = None) -> Any:
    """An epoch in one call in the compiled world, and in a loop of Python in the eager one."""
    loader = world.loader if loader is None else loader
    if isinstance(world.step, CompiledStep):
        return world.step.epoch(loader)
    results = [world.step(*batch) for batch in loader]
    if results and len({getattr(each, "shape", None) for each in results} - {None}) == 1:
        return torch.stack([each.detach() for each in results])
    return results


@pytest.fixture
def natively(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many batches each piece of the native loop has run."""
    pieces: list[int] = []

    def counting(run: Callable[[int, int], int], plan: int, last: int) -> int:
        done = ctypes.c_int64.from_address(plan + 8 * PLAN_DONE)
        before = done.value
        status = run(plan, last)
        pieces.append(done.value - before)
        return status

    for name in ("run_batches", "run_batches_alone"):
        monkeypatch.setattr(machine, name, partial(counting, getattr(machine, name)))
    return pieces


@pytest.fixture(scope="session")
def worlds() -> Any:
    """The pieces that tests build worlds from."""
    return SimpleNamespace(
        World=World, Twins=Twins, batch=batch, classifier=classifier, epoch=epoch
    )
