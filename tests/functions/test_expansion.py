"""Elements that repeat: PyTorch's results, views and refusals."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from .agreement import check, operands, several
from .moving import DIM, SIZES, both_ways, plain, shared

COUNTS = st.lists(st.integers(-1, 3), max_size=4).map(tuple)
TIMES = st.integers(-1, 3)
LINES = st.sampled_from([(), (1,), (3,), (2,), (0,), (1, 2)])
AXES = st.lists(operands(LINES, (np.float32, np.int64)), max_size=3)


@given(x=plain(), sizes=SIZES)
def test_expand(x, sizes):
    # In PyTorch a single number expands to a shape of negative sizes if another size is 0.
    assume(x.values.ndim or min(sizes, default=0) >= 0)
    shared(lambda torch, x: x.expand(sizes), x)
    check(lambda torch, x: x.expand(sizes), x)
    both_ways("broadcast_to", x, sizes)


def test_expansion_takes_whether_it_was_asked_for(torch):
    x = torch.tensor([1.0])
    for said in (False, True):
        assert x.expand(2, implicit=said).tolist() == x.expand((2,), implicit=said).tolist()
    with pytest.raises(TypeError, match="implicit"):
        x.expand(2, implicit=3)


@given(given=several(2))
def test_expand_to_the_shape_of_another(given):
    check(lambda torch, x, y: x.expand_as(y), *given)
    check(lambda torch, x, y: torch.broadcast_tensors(x, y), *given)
    shapes = [each.values.shape for each in given]
    check(lambda torch, x: tuple(torch.broadcast_shapes(*shapes)), given[0])


@given(given=AXES, indexing=st.sampled_from(["ij", "xy"]))
def test_the_points_of_a_grid(given, indexing):
    check(lambda torch, *axes: torch.meshgrid(*axes, indexing=indexing), *given)
    check(lambda torch, *axes: torch.meshgrid(axes, indexing=indexing), *given)


def test_the_order_of_a_grid_that_is_not_said_is_that_of_the_axes_with_a_warning(torch):
    x, y = torch.arange(2), torch.arange(3)
    with pytest.warns(UserWarning, match="required to pass the indexing argument"):
        rows, columns = torch.meshgrid(x, y)
    assert rows.tolist() == [[0, 0, 0], [1, 1, 1]] and columns.tolist() == [[0, 1, 2]] * 2
    assert rows._base is not None and rows.stride() == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda t, x: t.meshgrid(x, indexing="ij"), "Expected 0D or 1D tensor in the tensor list"),
        (lambda t, x: t.meshgrid(x[0], indexing="yx"), "\"xy\" or \"ij\", but received: yx"),
        (lambda t, x: t.meshgrid(x[0], indexing=1), "argument 'indexing' must be str, not int"),
        (lambda t, x: t.meshgrid(x[0], 1, indexing="ij"), "expected Tensor as element 1 in argum"),
        (lambda t, x: t.meshgrid([], indexing="ij"), "meshgrid expects a non-empty TensorList"),
        (lambda t, x: t.meshgrid(x[0], x[0].long(), indexing="ij"), "to have the same dtype"),
    ],
)  # fmt: skip
def test_what_is_no_grid_is_refused(torch, failure, wrong, text):
    assert text in failure(wrong, torch, torch.zeros(2, 3))


@given(x=operands(), counts=COUNTS)
def test_repeat_and_tile(x, counts):
    # In PyTorch -1 times nothing is nothing, but has no gradient.
    assume(x.values.size or min(counts, default=0) >= 0)
    check(lambda torch, x: x.repeat(counts), x)
    both_ways("tile", x, counts)


@given(x=operands(), count=TIMES, dim=DIM | st.none())
def test_each_element_in_a_row(x, count, dim):
    both_ways("repeat_interleave", x, count, dim)


@given(x=plain(min_dims=1), data=st.data())
def test_each_element_its_own_number_of_times(x, data):
    dim = data.draw(st.integers(0, x.values.ndim - 1))
    size = x.values.shape[dim]
    counts = data.draw(st.lists(TIMES, min_size=size, max_size=size) | st.lists(TIMES, max_size=2))
    call = "repeat_interleave"
    check(lambda torch, x: getattr(x, call)(torch.tensor(counts, dtype=torch.int64), dim), x)


def test_the_size_that_is_said_is_that_of_the_result(torch):
    x = torch.tensor([5, 6])
    for repeats in (2, torch.tensor([3, 1]), torch.tensor([2])):
        assert x.repeat_interleave(repeats, output_size=4).shape == (4,)


@given(counts=st.lists(TIMES, max_size=4))
def test_places(counts):
    check(lambda torch: torch.repeat_interleave(torch.tensor(counts, dtype=torch.int64)))


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x.expand(2, 4), "The expanded size of the tensor (4) must match the existing "
                                   "size (3) at non-singleton dimension 1.  Target sizes: [2, 4]."
                                   "  Tensor sizes: [2, 3]"),
        (lambda x: x.expand(3), "expand(minigrad.FloatTensor{[2, 3]}, size=[3]): the number of "
                                "sizes provided (1) must be greater or equal to the number of "
                                "dimensions in the tensor (2)"),
        (lambda x: x.expand(-1, 2, 3), "The expanded size of the tensor (-1) isn't allowed in a "
                                       "leading, non-existing dimension 0"),
        (lambda x: x.repeat(2), "Number of dimensions of repeat dims can not be smaller than "
                                "number of dimensions of tensor"),
        (lambda x: x.repeat_interleave(-1), "Repeats must be non-negative"),
        (lambda x: x.repeat_interleave(2, 1, output_size=12), "repeat_interleave: Invalid output_"
                                                              "size, expected 6 but got 12"),
        (lambda x: x.repeat_interleave(x.long()[0], 1, output_size=3), "allocated size does not"),
        (lambda x: x.repeat_interleave(x.long()[0], 1, output_size=-1), "negative dimension -1"),
        (lambda x: x.repeat_interleave(2, output_size=1.5), "TypeError: repeat_interleave()"),
        (lambda x: x.repeat_interleave(x.long(), 5), "repeats must be 0-dim or 1-dim tensor"),
        (lambda x: x.repeat_interleave(x[0], 1), "NotImplementedError: \"repeat_interleave_cpu\" "
                                                 "not implemented for 'Float'"),
        (lambda x: x[0].bool().repeat_interleave(x[0].bool()), "NotImplementedError: \"repeat_int"
                                                               "erleave_cpu\" not implemented fo"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(2, 3))


def test_a_tensor_that_has_the_shape_is_broadcast_to_itself(torch):
    x, y = torch.ones(2, 3, requires_grad=True), torch.ones(3)
    same, wider = torch.broadcast_tensors(x, y)
    assert same.is_leaf and same.data_ptr() == x.data_ptr()
    assert wider.shape == (2, 3) and wider._base is not None


def test_what_is_broadcast_without_a_graph_is_a_view_as_any_other(torch):
    x = torch.ones(3, requires_grad=True) * 1
    with torch.no_grad():
        same, larger = (torch.broadcast_tensors(x, torch.ones(shape))[0] for shape in (3, (2, 3)))
    x.mul_(2)
    assert same is x
    with pytest.raises(RuntimeError, match="A view was created in no_grad mode"):
        larger * 2


def test_the_gradient_of_what_is_repeated_not_at_all_has_no_history(torch):
    x = torch.ones(2, requires_grad=True)
    for none, has_history in ((x.tile((0,)), False), (x.repeat(1, 0), False), (x[:0], True)):
        weights = torch.ones_like(none).requires_grad_()
        (grad,) = torch.autograd.grad(none, x, weights, create_graph=True)
        assert grad.tolist() == [0.0, 0.0] and grad.requires_grad is has_history


def test_counts_of_what_has_no_size_may_be_negative(torch):
    assert torch.zeros(2, 0).repeat(1, -1).shape == torch.zeros(2, 0).tile(-3).shape == (2, 0)
    with pytest.raises(RuntimeError, match="negative dimension -2"):
        torch.zeros(2, 0).repeat(-1, 1)


def test_counts_may_come_alone_by_name(torch, failure):
    assert torch.repeat_interleave(repeats=torch.tensor([1, 2])).tolist() == [0, 1, 1]
    for named in ({"repeats": 2}, {}):
        assert failure(torch.repeat_interleave, **named).startswith("TypeError: repeat_interleave")


def test_a_dimension_to_repeat_along_needs_counts(torch):
    assert torch.repeat_interleave(torch.tensor([1, 2])).tolist() == [0, 1, 1]
    with pytest.raises(TypeError):
        torch.repeat_interleave(torch.tensor([1, 2]), dim=0)


@pytest.mark.parametrize("size", [(2**62, 2**62), (2**32, 2**32), (2**31, 2**31, 2**31)])
def test_more_elements_than_can_be_counted_are_too_many(torch, size):
    with pytest.raises(RuntimeError, match="integer multiplication overflow"):
        torch.ones(1).expand(size)
