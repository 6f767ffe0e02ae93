"""Do both libraries get the same numbers to work on?"""

import numpy as np
import pytest

from bench.measurement import TOLERANCE, largest_difference
from bench.network import COMPILED, EAGER, TORCH, load, make_batches
from bench.worker import Worker


def test_batches_have_equal_bits() -> None:
    pytest.importorskip("torch")
    found = [make_batches(load(each.library)) for each in (TORCH, EAGER)]
    for theirs, ours in zip(*found, strict=True):
        for one, other in zip(theirs, ours, strict=True):
            np.testing.assert_array_equal(one.numpy(), other.numpy())


def test_all_contenders_learn_the_same() -> None:
    pytest.importorskip("torch")
    threads = load("torch").get_num_threads()
    losses = [Worker(each).losses(50)["losses"] for each in (TORCH, EAGER, COMPILED)]
    assert threads == 2
    assert losses[1] == losses[2]
    assert largest_difference(losses[1], losses[0])[1] <= TOLERANCE
    assert losses[0][-1] < losses[0][0]
