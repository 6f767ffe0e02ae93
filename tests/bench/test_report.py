"""What does a reader of the figures see?"""

import pytest
from hypothesis import given, strategies as st

from bench import report
from bench.contenders import COMPILED, EAGER, JAX, TORCH
from bench.epochs import LOOPS, NATIVE
from bench.found import Found
from bench.report import WIDTH, duration
from bench.rounds import Outcome
from bench.starts import COLD
from bench.sweeps import Sweep
from bench.targets import SPEEDS, targets
from bench.workloads import WORKLOADS

from .pretended import MEMORY

WIDE = "A processor, AVX-512"
SECONDS = {TORCH: 4e-4, EAGER: 1e-4, COMPILED: 1e-5, JAX: 1e-4}


def found() -> Found:
    outcomes = {
        each.name: Outcome([time, time * 3, time], memory=MEMORY) for each, time in SECONDS.items()
    }
    return Found(
        workloads={name: outcomes for name in WORKLOADS},
        first_calls={"eager": [60e-6], "first": [122e-6], "second": [9e-6]},
        starts={TORCH.label: [2.0, 2.0], EAGER.label: [0.5, 0.7], COLD: [31.0]},
        epochs={LOOPS[0].label: Outcome([0.8]), NATIVE.label: Outcome([0.01, 0.02])},
        growth=[("batch", 1, outcomes), ("batch", 8, {COMPILED.name: Outcome(trouble="x" * 99)})],
    )


def test_ratios_are_of_medians_and_each_target_is_judged() -> None:
    listed = {each.name: each for each in targets(found(), WIDE)}
    assert len(listed) == len(SPEEDS) + 5
    assert listed["slides-32-sgd: minigrad compiled / PyTorch eager"].ratio == pytest.approx(40)
    assert listed["slides-32-sgd: minigrad compiled / JAX jit"].ratio == pytest.approx(10)
    assert listed["epochs: step.epoch / PyTorch's loop"].ratio == pytest.approx(0.8 / 0.015)
    assert listed["peak memory at worst: minigrad eager / PyTorch"].ratio == 1
    assert all(each.reached for each in listed.values())


def test_a_missed_target_is_called_missed() -> None:
    slower = found()
    slower.workloads["slides-32-sgd"][COMPILED.name] = Outcome([17e-6])
    slower.starts[EAGER.label] = [1.1]
    lines = [str(each) for each in targets(slower, WIDE)]
    assert lines[0].startswith("  slides-32-sgd: minigrad compiled / PyTorch eager ")
    assert lines[0].endswith(" 23.5  ≥ 25   missed")
    assert any("import" in line and line.endswith("≤ 0.5  missed") for line in lines)


def test_what_has_no_time_has_no_target() -> None:
    known = found()
    known.workloads["slides-32-sgd"][COMPILED.name] = Outcome(trouble="wrong result: step 1")
    assert not any("32-sgd: minigrad comp" in each.name for each in targets(known, WIDE))
    assert targets(Found(), WIDE) == []


def test_the_wide_network_is_judged_with_wide_vectors_alone() -> None:
    assert not any("wide" in each.name for each in targets(found(), "A processor, AVX2"))


def test_lines_fit_a_terminal() -> None:
    machine = {
        "processor": "A processor with a long name, family 25, model 17, AVX-512",
        "cores": 2,
        "system": "Linux 6.1",
        "python": "3.11",
        "minigrad": "0.1.0",
        "versions": {"numpy": "2.4.6", "numba": "0.68.1", "torch": None},
        "threads": 2,
    }
    known, lines = found(), []
    report.print_machine(machine, lines.append)
    report.print_absent([JAX], lines.append)
    report.print_rules(30, lines.append)
    for name, outcomes in known.workloads.items():
        report.print_workload(WORKLOADS[name], outcomes, lines.append)
    report.print_workload(
        WORKLOADS["deep-128-adam"], {JAX.name: Outcome(trouble="did not " * 30)}, lines.append
    )
    report.print_first_calls(known, 15, lines.append)
    report.print_starts(known, lines.append)
    report.print_epochs(known.epochs, 10, 7, lines.append)
    two = {each.name: known.workloads["deep-128-adam"][each.name] for each in (TORCH, COMPILED)}
    report.print_growth([("batch", 1, two)], lines.append)
    report.print_targets(targets(known, WIDE), lines.append)
    parts = [part for line in lines for part in line.splitlines()]
    assert [part for part in parts if len(part) > WIDTH] == []
    assert "jax is not installed: measured without it." in parts
    assert not any("torch None" in part for part in parts)


@given(st.floats(1e-9, 1e4))
def test_durations_keep_three_digits(seconds: float) -> None:
    figure, unit = duration(seconds).split()
    scale = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}[unit]
    assert float(figure) * scale == pytest.approx(seconds, rel=6e-3)
    assert 1 <= float(figure) < 1000 or unit == "s"
    assert len(figure.replace(".", "")) >= 3


def test_a_sweep_has_a_line_for_each_number_at_once() -> None:
    lines: list[str] = []
    report.print_sweeps([Sweep("deep-128-sgd", {1: [3e-5, 4e-5, 5e-5], 16: [2e-5]})], lines.append)
    assert lines[2].split() == "deep-128-sgd 1 at once 40.0 µs (35.0 µs to 45.0 µs)".split()
    assert lines[3].split() == "16 at once 20.0 µs (20.0 µs to 20.0 µs) 2.00 times".split()
    assert max(map(len, lines)) <= WIDTH
