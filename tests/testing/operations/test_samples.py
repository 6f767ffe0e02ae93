"""What minigrad's operations are tried on: both signs, both zeros, infinities, what is no number.

An operation that is right on what it is given has shown little if that was harmless.
"""

import numpy as np
import pytest

import minigrad as torch
from minigrad.fused import registry
from minigrad.testing.operations.case import Case, first_of
from minigrad.testing.operations.check import sample_of
from minigrad.testing.operations.random_draw import RandomDraw
from minigrad.testing.operations.sample import Manner

KINDS = {
    "-inf": lambda x: x == -np.inf,
    "negative": lambda x: (x < 0) & np.isfinite(x),
    "-0": lambda x: (x == 0) & np.signbit(x),
    "0": lambda x: (x == 0) & ~np.signbit(x),
    "positive": lambda x: (x > 0) & np.isfinite(x),
    "inf": lambda x: x == np.inf,
    "NaN": np.isnan,
}
ALL = set(KINDS)
FINITE = {"negative", "-0", "0", "positive"}
SCORES = ALL - {"-0"}
SHARE = {"0", "positive"}  # of something whole
WEIGHT = {"positive"}
# Of each tensor that it takes. What lacks a kind gives NaN throughout for it, or refuses it.
TRIED_ON = {
    "batch_norm": [FINITE - {"-0"}] * 3,
    "batch_norm_inference": [FINITE - {"-0"}] * 4 + [SHARE],
    "binary_cross_entropy": [SHARE, SHARE, WEIGHT],
    "binary_cross_entropy_with_logits": [ALL, FINITE - {"-0"}, WEIGHT, WEIGHT],
    "cross_entropy": [SCORES, {"negative", "0", "positive"}, WEIGHT],
    "cross_entropy_of_probabilities": [SCORES, SHARE, WEIGHT],
    "dropout": [ALL, SHARE],
    "huber_loss": [ALL - {"-inf"}] * 2,
    "l1_loss": [ALL - {"-inf"}] * 2,
    "linear": [FINITE] * 3,
    "log_softmax": [FINITE | {"-inf"}],
    "mse_loss": [FINITE] * 2,
    "nll_loss": [{"-inf", "negative", "0"}, {"negative", "0", "positive"}, WEIGHT],
    "smooth_l1_loss": [ALL - {"-inf"}] * 2,
    "softmax": [FINITE | {"-inf"}],
}


@pytest.mark.parametrize("name", registry)
def test_an_operation_is_tried_on_numbers_of_every_kind_that_it_takes(name):
    found = {}
    for seed in range(300):
        operands = sample_of(registry[name])(RandomDraw(seed, torch.float32, Manner())).operands
        for position, operand in enumerate(operands):
            if isinstance(operand, torch.Tensor):
                kinds = {kind for kind, are in KINDS.items() if are(operand.array).any()}
                found.setdefault(position, set()).update(kinds)
    assert [found[position] for position in sorted(found)] == TRIED_ON.get(name, [ALL])


@pytest.mark.parametrize("name", registry)
def test_where_gradients_are_differentiated_numbers_of_both_signs_are_moderate(name):
    signs = set()
    for seed in range(100):
        smooth = Manner(smooth=True, at_kinks=False)
        x = sample_of(registry[name])(RandomDraw(seed, torch.float64, smooth)).operands[0].array
        assert np.abs(x).max() <= 5
        signs |= set(np.sign(x).ravel())
    assert signs >= ({1.0} if name == "binary_cross_entropy" else {-1.0, 1.0})


def disturbed(array, generator):
    """Off by a hundredth, each time in another way; but not 0, as which stands what is masked."""
    size = 0.01 * (np.abs(array) + 1) * (array != 0)
    return (array + size * generator.uniform(-1, 1, array.shape)).astype(array.dtype)


class Disturbed(Case):
    """An example of an operation whose results and gradients are disturbed."""

    def __init__(self, *given):
        super().__init__(*given)
        self.operation = self
        self.right, self.generator = given[0], np.random.default_rng(0)
        self.definition = self.right.definition

    def __call__(self, *operands):
        found = first_of(self.right(*operands))
        return found + torch.tensor(disturbed(found.array, self.generator) - found.array)

    def results(self, *given):
        found = super().results(*given).items()
        return {
            name: None if each is None else disturbed(each, self.generator) for name, each in found
        }


def relations_of(name):
    draw = RandomDraw(0, torch.float64, Manner(special=False))
    return Case(registry[name], draw, sample_of(registry[name])(draw)).sample.relations


def is_noticed(name, position, seed):
    """Whether a relation fails for an example of the operation that is disturbed."""
    draw = RandomDraw(seed, torch.float64, Manner(special=False))
    case = Disturbed(registry[name], draw, sample_of(registry[name])(draw))
    relations = case.sample.relations
    try:
        relations[position](case)
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "position"),
    [(name, position) for name in registry for position in range(len(relations_of(name)))],
)
def test_a_relation_notices_what_is_off_by_a_hundredth(name, position):
    noticed = sum(is_noticed(name, position, seed) for seed in range(40))
    assert noticed >= 5
