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
    "layer_norm": [FINITE - {"-0"}] * 3,
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
    found = []
    for seed in range(100):
        smooth = Manner(smooth=True, at_kinks=False)
        x = sample_of(registry[name])(RandomDraw(seed, torch.float64, smooth)).operands[0].array
        found += x.ravel().tolist()
    assert np.abs(found).max() <= 5
    if name == "binary_cross_entropy":
        assert 0.1 <= min(found) < 0.15 and 0.85 < max(found) <= 0.9
    else:
        assert min(found) < -1.5 and max(found) > 1.5


USUAL = 1e-14  # 45 roundings of float64


class Disturbed(Case):
    """An example of an operation that is off by some share, each time in another way.

    It is its result that is off, and with it all gradients, or the gradient of one tensor alone.
    What is 0 stays so, as it may stand for what is masked.
    """

    def __init__(self, name, seed, manner, size, result="out"):
        draw = RandomDraw(seed, torch.float64, manner)
        self.right, self.size, self.result = registry[name], size, result
        self.name, self.definition = name, self.right.definition
        super().__init__(self.right, draw, sample_of(self.right)(draw))
        self.operation, self.generator = self, np.random.default_rng(seed)

    def __call__(self, *operands):
        if self.result != "out":
            operands = list(operands)
            place = self.names.index(self.result)
            operands[place] = self.with_gradient_off(operands[place])
            return first_of(self.right(*operands))
        found = first_of(self.right(*operands))
        share, shift = self.size * self.generator.uniform(-1, 1, (2, *found.shape))
        return found + found * torch.tensor(share) + torch.tensor(shift * (found.array != 0))

    def with_gradient_off(self, operand):
        """The same numbers, through which a gradient passes that is then off."""
        if operand is None or not operand.requires_grad:
            return operand
        share = torch.tensor(self.size * self.generator.uniform(-1, 1, operand.shape))

        class Off(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return x.clone()

            @staticmethod
            def backward(ctx, grad):
                return grad + grad * share

        return Off.apply(operand)

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


# By what share a result has to be off for a relation to notice, where it is not the usual one.
NOTICED_BY = {
    ("batch_norm", "gradients_of_a_column_add_up_to_0"): 1e-13,
    ("batch_norm", "a_shift_changes_nothing"): 1e-11,
    ("batch_norm", "rows_may_be_permuted"): 1e-13,
    ("cross_entropy", "a_shift_changes_nothing"): 1e-13,
    ("layer_norm", "gradients_of_a_row_add_up_to_0"): 1e-13,
    ("layer_norm", "a_shift_changes_nothing"): 1e-11,
    ("linear", "the_backward_map_is_the_adjoint"): 1e-13,
    ("softmax", "a_shift_changes_nothing"): 1e-13,
}


@pytest.mark.parametrize(
    ("name", "position"),
    [(name, position) for name in registry for position in range(len(relations_of(name)))],
)
def test_a_relation_notices_what_is_off_by_some_roundings(name, position):
    def check(case):
        case.sample.relations[position](case)

    off = NOTICED_BY.get((name, relations_of(name)[position].__name__), USUAL)
    assert noticed(check, name, Manner(special=False), off) >= 3


# The tensors whose gradients are checked, where it is not x alone.
DIFFERENTIATED = {
    "batch_norm": ("x", "weight", "bias"),
    "batch_norm_inference": ("x", "weight", "bias"),
    "binary_cross_entropy": ("p",),
    "huber_loss": ("x", "target"),
    "l1_loss": ("x", "target"),
    "layer_norm": ("x", "weight", "bias"),
    "linear": ("x", "weight", "bias"),
    "mse_loss": ("x", "target"),
    "smooth_l1_loss": ("x", "target"),
}
# By what share a result has to be off to be noticed, where it is not the usual one.
NOTICED = {
    ("batch_norm", "x"): 1e-13,
    ("batch_norm", "weight"): 1e-13,
    ("batch_norm_inference", "weight"): 1e-13,
    ("batch_norm_inference", "bias"): 1e-13,
    ("cross_entropy", "out"): 1e-13,
    ("cross_entropy", "x"): 1e-11,
    ("cross_entropy_of_probabilities", "out"): 1e-12,
    ("cross_entropy_of_probabilities", "x"): 1e-11,
    ("layer_norm", "x"): 1e-13,
    ("layer_norm", "weight"): 1e-13,
    ("log_softmax", "x"): 1e-13,
    ("softmax", "x"): 1e-13,
}


@pytest.mark.parametrize(
    ("name", "result"),
    [(name, each) for name in registry for each in ("out", *DIFFERENTIATED.get(name, ("x",)))],
)
def test_what_may_be_lost_is_so_little_that_hardly_anything_passes(name, result):
    check, off = DUTIES["definition"].check, NOTICED.get((name, result), USUAL)
    assert noticed(check, name, Manner(special=False), off, result=result) >= 3
