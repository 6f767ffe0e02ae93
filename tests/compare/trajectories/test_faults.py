"""Is a mistake found, and are the step and the tensor named where it first shows?"""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import minigrad
from compare.row import FAIL
from compare.trajectories.outcome import Outcome, compare
from minigrad import nn, optim
from minigrad.utils import data

STEPS = 24  # an epoch has 16


def altered(path: str, value: Any) -> Any:
    """minigrad with one name replaced: `altered("nn.Linear", …)`."""
    *folders, name = path.split(".")
    library = place = copied(minigrad)
    for folder in folders:
        setattr(place, folder, copied(getattr(place, folder)))
        place = getattr(place, folder)
    setattr(place, name, value)
    return library


def copied(module: ModuleType) -> ModuleType:
    """A module with the same names, to be replaced without changing it."""
    found = ModuleType(module.__name__)
    vars(found).update({name: getattr(module, name) for name in module.__all__})
    return found


def outcome(script: str, path: str, value: Any, steps: int = STEPS) -> Outcome:
    (found,) = compare(steps, [script], altered(path, value))
    assert found.outcome.note == ""
    return found.outcome


def place(found: Any) -> tuple[int, str] | None:
    return None if found is None else (found.step, found.tensor)


class ShorterMemory(optim.SGD):
    """The momentum is a little too small; the first step has none to show it."""

    def __init__(self, params: Any, lr: float, momentum: float) -> None:
        super().__init__(params, lr=lr, momentum=momentum - 1e-4)


class BiasedVariance(nn.BatchNorm1d):
    """The running variance follows the batch's divided by N instead of N - 1."""

    def forward(self, x: Any) -> Any:
        kept = 0.9 * self.running_var
        result = super().forward(x)
        self.running_var.data.sub_((self.running_var - kept) / x.shape[0])
        return result


class EpsOutside(nn.BatchNorm1d):
    """The deviation is √var + eps instead of √(var + eps)."""

    def forward(self, x: Any) -> Any:
        super().forward(x)
        spread = x.var(0, correction=0).sqrt() + self.eps
        return (x - x.mean(0)) / spread * self.weight + self.bias


class OtherOrder(data.DataLoader):
    """From the second epoch on the batches come in another order."""

    epoch = 0

    def __iter__(self) -> Iterator[Any]:
        self.epoch += 1
        batches = [*super().__iter__()]
        return iter(batches if self.epoch == 1 else batches[::-1])


class OneDrawMore(data.DataLoader):
    """The second epoch begins a random number late."""

    epoch = 0

    def __iter__(self) -> Iterator[Any]:
        self.epoch += 1
        if self.epoch == 2:
            minigrad.rand(1)
        return super().__iter__()


@pytest.mark.parametrize(
    ("script", "path", "fault", "expected"),
    [
        ("SGD, momentum", "optim.SGD", ShorterMemory, (2, "momentum_buffer of fc1.weight")),
        ("SGD", "nn.BatchNorm1d", BiasedVariance, (1, "bn1.running_var")),
        ("SGD", "nn.BatchNorm1d", EpsOutside, (1, "bn2.running_mean")),
        # Adam adds the pull of weight decay to the gradient, AdamW takes it off the parameter.
        ("AdamW", "optim.AdamW", optim.Adam, (1, "exp_avg of fc1.weight")),
    ],
    ids=["momentum", "variance", "eps", "weight decay"],
)
def test_a_mistake_is_found_where_it_first_shows(
    script: str, path: str, fault: Any, expected: tuple[int, str]
) -> None:
    found = outcome(script, path, fault)
    assert found.verdict == FAIL
    assert place(found.parting) == expected
    assert place(found.single_parting) == expected
    assert found.start is None


@pytest.mark.parametrize(
    ("fault", "expected"), [(OtherOrder, (17, "features")), (OneDrawMore, (17, "generator"))]
)
def test_other_batches_are_found_in_their_first_step(fault: Any, expected: Any) -> None:
    found = outcome("SGD", "utils.data.DataLoader", fault)
    assert place(found.parting) == expected
    assert found.single_parting is None  # these steps are given PyTorch's batches


@pytest.mark.filterwarnings("ignore:.*is recorded at every call")
def test_single_steps_find_what_drift_hides() -> None:
    """Adam lets a bias before BatchNorm wander, and the yardstick of drift grows with it."""

    class LateSlip(optim.Adam):
        steps = 0

        def step(self) -> None:
            super().step()
            self.steps += 1
            if self.steps == 20:
                first_bias = self.param_groups[0]["params"][1]
                first_bias.data.add_(0.12)

    found = outcome("Adam", "optim.Adam", LateSlip)
    assert found.parting is None
    assert place(found.single_parting) == (20, "fc1.bias")


def test_a_weight_that_starts_one_bit_off_is_named() -> None:
    class OneBitOff(nn.Linear):
        def __init__(self, inputs: int, outputs: int) -> None:
            super().__init__(inputs, outputs)
            array = self.bias.detach().numpy()
            array[0] = np.nextafter(array[0], np.float32(1))

    found = outcome("SGD", "nn.Linear", OneBitOff, steps=2)
    assert (found.start, found.verdict) == ("fc1.bias", FAIL)


def test_a_compiled_step_one_bit_off_is_named() -> None:
    def compile_wrongly(step: Callable[..., Any]) -> Callable[..., Any]:
        calls = 0

        def wrong(features: Any, labels: Any) -> Any:
            nonlocal calls
            calls += 1
            loss = step(features, labels)
            return loss * (1 + 2**-22) if calls == 3 else loss

        return wrong

    found = outcome("classes", "compile", compile_wrongly, steps=4)
    assert place(found.compiled) == (3, "loss")
    assert (found.parting, found.single_parting, found.verdict) == (None, None, FAIL)


def test_an_exception_is_a_failure_that_says_what_happened() -> None:
    class Broken(nn.BCELoss):
        def forward(self, p: Any, y: Any) -> Any:
            raise ZeroDivisionError("no luck")

    (found,) = compare(2, ["SGD"], altered("nn.BCELoss", Broken))
    assert found.outcome.verdict == FAIL
    assert found.outcome.note == "ZeroDivisionError: no luck"
