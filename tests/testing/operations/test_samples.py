"""What minigrad's operations are tried on: both signs, both zeros, infinities, what is no number.

An operation that is right on what it is given has shown little if that was harmless.
"""

import numpy as np
import pytest

import minigrad as torch
from minigrad.fused import registry
from minigrad.testing.duties import DUTIES
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


class Disturbed(Case):
    """An example of an operation that is off by some share, each time in another way.

    What is 0 stays so, as it may stand for what is masked.
    """

    def __init__(self, name, seed, manner, size, only_gradients=False):
        draw = RandomDraw(seed, torch.float64, manner)
        self.right, self.size, self.only_gradients = registry[name], size, only_gradients
        self.name, self.definition = name, self.right.definition
        super().__init__(self.right, draw, sample_of(self.right)(draw))
        self.operation, self.generator = self, np.random.default_rng(seed)

    def __call__(self, *operands):
        found = first_of(self.right(*operands))
        share, shift = self.size * self.generator.uniform(-1, 1, (2, *found.shape))
        added = found * torch.tensor(share)
        if self.only_gradients:
            return found + (added - added.detach())
        return found + added + torch.tensor(shift * (found.array != 0))

    def results(self, *given):
        found = super().results(*given)
        if given:  # perhaps the definition's
            return found
        return {
            name: None
            if each is None
            else each + self.size * self.generator.uniform(-1, 1, each.shape) * each
            for name, each in found.items()
        }


def noticed(check, *given, **options):
    """In how many of forty examples a check fails."""
    count = 0
    for seed in range(40):
        case = Disturbed(given[0], seed, *given[1:], **options)
        try:
            check(case)
        except AssertionError:
            count += 1
    return count


def relations_of(name):
    return Disturbed(name, 0, Manner(special=False), 0.0).sample.relations


@pytest.mark.parametrize(
    ("name", "position"),
    [(name, position) for name in registry for position in range(len(relations_of(name)))],
)
def test_a_relation_notices_what_is_off_by_a_hundredth(name, position):
    def check(case):
        case.sample.relations[position](case)

    assert noticed(check, name, Manner(special=False), 0.01) >= 5


@pytest.mark.parametrize("only_gradients", [False, True])
@pytest.mark.parametrize("name", registry)
def test_what_may_be_lost_is_so_little_that_a_billionth_is_noticed(name, only_gradients):
    check = DUTIES["definition"].check
    found = noticed(check, name, Manner(special=False), 1e-9, only_gradients=only_gradients)
    assert found >= 5
