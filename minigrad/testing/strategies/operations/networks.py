"""Matrix products, what layers and losses compute, conversions."""

from __future__ import annotations

from hypothesis import strategies as st

from ....dtypes import ALL
from ....tensor import Tensor
from .conditions import (
    Strategies,
    boolean,
    floating,
    floating_rows,
    floating_with_dims,
    has_elements,
    integers,
    numeric,
    one_dtype,
    one_shape,
    reduction,
    with_scalar,
)
from .operation import Operation, functions_and_methods, of_functional, register


def _matrices(x: Tensor, y: Tensor) -> bool:
    return numeric(x) and one_dtype(x, y) and x.ndim == y.ndim == 2 and x.shape[1] == y.shape[0]


def _batches(x: Tensor, y: Tensor) -> bool:
    fitting = x.ndim == y.ndim == 3 and x.shape[0] == y.shape[0] and x.shape[2] == y.shape[1]
    return numeric(x) and one_dtype(x, y) and fitting


def _vectors(x: Tensor, y: Tensor) -> bool:
    return numeric(x) and one_dtype(x, y) and x.ndim == y.ndim == 1


def _multipliable(x: Tensor, y: Tensor) -> bool:
    """As `matmul` takes them: vectors, matrices, batches of matrices that broadcast."""
    if not (numeric(x) and one_dtype(x, y) and x.ndim and y.ndim):
        return False
    if x.shape[-1] != y.shape[-2 if y.ndim > 1 else 0]:
        return False
    pairs = zip(x.shape[-3::-1], y.shape[-3::-1], strict=False)
    return all(mine == other or 1 in (mine, other) for mine, other in pairs)


def _product_of(x: Tensor, y: Tensor, *, added_to: Tensor) -> bool:
    """Whether the product of two matrices can be added to a tensor in place."""
    fitting = _matrices(x, y) and one_dtype(added_to, x)
    return fitting and added_to.shape == (x.shape[0], y.shape[1])


def _summable(shift: Tensor, x: Tensor, y: Tensor) -> bool:
    return _matrices(x, y) and one_dtype(shift, x) and shift.shape in ((), y.shape[1:])


def _floats_summable(shift: Tensor, x: Tensor, y: Tensor) -> bool:
    return floating(x) and _summable(shift, x, y)


def _beta_and_alpha(*operands: Tensor) -> Strategies:
    factors = st.sampled_from([1, 0.5, 0, 2, -1])
    return {"beta": factors, "alpha": factors}


def _linear(x: Tensor, weight: Tensor) -> bool:
    fitting = x.ndim >= 1 and weight.ndim == 2 and x.shape[-1] == weight.shape[1]
    return floating(x, weight) and fitting


def _normalisable(x: Tensor) -> bool:
    return floating(x) and x.ndim == 2 and x.shape[0] > 1


def _ends_in(x: Tensor, y: Tensor) -> bool:
    return y.ndim > 0 and x.shape[-y.ndim :] == y.shape


def _alike(x: Tensor, y: Tensor) -> bool:
    return floating(x, y) and one_shape(x, y)


def _classes(x: Tensor) -> Strategies:
    N, C = x.shape
    classes = st.lists(st.integers(0, C - 1), min_size=N, max_size=N)
    return {"target": classes, **reduction()}


def _dtype(x: Tensor) -> Strategies:
    """One that holds the values: floats may be NaN or too large for integers."""
    kept = [each for each in ALL if not (x.is_floating_point() and each.numpy.kind == "i")]
    return {"dtype": st.sampled_from(kept)}


def _whole_or_bool(x: Tensor) -> bool:
    return integers(x) or boolean(x)


REDUCTION = ", {1}, reduction={reduction}"
TARGET = ", torch.tensor({target}), reduction={reduction}"
register(
    *functions_and_methods("matmul", _multipliable, rest=", {1}"),
    Operation("operator @", ("{0} @ {1}",), _multipliable),
    *functions_and_methods("mm", _matrices, rest=", {1}"),
    *functions_and_methods("bmm", _batches, rest=", {1}"),
    *functions_and_methods(
        "mv",
        lambda x, y: numeric(x) and one_dtype(x, y) and x.ndim == 2 and x.shape[1:] == y.shape,
        rest=", {1}",
    ),
    *functions_and_methods("dot", lambda x, y: _vectors(x, y) and one_shape(x, y), rest=", {1}"),
    *functions_and_methods(
        "outer", lambda x, y: _vectors(x, y) and x.numel() * y.numel() <= 64, rest=", {1}"
    ),
    *functions_and_methods("addmm", _summable, rest=", {1}, {2}"),
    Operation(
        "addmm(beta,alpha)",
        ("torch.addmm({0}, {1}, {2}, beta={beta}, alpha={alpha})",),
        _floats_summable,
        _beta_and_alpha,
    ),
    *of_functional("linear", _linear, rest=", {1}"),
    Operation(
        "functional.linear(bias)",
        ("torch.nn.functional.linear({0}, {1}, {2})",),
        lambda x, weight, bias: (
            _linear(x, weight) and bias.shape == weight.shape[:1] and one_dtype(x, bias)
        ),
    ),
    Operation(
        "functional.batch_norm",
        ("torch.nn.functional.batch_norm({0}, None, None, training=True)",),
        _normalisable,
    ),
    *of_functional("layer_norm", floating_with_dims, rest=", {0}.shape[-1:]"),
    Operation(
        "functional.layer_norm(weight)",
        ("torch.nn.functional.layer_norm({0}, {1}.shape, {1}, {1})",),
        lambda x, y: floating(x, y) and one_dtype(x, y) and _ends_in(x, y),
    ),
    *of_functional("mse_loss l1_loss smooth_l1_loss huber_loss", _alike, reduction, REDUCTION),
    Operation(
        "functional.binary_cross_entropy",
        (
            "torch.nn.functional.binary_cross_entropy("
            "{0}.sigmoid(), {1}.sigmoid(), reduction={reduction})",
        ),
        _alike,
        reduction,
    ),
    *of_functional("binary_cross_entropy_with_logits", _alike, reduction, REDUCTION),
    *of_functional("cross_entropy nll_loss", floating_rows, _classes, TARGET),
    Operation(
        "functional.cross_entropy(probabilities)",
        ("torch.nn.functional.cross_entropy({0}, {1}.softmax(1), reduction={reduction})",),
        lambda x, y: floating_rows(x) and _alike(x, y),
        reduction,
    ),
    Operation(
        "functional.kl_div",
        (
            "torch.nn.functional.kl_div({0}, {1}.sigmoid(), reduction='batchmean')",
            "torch.nn.functional.kl_div({0}, {1}, reduction='sum', log_target=True)",
        ),
        _alike,
    ),
    *of_functional("normalize", floating_with_dims, rest=", dim=-1"),
    Operation(
        "functional.cosine_similarity",
        ("torch.nn.functional.cosine_similarity({0}, {1}, dim=-1)",),
        lambda x, y: floating_with_dims(x) and _alike(x, y),
    ),
    Operation(
        "functional.one_hot",
        ("torch.nn.functional.one_hot({0}.clamp(0, 3), {classes})",),
        lambda x: integers(x) and has_elements(x),
        lambda x: {"classes": st.sampled_from([-1, 4, 5])},
        jumps=True,
    ),
)
register(
    Operation("to(dtype)", ("{0}.to({dtype})", "{0}.type({dtype})"), arguments=_dtype),
    *(Operation(name, (f"{{0}}.{name}()",)) for name in ("float", "double", "bool")),
    Operation("long", ("{0}.long()",), _whole_or_bool),
    Operation("type_as", ("{0}.type_as({1})",), lambda x, y: y.is_floating_point()),
    *(Operation(name, (f"torch.{name}({{0}})",)) for name in ("zeros_like", "ones_like")),
    Operation("full_like", ("torch.full_like({0}, 2)",)),
    *(Operation(name, (f"{{0}}.{name}({{0}}.shape)",)) for name in ("new_zeros", "new_ones")),
    Operation("new_full", ("{0}.new_full({0}.shape, {number})",), arguments=with_scalar),
    Operation("new_tensor", ("{0}.new_tensor([{number}, 1])",), arguments=with_scalar),
    Operation("numel", ("torch.numel({0})", "{0}.numel()")),
    Operation("item", ("{0}.item()",), lambda x: x.numel() == 1),
    Operation("tolist", ("{0}.tolist()",)),
)
