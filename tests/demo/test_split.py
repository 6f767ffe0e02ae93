"""Are the test rows apart from the training rows, and unseen by the standardisation?"""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from minigrad.demo.errors import InputError
from minigrad.demo.split import FEWEST_OF_A_CLASS, split_table
from minigrad.demo.table import Table


def make_table(features, target):
    return Table("file.csv", "file.csv", ("a", "b"), features, target, "y")


@given(
    zeros=st.integers(1, 40),
    ones=st.integers(1, 40),
    fraction=st.floats(0.01, 0.99),
    seed=st.integers(0, 2**32 - 1),
)
def test_both_classes_are_in_both_parts_or_the_table_is_refused(zeros, ones, fraction, seed):
    rows = zeros + ones
    numbers = np.arange(rows, dtype=np.float64)
    table = make_table(
        np.stack([numbers, numbers**2], axis=1), (numbers >= zeros).astype(np.int64)
    )
    rarest = min(zeros, ones) * min(fraction, 1 - fraction)
    assume(abs(rarest - FEWEST_OF_A_CLASS) > 1e-9)
    if rarest < FEWEST_OF_A_CLASS:
        with pytest.raises(InputError, match=r"file\.csv, column 'y': too few rows of class [01]"):
            split_table(table, fraction, seed)
        return

    split = split_table(table, fraction, seed)
    for part in (split.train_y, split.test_y):
        assert np.unique(part.numpy()).tolist() == [0.0, 1.0]
        assert abs(part.numpy().sum() - ones * len(part) / rows) <= 1
    assert len(split.train_x) + len(split.test_x) == rows


def test_features_are_standardised_by_the_training_rows_alone():
    numbers = np.random.default_rng(0).normal(5.0, 3.0, size=(200, 2))
    split = split_table(make_table(numbers, np.arange(200) % 2), 0.25, seed=0)
    train, test = split.train_x.numpy(), split.test_x.numpy()
    assert train.shape == (150, 2) and test.shape == (50, 2)

    # Standardising keeps the order of a column, so ranks tell which row went where.
    ranks = np.concatenate([train, test])[:, 0].argsort().argsort()
    rows = numbers[numbers[:, 0].argsort()][ranks]
    mean, deviation = rows[:150].mean(axis=0), rows[:150].std(axis=0)
    assert np.allclose(train, (rows[:150] - mean) / deviation, atol=1e-6)
    assert np.allclose(test, (rows[150:] - mean) / deviation, atol=1e-6)


def test_a_constant_column_becomes_zero():
    features = np.stack([np.full(40, 0.1), np.arange(40.0)], axis=1)
    split = split_table(make_table(features, np.arange(40) % 2), 0.25, seed=0)
    assert np.abs(split.train_x.numpy()[:, 0]).max() < 1e-6
    assert np.abs(split.test_x.numpy()[:, 0]).max() < 1e-6


def test_one_seed_gives_one_split():
    numbers = np.random.default_rng(1).normal(size=(60, 2))
    table = make_table(numbers, np.arange(60) % 2)
    first, again, other = (split_table(table, 0.3, seed).test_x.numpy() for seed in (7, 7, 8))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
