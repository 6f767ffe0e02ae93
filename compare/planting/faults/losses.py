"""Faults in losses: reductions, weights, targets, clamps."""

from __future__ import annotations

from ..fault import Fault

FAULTS = [
    Fault("mse_loss: the factor 2", "ops.mse_loss:backward", "2 * (", "("),
    Fault(
        "mse_loss: the mean's gradient is the sum's",
        "ops.mse_loss:gradient",
        "saved, scale or 0.0",
        "saved, 1.0 if scale else 0.0",
    ),
    Fault(
        "losses: the mean is a sum",
        "losses.reduction:scale_of",
        "1.0 / count",
        "1.0",
        ("mse_loss",),
    ),
    Fault(
        "losses: the target's gradient has the sign of x's",
        "losses.pairs:gradients_of_both",
        "one, other, *settings",
        "*saved, *settings",
        ("mse_loss", "l1_loss"),
    ),
    Fault(
        "l1_loss: a slope of -1 where both are equal",
        "ops.l1_loss:backward",
        "-1.0 if x[i] < target[i] else 0.0",
        "-1.0",
    ),
    Fault(
        "huber_loss: the pieces do not meet",
        "ops.huber_loss:losses_of",
        "distance - 0.5 * delta",
        "distance - delta",
    ),
    Fault(
        "huber_loss: delta is 1 in the gradient",
        "ops.huber_loss:backward",
        "delta if difference > delta",
        "1.0 if difference > 1.0",
    ),
    Fault(
        "smooth_l1_loss: not divided by beta",
        "ops.smooth_l1_loss:losses_of",
        "divided(0.5 * distance * distance, beta, per_beta, some[k])",
        "0.5 * distance * distance",
    ),
    Fault(
        "smooth_l1_loss: beta's kink at twice beta",
        "ops.smooth_l1_loss:backward",
        "difference >= beta",
        "difference >= 2 * beta",
    ),
    Fault(
        "nll_loss: the mean divides by the count, not by weights",
        "ops.nll_loss:forward",
        "1, target, weight",
        "1, target, weight[:0]",
    ),
    Fault(
        "nll_loss: the weight left out of the gradient",
        "ops.nll_loss:backward_of_rows",
        "-scaled(grad[n if reduction == NONE else 0] / divisor[0], weight, t)",
        "-(grad[n if reduction == NONE else 0] / divisor[0])",
    ),
    Fault(
        "nll_loss: an ignored row has a gradient",
        "ops.nll_loss:backward_of_rows",
        "if t != ignored and 0 <= t",
        "if 0 <= t",
    ),
    Fault(
        "cross_entropy: the target's own score is not taken off",
        "losses.hard_targets:wanted_of",
        "wanted[t - begin] += hard",
        "wanted[t - begin] += 0.0",
        ("cross_entropy",),
    ),
    Fault(
        "cross_entropy: smoothing takes nothing off the target",
        "losses.hard_targets:losses_of",
        "loss = (1 - smoothing) *",
        "loss =",
        ("cross_entropy",),
    ),
    Fault(
        "cross_entropy: smoothing is not spread over the classes",
        "losses.hard_targets:wanted_of",
        "smoothing / classes",
        "smoothing",
        ("cross_entropy",),
    ),
    Fault(
        "cross_entropy of probabilities: their sum is taken as 1",
        "losses.soft_targets:wanted_of",
        "slope * total_of_lanes(sums)",
        "slope",
        ("cross_entropy_of_probabilities",),
    ),
    Fault(
        "binary_cross_entropy: no clamp of logarithms",
        "ops.binary_cross_entropy:losses_of",
        "max(log(probability, some[k]), -100.0)",
        "log(probability, some[k])",
    ),
    Fault(
        "binary_cross_entropy: the clamp is too wide",
        "ops.binary_cross_entropy:backward",
        "CLAMPED)",
        "1e-6)",
    ),
    Fault(
        "binary_cross_entropy: the weight left out of the gradient",
        "ops.binary_cross_entropy:backward",
        "scaled((probability - target[i]) / denominator, weight, i)",
        "(probability - target[i]) / denominator",
    ),
    Fault(
        "binary_cross_entropy_with_logits: pos_weight left out of the gradient",
        "losses.logits:slopes_of",
        "scaled(np.float64(wanted[k]), of_positive, k)",
        "np.float64(wanted[k])",
        ("binary_cross_entropy_with_logits",),
    ),
    Fault(
        "binary_cross_entropy_with_logits: overflows where logits are large",
        "losses.logits:losses_of",
        "wide.log_of_1_plus_exp(-abs(logit), 0.0, some[k])",
        "(np.log(1 + np.exp(logit)) - max(logit, 0.0))",
        ("binary_cross_entropy_with_logits",),
    ),
]
