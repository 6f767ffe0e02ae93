"""Every operation does all that an operation owes, on samples from `minigrad.testing.samples`."""

from pathlib import Path

import pytest

from minigrad.fused import registry
from minigrad.testing import check_operation, samples
from minigrad.testing.duties import DUTIES, bounds
from minigrad.testing.operations.check import sample_of

SAMPLES = {path.stem for path in Path(samples.__file__).parent.glob("[!_]*.py")}
SHARED = {"classes", "pairs"}  # what several of them have in common


@pytest.mark.parametrize("duty", [name for name, duty in DUTIES.items() if not duty.apart])
@pytest.mark.parametrize("name", registry)
def test_a_duty(name, duty):
    check_operation(registry[name], only=duty)


def test_no_kernel_leaves_its_operands():
    """In one process for all of them."""
    targets = [(each, sample_of(each)) for each in registry.values()]
    found = bounds.run(targets, examples=24, seed=0)
    assert not found.wrong, f"{found.wrong}\n{found.example}"
    assert found.examples == 24 * len(registry)


def test_every_operation_declares_what_it_can_be_given():
    assert set(registry) == SAMPLES - SHARED
    for name, operation in registry.items():
        assert sample_of(operation).__module__ == f"minigrad.testing.samples.{name}"


@pytest.mark.parametrize("name", registry)
def test_an_operation_on_elements_or_rows_says_so(name):
    """So that duties do not pass because they have nothing to look at."""
    if name != "linear":  # whose last bits may depend on the batch size
        assert check_operation(registry[name], only="position", examples=20).examples["position"]
