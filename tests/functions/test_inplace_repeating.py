"""What becomes of elements that lie in the same memory, when they are written to?"""

import numpy as np
import pytest

import minigrad


def test_elements_that_share_memory_may_all_be_given_one_number(torch):
    row = torch.ones(1, 3)
    assert row.expand(2, 3).fill_(2).tolist() == [[2.0] * 3] * 2 and row.tolist() == [[2.0] * 3]
    assert row.expand(2, 3).zero_().tolist() == [[0.0] * 3] * 2 and row._version == 2


# Elements that lie in the same memory. Triangles are left out: in PyTorch they depend on the order
# in which elements are read and written.
REPEATING = {
    "fill_": lambda library, v: v.fill_(3.0),
    "fill_ by a tensor": lambda library, v: v.fill_(library.tensor(3.0)),
    "zero_": lambda library, v: v.zero_(),
    "masked_fill_": lambda library, v: v.masked_fill_(library.tensor([True, False]), 3.0),
    "masked_fill_ by elements": lambda library, v: v.masked_fill_(
        library.tensor([[True, False], [False, False], [False, True]]), library.tensor(3.0)
    ),
    "mul_": lambda library, v: v.mul_(2.0),
    "copy_": lambda library, v: v.copy_(library.ones(2)),
    "copy_ of itself": lambda library, v: v.copy_(v),
    "copy_ of the same elements": lambda library, v: v.copy_(v[:]),
    "copy_ of itself in another dtype": lambda library, v: v.copy_(v.double()),
    "relu_": lambda library, v: v.relu_(),
    "tril_": lambda library, v: v.tril_(),
    "triu_": lambda library, v: v.triu_(1),
    "a triangle that is all": lambda library, v: v.triu_(-5),
    "a row": lambda library, v: v.__setitem__(0, 5.0),
    "a column": lambda library, v: v.__setitem__((slice(None), 0), 5.0),
    "an element": lambda library, v: v.__setitem__((1, 1), 5.0),
    "a row of its own": lambda library, v: v.__setitem__(0, v[0, :1]),
    "a row of another's": lambda library, v: v.__setitem__(0, v[0, :1] * 1),
    "everything": lambda library, v: v.__setitem__(Ellipsis, 5.0),
    "by numbers": lambda library, v: v.__setitem__([0, 1], 5.0),
    "by a mask": lambda library, v: v.__setitem__(library.tensor([True, False, True]), 5.0),
    "rows by numbers": lambda library, v: v.__setitem__([0, 1], library.tensor([5.0, 6.0])),
}


def changed_where_memory_repeats(library, change, shape, in_graph):
    """What a change of an expanded tensor leaves, or the exception it raises."""
    x = (library.arange(float(np.prod(shape))).reshape(shape) - 1).requires_grad_(in_graph)
    base = x * 1
    expanded = base.expand(3, 2)
    try:
        change(library, expanded)
    except RuntimeError as error:
        return "refused", str(error)
    try:
        if in_graph:
            (expanded * expanded.detach()).sum().backward()
    except RuntimeError as error:
        return "refused in backward", str(error)
    return expanded.tolist(), base.tolist(), None if x.grad is None else x.grad.tolist()


@pytest.mark.parametrize("change", REPEATING.values(), ids=REPEATING)
@pytest.mark.parametrize("shape", [(1, 2), (3, 1), (1, 1)])
@pytest.mark.parametrize("in_graph", [False, True])
@pytest.mark.filterwarnings("ignore:Use of .* on expanded tensors is deprecated:UserWarning")
def test_memory_that_repeats_is_written_where_pytorch_writes_it(change, shape, in_graph):
    theirs = pytest.importorskip("torch")
    expected = changed_where_memory_repeats(theirs, change, shape, in_graph)
    assert changed_where_memory_repeats(minigrad, change, shape, in_graph) == expected


@pytest.mark.parametrize("name", ["tril_", "triu_"])
@pytest.mark.parametrize("shape", [(2, 2, 2, 1), (1, 2, 2, 3), (2, 1, 2, 3), (1, 2, 1, 3)])
@pytest.mark.parametrize("axes", [(0, 1, 2, 3), (1, 0, 2, 3), (0, 1, 3, 2)])
def test_triangles_of_matrices_in_two_dimensions_are_taken_as_pytorch_takes_them(
    name, shape, axes
):
    found = []
    for library in (pytest.importorskip("torch"), minigrad):
        base = library.arange(float(np.prod(shape))).reshape(shape)
        try:
            getattr(base.expand(2, 2, 2, 3).permute(axes), name)()
            found.append(base.tolist())
        except RuntimeError as error:
            found.append(str(error))
    assert found[0] == found[1]


@pytest.mark.filterwarnings("ignore:Use of .* on expanded tensors is deprecated:UserWarning")
def test_one_value_is_written_into_memory_that_repeats(torch):
    base = torch.zeros(2)
    base.expand(3, 2).masked_fill_(torch.tensor([True, False]), 3.0)
    base.expand(3, 2)[[0, 1]] += torch.tensor([0.0, 4.0])
    assert base.tolist() == [3.0, 4.0]
    with pytest.raises(RuntimeError, match="more than one element of the written-to tensor"):
        base.expand(3, 2)[...] = 1.0


def test_writing_into_memory_that_repeats_is_warned_of(torch):
    if torch.__name__ == "torch":
        torch.set_warn_always(True)  # not only once in a process
    expanded = torch.zeros(2).expand(3, 2)
    with pytest.warns(UserWarning, match="Use of index_put_ on expanded tensors") as caught:
        expanded[[0, 1]] = torch.ones(2)
    assert [each.filename for each in caught] == [__file__]
    with pytest.warns(UserWarning, match="Use of masked_fill_ on expanded tensors") as caught:
        expanded.masked_fill_(expanded > 0, 2.0)
    assert [each.filename for each in caught] == [__file__]
    if torch.__name__ == "torch":
        torch.set_warn_always(False)
