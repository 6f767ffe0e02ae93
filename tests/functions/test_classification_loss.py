"""Losses of probabilities and classes: does any call give what it gives in PyTorch?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

from .agreement import Operand, check, operands
from .test_loss import REDUCTIONS, floating

SIDE = st.integers(1, 3)


def constant(values):
    return Operand(values, "contiguous", False)


@st.composite
def probabilities(draw, shape, dtype, edges):
    """Of 0 and 1 only if `edges`: there gradients of gradients are what a clamp makes of them."""
    inside = st.floats(1 / 64, 63 / 64, width=32)
    values = inside | st.sampled_from([0.0, 1.0]) if edges else inside
    return Operand(draw(npst.arrays(dtype, shape, elements=values)), "contiguous", True)


@st.composite
def weights(draw, shape, dtype):
    return constant(draw(npst.arrays(dtype, shape, elements=st.floats(0.25, 4.0, width=32))))


@st.composite
def binary(draw, name, special):
    """Operands of a binary loss, now and then of shapes or dtypes that do not fit."""
    shape = draw(npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
    dtype = draw(st.sampled_from(floating(special)))
    target_shape = draw(st.sampled_from([shape] * 9 + [(*shape, 1)]))
    target = draw(probabilities(target_shape, dtype, special))
    if name == "binary_cross_entropy":
        first = draw(probabilities(shape, dtype, special))
        target = target._replace(requires_grad=not special)  # PyTorch's is infinite at 0 and 1
    else:
        first = draw(operands(shape, [dtype] * 9 + [np.int64], special))
        target = target._replace(requires_grad=not special)  # and NaN where a logit is infinite
    given = {"input": first, "target": target}
    keys = ["weight"] if name == "binary_cross_entropy" else ["weight", "pos_weight"]
    for key in keys:
        if draw(st.booleans()):
            sizes = [shape, shape[-1:], (), (1,) * len(shape), (2, *shape)]
            given[key] = draw(weights(draw(st.sampled_from(sizes)), dtype))
    return given


@pytest.mark.parametrize("name", ["binary_cross_entropy", "binary_cross_entropy_with_logits"])
@pytest.mark.parametrize("special", [False, True])
@given(data=st.data(), reduction=st.sampled_from(REDUCTIONS))
def test_any_binary_call(name, special, data, reduction):
    given = data.draw(binary(name, special))

    def call(torch, *tensors):
        arguments = dict(zip(given, tensors, strict=True))
        return getattr(torch.nn.functional, name)(**arguments, reduction=reduction)

    check(call, *given.values(), orders=1 if special else 2)


@st.composite
def scores_and_classes(draw, name, special):
    """Scores of any number of dimensions, targets of either kind, perhaps weights."""
    classes = draw(st.integers(1, 4))
    batch = draw(st.integers(0, 4).map(lambda rows: (rows,)) | st.just(()))
    # Batches without elements in further dimensions: PyTorch looks at less, and says else.
    space = tuple(draw(st.lists(SIDE, max_size=3))) if batch and batch[0] else ()
    dtype = draw(st.sampled_from(floating(special)))
    shape = (*batch, classes, *space)
    x = draw(operands(shape, [dtype], special))
    if name == "cross_entropy" and draw(st.booleans()):
        target = draw(probabilities(shape, dtype, True))
    else:
        named = st.integers(0, classes - 1) | st.sampled_from([-100, 0])
        if draw(st.integers(0, 9)) == 0:
            named = st.integers(-2, classes + 1)
        target = constant(draw(npst.arrays(np.int64, (*batch, *space), elements=named)))
    given = {"input": x, "target": target}
    if draw(st.booleans()):
        given["weight"] = draw(weights(draw(st.sampled_from([classes] * 9 + [5])), dtype))
    return given


@st.composite
def settings(draw, name):
    found = {"reduction": draw(st.sampled_from(REDUCTIONS))}
    if draw(st.booleans()):
        found["ignore_index"] = draw(st.sampled_from([-100, -1, 0, 1, 1.5, None]))
    if name == "cross_entropy" and draw(st.booleans()):
        found["label_smoothing"] = draw(st.sampled_from([0.0, 0.1, 0.5, 1, -1.0, 1.5, "1", None]))
    return found


@pytest.mark.parametrize("name", ["nll_loss", "cross_entropy"])
@pytest.mark.parametrize("special", [False, True])
@given(data=st.data())
def test_any_call_with_classes(name, special, data):
    given = data.draw(scores_and_classes(name, special))
    arguments = data.draw(settings(name))

    def call(torch, *tensors):
        named = dict(zip(given, tensors, strict=True))
        return getattr(torch.nn.functional, name)(**named, **arguments)

    # At infinities and NaN, PyTorch's gradients of gradients follow from how it writes them.
    check(call, *given.values(), orders=1 if special else 2)


@pytest.mark.parametrize("name", ["nll_loss", "cross_entropy"])
@pytest.mark.parametrize("again", [False, True])
def test_the_weight_of_a_class_that_no_target_names_does_not_count(torch, name, again):
    x = torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], requires_grad=True)
    weight = torch.tensor([1.0, 3.0, float("inf")])
    loss = getattr(torch.nn.functional, name)(x, torch.tensor([0, 1]), weight, reduction="sum")
    (slope,) = torch.autograd.grad(loss, x, create_graph=again)
    assert np.isfinite(slope.detach().numpy()).all()
    assert slope[0, 0].item() == pytest.approx(-1.0 if name == "nll_loss" else -2 / 3)


@pytest.mark.parametrize("again", [False, True])
def test_an_infinite_gradient_of_a_loss_makes_infinite_ones(torch, again):
    x = torch.tensor([[2.0, 0.0, 4.0], [1.0, -1.0, 2.5]], requires_grad=True)
    loss = torch.nn.functional.cross_entropy(x, torch.tensor([2, 2]))
    (slope,) = torch.autograd.grad(loss, x, torch.tensor(float("inf")), create_graph=again)
    assert (slope[:, :2] == float("inf")).all()
    assert slope[:, 2].isnan().all()  # ∞ · p - ∞


def test_the_order_of_mistakes_in_a_cross_entropy(torch, failure):
    loss, x = torch.nn.functional.cross_entropy, torch.zeros(2, 3)
    whole, classes = torch.zeros(2, 3, dtype=torch.int64), torch.tensor([0, 1])
    assert failure(loss, x, whole, label_smoothing=1.5) == (
        "RuntimeError: Expected floating point type for target with class probabilities, got Long"
    )
    assert failure(loss, x, x, ignore_index=2, label_smoothing=1.5) == (
        "RuntimeError: ignore_index is not supported for floating point target"
    )
    for target in (x, classes):
        assert failure(loss, x, target, label_smoothing=1.5) == (
            "RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: 1.5"
        )


@pytest.mark.parametrize("smoothing", [0.0, 0.5])
def test_scores_without_a_batch_have_one_class(torch, failure, smoothing):
    target = torch.tensor([0, 1])
    loss = torch.nn.functional.cross_entropy
    assert failure(loss, torch.zeros(3), target, label_smoothing=smoothing) == (
        "ValueError: For 1D input, 1D target must have size 1, but got target size: 2"
    )
    assert failure(torch.nn.functional.nll_loss, torch.zeros(3), target.float()) == (
        "RuntimeError: expected target dtype to be Long or Byte, but got Float"
    )


@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_a_single_score_has_no_dimension_of_classes(torch, failure, dtype):
    score, target = torch.tensor(1, dtype=getattr(torch, dtype)), torch.tensor([0])
    assert failure(torch.nn.functional.cross_entropy, score, target) == (
        "IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)"
    )


def test_what_a_cross_entropy_of_logits_looks_at_first(torch, failure):
    loss, x = torch.nn.functional.binary_cross_entropy_with_logits, torch.zeros(2)
    weight = torch.ones(2, requires_grad=True)
    assert failure(loss, x, torch.zeros(3), pos_weight=weight) == (
        "ValueError: Target size (minigrad.Size([3])) must be the same as input size "
        "(minigrad.Size([2]))"
    )
    assert failure(loss, x, x, pos_weight=weight) == (
        "RuntimeError: The function 'binary_cross_entropy_with_logits' is not differentiable with "
        "respect to argument 'pos_weight'. This input cannot have requires_grad True."
    )
    assert failure(loss, x, x, pos_weight=torch.tensor([True, False])) == (
        "RuntimeError: Subtraction, the `-` operator, with a bool tensor is not supported. If you "
        "are trying to invert a mask, use the `~` or `logical_not()` operator instead."
    )


@pytest.mark.parametrize("places", [(4,), (4, 2), (4, 2, 1)])
def test_smoothing_has_no_mean_by_weights_of_two_dimensions(torch, failure, places):
    x, weight = torch.zeros(2, 3, *places), torch.ones(3, 1)
    target = torch.zeros(2, *places, dtype=torch.int64)

    def loss(target, **settings):
        return torch.nn.functional.cross_entropy(x, target, weight, **settings)

    assert failure(loss, target, label_smoothing=0.1).startswith("RuntimeError: Index tensor must")
    assert loss(target, label_smoothing=0.1, reduction="none").shape == target.shape
    assert loss(target - 100, label_smoothing=0.1).isnan() and loss(target).isfinite()


@pytest.mark.parametrize("name", ["cross_entropy", "nll_loss"])
def test_where_there_are_no_classes_places_have_no_target(torch, failure, name):
    """But in two dimensions of places: there each target is looked at."""
    loss = getattr(torch.nn.functional, name)
    for places in ((3,), (3, 1, 2)):
        for target in (0, -100):
            targets = torch.full((2, *places), target)
            found = failure(loss, torch.zeros(2, 0, *places), targets)
            assert found.startswith("RuntimeError: size mismatch (got input: [2, 0, ")
    square = torch.zeros(2, 0, 3, 1), torch.zeros(2, 3, 1, dtype=torch.int64)
    assert failure(loss, *square) == "IndexError: Target 0 is out of bounds."
    assert loss(torch.zeros(0, 0, 3), torch.zeros(0, 3, dtype=torch.int64)).isnan()
