"""What does a reader of the figures see?"""

import pytest
from hypothesis import given, strategies as st

from bench.measurement import Effort, Measurements
from bench.network import COMPILED, EAGER, TORCH
from bench.report import WIDTH, duration, print_machine, print_report, targets

EFFORT = Effort(rounds=3, steps=10, starts=2, first_calls=2)


def measurements(torch: bool = True, slower: float = 1.0) -> Measurements:
    steps = {
        TORCH.label: [200e-6, 240e-6, 900e-6],
        EAGER.label: [60e-6 * slower, 61e-6, 59e-6],
        COMPILED.label: [8e-6, 8e-6, 8.1e-6],
    }
    starts = {"torch": [2.0, 2.0], "minigrad": [0.5, 0.7]}
    if not torch:
        del steps[TORCH.label], starts["torch"]
    first = {"eager": [60e-6, 62e-6], "first": [122e-6, 122e-6], "second": [9e-6, 9e-6]}
    return Measurements(1e-7, True, steps, starts, first)


def printed(found: Measurements) -> list[str]:
    lines: list[str] = []
    print_report(found, {}, EFFORT, lines.append)
    return lines


def test_ratios_are_of_medians() -> None:
    assert [each.ratio for each in targets(measurements())] == pytest.approx([4, 30, 2, 0.3])
    assert all(each.reached for each in targets(measurements()))


def test_a_missed_target_is_called_missed() -> None:
    found = measurements()
    found.steps[EAGER.label] = [81e-6]
    found.starts["minigrad"] = [1.1]
    lines = [str(each) for each in targets(found)]
    assert lines[0] == "minigrad eager, times PyTorch's speed: 2.96, target at least 3: missed"
    assert lines[1].endswith("reached")
    assert lines[3].endswith("0.55, target at most 0.5: missed")


def test_without_pytorch_nothing_is_said_beside_it() -> None:
    lines = printed(measurements(torch=False))
    assert [each.name for each in targets(measurements(torch=False))] == [
        "first compiled call, in eager steps"
    ]
    assert not any("times as fast" in line or "PyTorch eager" in line for line in lines)
    assert any("minigrad compiled" in line and "8.00 µs" in line for line in lines)


def test_lines_fit_a_terminal() -> None:
    machine = {
        "processor": "A processor with a long name, family 25, model 17, AVX-512",
        "cores": 2,
        "system": "Linux 6.1",
        "python": "3.11",
        "minigrad": "0.1.0",
        "versions": {"numpy": "2.4.6", "numba": "0.68.1", "torch": None},
        "torch_threads": 2,
        "thread_settings": {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"},
    }
    lines = printed(measurements())
    print_machine(machine, lambda text: lines.extend(text.splitlines()))
    assert max(len(part) for line in lines for part in line.splitlines()) <= WIDTH
    assert any("OMP_NUM_THREADS=1" in line for line in lines)
    assert not any("torch None" in line or "PyTorch: 2 threads" in line for line in lines)


@given(st.floats(1e-9, 1e4))
def test_durations_keep_three_digits(seconds: float) -> None:
    figure, unit = duration(seconds).split()
    scale = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}[unit]
    assert float(figure) * scale == pytest.approx(seconds, rel=6e-3)
    assert 1 <= float(figure) < 1000 or unit == "s"
    assert len(figure.replace(".", "")) >= 3
