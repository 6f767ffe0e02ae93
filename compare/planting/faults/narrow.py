"""Faults that show for some operands only: a loop's tail, one dtype, one layout, one value."""

from __future__ import annotations

from ..fault import Fault

FAULTS = [
    Fault(
        "elu: the elements left over by vectors of 8 have no gradient",
        "ops.elu:backward",
        "    grad_x[i] = grad[i] if",
        "    grad_x[i] = 0 if i >= x.size // 8 * 8 else grad[i] if",
    ),
    Fault(
        "sigmoid: the last element is that before it",
        "ops.sigmoid:forward",
        "stable_sigmoid(x[i])",
        "stable_sigmoid(x[max(min(i, x.size - 2), 0)])",
    ),
    Fault(
        "tanh: a float64 is computed as a float32",
        "ops.tanh:forward",
        "np.float64(x[i]), x[i]",
        "np.float64(np.float32(x[i])), x[i]",
    ),
    Fault(
        "mse_loss: float32 is added up in float32",
        "ops.mse_loss:forward",
        "return reduce(losses_of, (x, target), x.size, 1, scale, out)\n",
        "status = reduce(losses_of, (x, target), x.size, 1, scale, out)\n"
        "    if scale != 0:\n"
        "        out[0] = 0\n"
        "        for k in range(x.size):\n"
        "            out[0] += (x[k] - target[k]) ** 2\n"
        "        out[0] *= scale\n"
        "    return status\n",
    ),
    Fault(
        "batch_norm: the mean is rounded to the dtype",
        "ops.batch_norm:forward",
        "status = mean_and_variance(x, stats, moments)\n",
        "status = mean_and_variance(x, stats, moments)\n"
        "    for c in range(x.shape[1]):\n"
        "        stats[0, c] = x.dtype.type(stats[0, c])\n",
    ),
    Fault(
        "elu: one part in a million too large",
        "ops.elu:forward",
        "alpha * expm1(x[i])",
        "alpha * expm1(x[i]) * x.dtype.type(1.000001)",
    ),
    Fault(
        "sigmoid: half a step too large",
        "ops.sigmoid:forward",
        "stable_sigmoid(x[i])",
        "stable_sigmoid(x[i]) * x.dtype.type(1 + 1.2e-7)",
    ),
    Fault("silu: wrong from 80 on", "ops.silu:forward", "t * wide", "min(t, 80.0) * wide"),
    Fault("elu: alphas below 0 are 0", "ops.elu:elu", "float(alpha)", "max(float(alpha), 0.0)"),
    Fault(
        "fused operations: a strided gradient is read as it lies in memory",
        "fused:FusedNode.backward",
        "array = grad.array if grad.array.flags.carray else copy(grad.array)",
        "array = grad.array\n"
        "        base = array.base\n"
        "        if not array.flags.carray and base is not None and base.size >= array.size:\n"
        "            array = base.reshape(-1)[: array.size].reshape(array.shape).copy()",
        ("relu", "linear"),
    ),
    Fault(
        "fused operations: a transposed operand is read as it lies in memory",
        "fused:Fused.__call__",
        "array = copy(array)",
        "array = copy(array.T).reshape(array.shape)",
        ("elu", "softmax"),
    ),
    Fault(
        "batch_norm: an input of three dimensions is not permuted",
        "matrices.channels:as_rows",
        "x.permute(0, *range(2, x.array.ndim), 1).reshape",
        "x.reshape",
        ("batch_norm",),
    ),
    Fault(
        "linear: only the first row of a batch of batches",
        "matrices.features:on_rows",
        "x.reshape(math.prod(rest), features)",
        "x.reshape(-1, features)[:1].expand(math.prod(rest), features)",
        ("linear",),
    ),
    Fault(
        "linear: no gradient of the bias where the weight is frozen",
        "ops.linear:gradient",
        "M if needs[2] else",
        "M if needs[1] and needs[2] else",
    ),
    Fault(
        "backward: two gradients that arrive are not added",
        "autograd.walk:Walk.arrive",
        "(known[0] + gradient, True)",
        "(gradient, True)",
        ("batch_norm", "gelu"),
    ),
    Fault(
        "backward: what a parameter has already is not added to",
        "autograd.accumulate:_add",
        "arrays.add_into(known.array, gradient.array)",
        "known.array[...] = gradient.array",
        ("modes",),
    ),
]
