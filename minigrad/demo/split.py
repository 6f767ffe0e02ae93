"""How are a table's rows divided into standardised training and test tensors?"""

import math
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

import minigrad as torch
from minigrad import Tensor
from minigrad.demo.errors import InputError, quoted
from minigrad.demo.table import Table

FEWEST_OF_A_CLASS = 2


@dataclass(frozen=True)
class Split:
    """Features (N, C) and targets (N, 1) in float32, for training and for the test."""

    train_x: Tensor
    train_y: Tensor
    test_x: Tensor
    test_y: Tensor


def split_table(table: Table, test_fraction: float, seed: int) -> Split:
    """Divide the rows at random, each class in proportion, and standardise the features.

    The means and deviations are those of the training rows alone: the test rows stay unseen.
    """
    check_classes(table, test_fraction)
    train_x, test_x, train_y, test_y = train_test_split(
        table.features,
        table.target,
        test_size=test_fraction,
        stratify=table.target,
        random_state=seed,
    )
    scaler = StandardScaler().fit(train_x)
    return Split(
        train_x=torch.tensor(scaler.transform(train_x), dtype=torch.float32),
        train_y=torch.tensor(train_y[:, None], dtype=torch.float32),
        test_x=torch.tensor(scaler.transform(test_x), dtype=torch.float32),
        test_y=torch.tensor(test_y[:, None], dtype=torch.float32),
    )


def check_classes(table: Table, test_fraction: float) -> None:
    """Refuse a table whose rarer class cannot have a few rows in both parts."""
    counts = np.bincount(table.target, minlength=2)
    rarer = int(counts.argmin())
    needed = math.ceil(FEWEST_OF_A_CLASS / min(test_fraction, 1 - test_fraction))
    if counts[rarer] < needed:
        raise InputError(
            f"{table.source}, column {quoted(table.target_name)}: too few rows of class {rarer} "
            f"({counts[rarer]}); a test fraction of {test_fraction:g} needs at least {needed}"
        )
