"""Which differences are known, and told of where minigrad says how it differs from PyTorch?

Each explanation has a row in SUPPORTED.md; what it does not match counts as unexplained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from .cross_entropy_reasons import derivative_of_the_slope, target_at_its_end
from .dtype_reasons import losses_of_two_dtypes, summed_in_a_wider_dtype
from .graph_reasons import (
    OF_HISTORY,
    OF_SHAPES,
    RESHAPED,
    WITHOUT_A_GRAPH,
    added_after_reshaping,
    arrived_before_refusal,
    derivative_of_all_factors,
    graph_of_an_empty_view,
    kept_by_a_loss,
    kept_by_a_product,
    kept_by_a_quotient,
    linear_as_a_view,
    of_a_converted_operand,
    of_a_gradient,
    of_a_sum_with_a_factor,
    of_zeros_without_memory,
    product_as_a_view,
    quotient_of_a_view,
    refused_after_reshaping,
    refused_only_there,
    retained_by_a_view,
    second_of_what_changed,
    shape_of_a_leaf,
    slope_by_itself,
    step_after_reshaping,
    two_mistakes,
    unique_of_a_view,
    whole_numbers_with_a_gradient,
)
from .judge import Difference
from .nan_reasons import curvature_at_nan, divergence_of_no_probability, elu_at_nan
from .normalisation_reasons import (
    layer_norm_beyond,
    normalisation_of_subnormal_numbers,
    variance_of_normalisation_beyond,
)
from .range_reasons import (
    infinite_quotient,
    losses_beyond,
    norm_beyond,
    prod_beyond,
    squares_beyond,
    sums_beyond,
    underflowing,
    variance_beyond,
    way_beyond,
)
from .reasons import (
    cosine_of_two_dtypes,
    equal_in_topk,
    exponent_less_one,
    left_by_refusal,
    median_of_repeated,
    read_while_written,
    slope_by_result,
    wrapped_in_gaps,
)
from .small_parts_reasons import (
    close_to_zero,
    gelu_without_a_bound,
    logits_of_infinity,
    slope_of_gelu_beyond,
    slope_of_tanh,
)
from .terms_reasons import term_by_term


@dataclass(frozen=True)
class Explanation:
    """Why PyTorch differs.

    Parameters
    ----------
    row : how the row of SUPPORTED.md begins
    explains : whether it is about a difference
    """

    row: str
    explains: Callable[[Difference], bool]


EXPLANATIONS = [
    Explanation("two mistakes in one call", two_mistakes),
    Explanation("in place, from memory that overlaps with gaps", read_while_written),
    Explanation(
        "sums, also with `alpha`, products and products of matrices, partial results beyond",
        sums_beyond,
    ),
    Explanation(
        "backward from what was computed of a view that a leaf gave without a graph",
        refused_only_there(r"backward\(|autograd\.grad\(", OF_HISTORY, WITHOUT_A_GRAPH),
    ),
    Explanation("`median` along a dimension of an expanded tensor", median_of_repeated),
    Explanation("losses and their gradients, partial results beyond the dtype", losses_beyond),
    Explanation("a loss of two dtypes, as of logits of float32", losses_of_two_dtypes),
    Explanation("a gradient of what `addcdiv` was added to", kept_by_a_quotient),
    Explanation(
        "what PyTorch answers with an internal error", refused_only_there("", "INTERNAL ASSERT")
    ),
    Explanation("`l1_loss` and `cross_entropy` of tensors that were changed", kept_by_a_loss),
    Explanation("`l1_loss` and `cross_entropy` of tensors that were changed", kept_by_a_product),
    Explanation(
        "`detach_` of what a gradient looks at through a view",
        refused_only_there(
            r"backward\(|autograd\.grad\(", "has been detached in-place", "detach_"
        ),
    ),
    Explanation("`autograd.grad` through a view that `floor_divide_` changed", quotient_of_a_view),
    Explanation("gradient of an operand of a wider dtype", summed_in_a_wider_dtype),
    Explanation("gradient of float64 powers with exponents of float32", exponent_less_one),
    Explanation(
        "`fill_diagonal_` with `wrap` where rows do not follow each other",
        refused_only_there(r"fill_diagonal_\(.*wrap=True", "setStorage: sizes"),
    ),
    Explanation(
        "`fill_diagonal_` with `wrap` where rows do not follow each other", wrapped_in_gaps
    ),
    Explanation("which gradients have arrived when `backward` is refused", arrived_before_refusal),
    Explanation(
        "a gradient by a result that got another shape in place without a graph",
        refused_after_reshaping,
    ),
    Explanation("equal elements in `topk`", equal_in_topk),
    Explanation("gradient of ELU and SELU at NaN", elu_at_nan),
    Explanation("gradient of `kl_div` by a target below 0", divergence_of_no_probability),
    Explanation("second derivative of Huber and smooth L1 at NaN", curvature_at_nan),
    Explanation("gradient of `elu_` and `selu_` where little is left", slope_by_result),
    Explanation("a gradient of whole numbers that were compared", whole_numbers_with_a_gradient),
    Explanation(
        "a gradient through `addcdiv` by whole numbers",
        refused_only_there(r"backward\(|autograd\.grad\(", "desired output type", "addcdiv"),
    ),
    Explanation(
        "gradient of binary cross entropy with logits where the target is infinite",
        logits_of_infinity,
    ),
    Explanation("a product with a batch", product_as_a_view),
    Explanation("norm, squares beyond the dtype or below it", norm_beyond),
    Explanation(
        "`normalize` and `cosine_similarity` where squares leave the dtype", squares_beyond
    ),
    Explanation("`cosine_similarity` of two dtypes", cosine_of_two_dtypes),
    Explanation("`lerp` where the way from one number to the other leaves the dtype", way_beyond),
    Explanation("`var` and `std` where a sum is beyond float32", variance_beyond),
    Explanation("sigmoid and SiLU where exp(−x) overflows", underflowing),
    Explanation("gradient of `prod`, where partial products leave the dtype", prod_beyond),
    Explanation("`remainder` by a number so small", infinite_quotient),
    Explanation("gradient of binary cross entropy by its target", target_at_its_end),
    Explanation("first and second derivatives of binary cross entropy", derivative_of_the_slope),
    Explanation(
        "BatchNorm and LayerNorm, sums of a column or row or its variance beyond float32",
        variance_of_normalisation_beyond,
    ),
    Explanation("LayerNorm of numbers at the end of the dtype", layer_norm_beyond),
    Explanation(
        "BatchNorm and LayerNorm of numbers below the smallest normal one",
        normalisation_of_subnormal_numbers,
    ),
    Explanation("GELU at infinity and the largest number", gelu_without_a_bound),
    Explanation("gradient of tanh-GELU, and second one of GELU, where x²", slope_of_gelu_beyond),
    Explanation(
        "GELU, log_softmax, logsumexp, cross entropy and the gradient of tanh close to 0",
        close_to_zero,
    ),
    Explanation(
        "GELU, log_softmax, logsumexp, cross entropy and the gradient of tanh close to 0",
        slope_of_tanh,
    ),
    Explanation("memory of what `autograd.grad` gives", of_a_gradient),
    Explanation(
        "a gradient of a gradient of a binary cross entropy, or of one of probabilities",
        second_of_what_changed,
    ),
    Explanation("a function without a derivative, as `unique`", unique_of_a_view),
    Explanation("a gradient with `create_graph` through an empty view", graph_of_an_empty_view),
    Explanation("operands of two dtypes in the graph", of_a_converted_operand),
    Explanation("strides of what is computed of a gradient that nothing", of_zeros_without_memory),
    Explanation("strides of a sum with `alpha`", of_a_sum_with_a_factor),
    Explanation("a derivative of `prod` by all of its factors", derivative_of_all_factors),
    Explanation("a second derivative of `leaky_relu_`", slope_by_itself),
    Explanation("`linear` with a bias, of what is no matrix", linear_as_a_view),
    Explanation("a tensor after a change in place that failed", left_by_refusal),
    Explanation("an infinite gradient that comes back, with `create_graph`", term_by_term),
    Explanation(
        "the gradient of a leaf that `transpose_`, `t_` or `squeeze_` changed under `no_grad`",
        refused_only_there(r"backward\(|autograd\.grad\(", OF_SHAPES, RESHAPED),
    ),
    Explanation(
        "the gradient of a leaf that `transpose_`, `t_` or `squeeze_` changed under `no_grad`",
        shape_of_a_leaf,
    ),
    Explanation(
        "the gradient of a leaf that `transpose_`, `t_` or `squeeze_` changed under `no_grad`",
        added_after_reshaping,
    ),
    Explanation("a step on a parameter that got another shape in place", step_after_reshaping),
    Explanation("`retain_grad` of a view whose base has changed", retained_by_a_view),
]


def explanation_of(difference: Difference) -> str | None:
    """The row that tells of a difference, or of one of its elements, if rows tell of them all."""
    for each in EXPLANATIONS:
        if each.explains(difference):
            return each.row
    if difference.beyond is None or np.count_nonzero(difference.beyond) < 2:
        return None
    rows = [explanation_of(each) for each in elements_of(difference)]
    return rows[0] if all(rows) else None


def elements_of(difference: Difference) -> Iterator[Difference]:
    """What is known of one element of a gradient may not be what is known of another."""
    assert difference.beyond is not None
    for place in np.flatnonzero(difference.beyond):
        alone = np.zeros(difference.beyond.shape, bool)
        alone.flat[place] = True
        yield replace(difference, beyond=alone)
