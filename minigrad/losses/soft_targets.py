"""What does a row of scores lose if its target is probabilities, and what does the gradient want?

Label smoothing makes the probabilities more alike. For what a row wants see `gradient_of_rows` in
`class_scores`.
"""

from __future__ import annotations

from ..kernels.elementary import exactly
from ..kernels.kernel import Array
from ..matrices.channels import scaled
from .class_scores import logs_of_sums


@exactly  # type: ignore[untyped-decorator]
def losses_of(
    first: int, losses: Array, x: Array, target: Array, weight: Array, smoothing: float,
    norms: Array,
) -> int:  # fmt: skip
    """Write the losses of some rows, from `first` on, and `norms` for the gradient."""
    C, last = x.shape[1], first + losses.size
    logs_of_sums(x, first, norms[first:last], losses)
    for n in range(first, last):
        largest, log, loss = norms[n, 0], losses[n - first], 0.0
        for c in range(C):
            wanted = (1 - smoothing) * target[n, c] + smoothing / C
            loss += scaled(wanted, weight, c) * ((largest - x[n, c]) + log)
        losses[n - first] = loss
    return 0


@exactly  # type: ignore[untyped-decorator]
def wanted_of(
    n: int, begin: int, wanted: Array, grad: Array, target: Array, weight: Array,
    smoothing: float, scale: float,
) -> float:  # fmt: skip
    """Write what row n wants from its score `begin` on; return the sum of all that it wants."""
    C, sum, slope = target.shape[1], 0.0, grad[n] if scale == 0 else grad[0] * scale
    for c in range(C):
        each = scaled((1 - smoothing) * target[n, c] + smoothing / C, weight, c)
        sum += each
        if begin <= c < begin + wanted.size:
            wanted[c - begin] = slope * each
    return slope * sum
