"""Is a fault there while it is planted, gone afterwards, and never in the cache of kernels?"""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import minigrad
from compare.planting.fault import Fault, function_of
from compare.planting.faults import FAULTS
from compare.planting.planted import altered_code, planted
from minigrad.kernels import kernel_cache

IN_A_KERNEL = Fault("", "ops.sigmoid:backward", " * (1 - out[i])", "")
BETWEEN_FILES = Fault("", "matrices.channels:gradient_of_batch", "centred * factor", "centred")
IN_PYTHON = Fault("", "optim.sgd:SGD.numbers", 'group["momentum"],', '-group["momentum"],')
ALL = [fault for faults in FAULTS.values() for fault in faults]


def slope(x: float) -> float:
    x = minigrad.tensor(x, requires_grad=True)
    minigrad.sigmoid(x).backward()
    return x.grad.item()


def momentum() -> float:
    optimizer = minigrad.optim.SGD([minigrad.ones(1)], momentum=0.5)
    return optimizer.numbers(optimizer.param_groups[0])[1]


def test_a_kernel_is_wrong_while_the_fault_is_there() -> None:
    assert slope(0.0) == 0.25
    for _ in range(2):
        with planted(IN_A_KERNEL):
            assert slope(0.0) == 0.5
        assert slope(0.0) == 0.25


def test_what_a_kernel_calls_is_wrong_whichever_files_it_stands_in() -> None:
    def gradient() -> list[float]:
        x = minigrad.tensor([[1.0], [4.0], [1.0]], requires_grad=True)
        out = minigrad.nn.functional.batch_norm(x, None, None, training=True, eps=2.0)
        out[0].sum().backward()
        return x.grad.flatten().tolist()

    right = gradient()
    for _ in range(2):
        with planted(BETWEEN_FILES):  # the variance is 2, so that the factor is a half
            assert gradient() == [2 * each for each in right]
        assert gradient() == right


def test_a_function_is_wrong_for_whoever_has_it_already() -> None:
    numbers = minigrad.optim.SGD.numbers
    assert momentum() == 0.5
    with planted(IN_PYTHON):
        assert momentum() == -0.5
        assert minigrad.optim.SGD.numbers is numbers
    assert momentum() == 0.5


@pytest.mark.parametrize("fault", [IN_A_KERNEL, IN_PYTHON], ids=["kernel", "function"])
def test_an_interrupted_search_leaves_no_fault(fault: Fault) -> None:
    before, code = dict(vars(IN_A_KERNEL.target)), minigrad.optim.SGD.numbers.__code__
    with pytest.raises(KeyboardInterrupt), planted(fault):
        raise KeyboardInterrupt
    assert vars(IN_A_KERNEL.target) == before
    assert minigrad.optim.SGD.numbers.__code__ is code


def test_a_wrong_kernel_is_in_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slope(0.0)  # right kernels, and what starts them, come from wherever they are
    monkeypatch.setenv("MINIGRAD_CACHE_DIR", str(tmp_path))
    with planted(IN_A_KERNEL):
        assert slope(0.0) == 0.5
    assert kernel_cache.folder() == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_twice_or_never_is_refused() -> None:
    for piece in ("out", "cosine"):
        with (
            pytest.raises(ValueError, match=f"'{piece}' .* times"),
            planted(Fault("", "ops.sigmoid:backward", piece, "x")),
        ):
            pass


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.name)
def test_each_fault_has_its_place_and_somebody_to_see_it(fault: Fault) -> None:
    from compare.comparison import names
    from compare.planting.search import TRAINING
    from compare.trajectories.scripts import SCRIPTS

    function = function_of(fault.target)
    wrong = altered_code(function, fault.right, fault.wrong)
    assert wrong.co_name == function.__name__
    assert wrong.co_freevars == function.__code__.co_freevars
    assert wrong != function.__code__
    assert {*fault.subjects} <= {*names(), *(f"{TRAINING}{name}" for name in SCRIPTS)}


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    described = [fault.name for fault in ALL]
    assert len(described) == len(np.unique(described)) >= 60
