"""Elements put at their place along a dimension: PyTorch's results, gradients and refusals."""

import pytest
from hypothesis import given, strategies as st

from .agreement import check
from .moving import plain
from .places import gathering, index_of

REDUCE = st.sampled_from(["add", "multiply"])


@given(given=gathering(), number=st.sampled_from([2, 1.5, True]), data=st.data())
def test_scatter(given, number, data):
    """Without doubled places: which of several elements wins is nobody's promise."""
    x, _, index = given
    index = index[..., :1] if index.ndim else index
    check(lambda torch, x: x.scatter(-1, index_of(torch, index), number), x)
    larger = data.draw(st.integers(0, 1))  # of which PyTorch has no gradient
    source = data.draw(
        plain(shape=tuple(n + larger for n in index.shape), dtypes=[x.values.dtype])
    )
    source = source._replace(requires_grad=source.requires_grad and not larger)
    check(
        lambda torch, x, source: torch.scatter(x, -1, index_of(torch, index), source),
        x, source, orders=2,
    )  # fmt: skip


@given(given=gathering(), data=st.data())
def test_scatter_add(given, data):
    x, dim, index = given
    source = data.draw(plain(shape=index.shape, dtypes=[x.values.dtype]))
    check(
        lambda torch, x, source: x.scatter_add(dim, index_of(torch, index), source),
        x, source, orders=2,
    )  # fmt: skip


@given(given=gathering(), number=st.sampled_from([2, -1.5, True, False]), reduce=REDUCE)
def test_a_number_is_combined_with_what_is_there(given, number, reduce):
    """With doubled places: each is combined in turn. Backward is refused by both."""
    x, dim, index = given
    check(
        lambda torch, x: x.scatter(dim, index_of(torch, index), number, reduce=reduce), x,
    )  # fmt: skip
    check(
        lambda torch, x: (x * 1).scatter_(
            dim, index_of(torch, index), value=number, reduce=reduce
        ),
        x,
    )  # fmt: skip


@pytest.mark.filterwarnings("ignore:The reduce argument:UserWarning")
@given(given=gathering(), reduce=REDUCE, data=st.data())
def test_elements_are_combined_with_what_is_there(given, reduce, data):
    x, dim, index = given
    source = data.draw(plain(shape=index.shape, dtypes=[x.values.dtype]))
    check(
        lambda torch, x, source: torch.scatter(
            x, dim, index_of(torch, index), source, reduce=reduce
        ),
        x, source,
    )  # fmt: skip


@pytest.mark.parametrize("wanted", [(True, False), (False, True)])
def test_what_is_combined_has_no_gradient(torch, failure, wanted):
    x, source = (torch.ones(2, requires_grad=each) for each in wanted)
    result = x.scatter(0, torch.tensor([0, 0]), source, reduce="add")
    assert result.tolist() == [3, 1]
    assert result.grad_fn.name().endswith("::autograd::NotImplemented")
    assert "RuntimeError: derivative for" in failure(result.sum().backward)


def test_the_index_of_what_is_added_is_kept_for_its_gradient_alone(torch):
    x, index = torch.ones(3, requires_grad=True), torch.tensor([0])
    found = x.scatter_add(0, index, torch.ones(1)).sum()
    index.add_(1)
    for count in (1.0, 2.0):
        found.backward()
        assert x.grad.tolist() == [count] * 3


def test_arguments_by_name(torch):
    x, index = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1], [0]])
    assert torch.scatter(x, dim=1, index=index, value=0).tolist() == [[1, 0], [0, 4]]
    assert torch.scatter(x, dim=1, index=index, src=x).tolist() == [[1, 1], [3, 4]]
    assert torch.scatter(x, 1, index, value=5, reduce="add").tolist() == [[1, 7], [8, 4]]
    assert torch.scatter_add(x, dim=1, index=index, src=x).tolist() == [[1, 3], [6, 4]]


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x, i: x.scatter(0, i, x.double()), "scatter(): Expected self.dtype to be equal to "
                                                   "src.dtype"),
        (lambda x, i: x[0].scatter(0, i[0].expand(2), x[0, 0]), "no larger size than src []"),
        (lambda x, i: x.scatter(0, i, 2, reduce="amax"), "RuntimeError: reduce argument must be "
                                                         "either add or multiply"),
        (lambda x, i: x.scatter(0, i[:0], 2, reduce=""), "RuntimeError: reduce argument"),
        (lambda x, i: x.scatter(0, i + 5, 2, reduce="add"), "RuntimeError: index 5 is out of "
                                                            "bounds for dimension 0 with size 2"),
        (lambda x, i: x.scatter(0, i, 2, reduce=3), "TypeError: scatter()"),
        (lambda x, i: x.scatter(0, i, reduce="add"), "TypeError: scatter()"),
        (lambda x, i: x.scatter(0, i, value=x), "TypeError: scatter()"),
        (lambda x, i: x.scatter(0, i, x, value=2.0), "TypeError: scatter()"),
        (lambda x, i: x.scatter(0, i, src=2.0), "TypeError: scatter()"),
        (lambda x, i: x.scatter_(0, i, src=2.0), "TypeError: scatter"),
        (lambda x, i: x.scatter(0, i), "TypeError: scatter()"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(2, 3), torch.tensor([[0]]))
