"""Faults in linear layers, batch normalisation and dropout: biases, sums, statistics."""

from __future__ import annotations

from ..fault import Fault

STATISTICS = ("batch_norm",)

FAULTS = [
    Fault(
        "linear: the bias is ignored",
        "ops.linear:compute",
        "empty((0,), x.dtype) if bias is None else bias",
        "empty((0,), x.dtype)",
    ),
    Fault(
        "linear: the bias's gradient is not summed over the batch",
        "ops.linear:backward",
        "column_sums(grad, grad_bias)",
        "grad_bias[:] = grad[0, : grad_bias.size]",
    ),
    Fault(
        "linear: the weight's gradient is that of half the batch",
        "kernels.products:small_gradient_products",
        "M, N, x",
        "M, (N + 1) // 2, x",
        ("linear",),
    ),
    Fault(
        "linear: the weight is not transposed",
        "ops.linear:forward",
        "weight[m, k]",
        "weight.reshape(K, M)[k, m]",
    ),
    Fault(
        "linear: x's gradient by BLAS is negated",
        "ops.linear:backward",
        "        if status:\n",
        "        grad_x[:] = -grad_x\n        if status:\n",
    ),
    Fault(
        "layer_norm: the variance is the unbiased one",
        "matrices.rows:mean_and_variance",
        "square / size",
        "square / max(size - 1, 1)",
        ("layer_norm",),
    ),
    Fault(
        "layer_norm: the variance is held constant in the gradient",
        "matrices.rows:gradient_of_rows",
        "slope - shift - normal * product",
        "slope - shift",
        ("layer_norm",),
    ),
    Fault(
        "layer_norm: the weight's gradient is that of x's own numbers",
        "matrices.rows:sums_of_parts",
        " - spread(stats, n)",
        "",
        ("layer_norm",),
    ),
    Fault(
        "batch_norm: eps left out",
        "ops.batch_norm:forward",
        "stats[1, c] + eps",
        "stats[1, c]",
    ),
    Fault(
        "batch_norm: eps outside the root",
        "ops.batch_norm:forward",
        "np.sqrt(stats[1, c] + eps)",
        "(np.sqrt(stats[1, c]) + eps)",
    ),
    Fault(
        "batch_norm: the variance is the unbiased one",
        "ops.batch_norm:forward",
        "status = mean_and_variance(x, stats, moments)\n",
        "status = mean_and_variance(x, stats, moments)\n"
        "    stats[1] *= x.shape[0] / max(x.shape[0] - 1, 1)\n",
    ),
    Fault(
        "batch_norm: the mean is held constant in the gradient",
        "matrices.channels:gradient_of_batch",
        " - shift - normal",
        " - normal",
        ("batch_norm",),
    ),
    Fault(
        "batch_norm: the variance is held constant in the gradient",
        "matrices.channels:gradient_of_batch",
        " - normal * slope",
        "",
        ("batch_norm",),
    ),
    Fault(
        "batch_norm: the weight left out of x's gradient",
        "matrices.channels:gradient_of_batch",
        "scaled_lanes(centred * factor, weight, c)",
        "centred * factor",
        ("batch_norm",),
    ),
    Fault(
        "batch_norm: gradients of weight and bias are swapped",
        "kernels.moments:add_blocks",
        "= sums[1, c], sums[0, c]",
        "= sums[0, c], sums[1, c]",
        ("batch_norm",),
    ),
    Fault(
        "batch_norm: the running variance is the biased one",
        "running_statistics:average",
        " * count / (count - 1)",
        "",
        STATISTICS,
    ),
    Fault(
        "batch_norm: momentum is the old statistics' weight",
        "running_statistics:average",
        "factor = momentum",
        "factor = 1 - momentum",
        STATISTICS,
    ),
    Fault(
        "batch_norm: the running mean stands still",
        "running_statistics:average",
        "running_mean[c] = (1 - factor) * running_mean[c] + factor * mean[c]",
        "pass",
        STATISTICS,
    ),
    Fault(
        "batch_norm_inference: eps left out",
        "ops.batch_norm_inference:forward",
        "var[c] + eps",
        "var[c]",
    ),
    Fault(
        "batch_norm_inference: the weight's gradient is left to itself",
        "kernels.moments:add_blocks",
        "= sums[1, c], sums[0, c]",
        "= sums[0, c], sums[0, c]",
        ("batch_norm_inference",),
    ),
    Fault(
        "dropout: what is left is not made larger",
        "ops.dropout:forward",
        "(mask[i] / keep)",
        "mask[i]",
    ),
    Fault(
        "dropout: keeps with the probability to drop",
        "functions.dropout:_dropped",
        "draw_by_chance(default_generator, keep, mask)",
        "draw_by_chance(default_generator, 1.0 - keep, mask)",
        ("dropout",),
    ),
    Fault(
        "dropout: another mask in the gradient",
        "ops.dropout:gradient",
        "launch(forward, grad, mask,",
        "launch(forward, grad, mask.reshape(-1)[::-1].reshape(mask.shape).copy(),",
    ),
]
