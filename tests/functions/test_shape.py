"""Other shapes, and dimensions in another order: PyTorch's results, views and refusals."""

import warnings

import pytest
from hypothesis import assume, given, strategies as st

from .moving import DIM, DIMS, SIZES, both_ways, plain, shared

CALLS = [
    ("flatten", ()),
    ("flatten", (DIM,)),
    ("flatten", (DIM, DIM)),
    ("ravel", ()),
    ("reshape", (SIZES,)),
    ("unflatten", (DIM, SIZES)),
    ("permute", (st.permutations(range(3)).map(tuple),)),
    ("permute", (DIMS,)),
    ("transpose", (DIM, DIM)),
    ("swapaxes", (DIM, DIM)),
    ("t", ()),
    ("movedim", (DIM, DIM)),
    ("movedim", (DIMS, DIMS)),
    ("unsqueeze", (DIM,)),
    ("squeeze", ()),
    ("squeeze", (DIM,)),
    ("squeeze", (DIMS,)),
]


@pytest.mark.parametrize(("name", "arguments"), CALLS)
@given(x=plain(), data=st.data())
def test_function_and_method(name, arguments, x, data):
    drawn = [data.draw(each) for each in arguments]
    # PyTorch's function and method look at the dimension and at the number of sizes in turn.
    assume(name != "unflatten" or drawn[1] or -1 <= drawn[0] <= 0)
    both_ways(name, x, *drawn)


@pytest.mark.parametrize(("name", "arguments"), CALLS)
@given(x=plain(), data=st.data())
def test_views_are_pytorchs(name, arguments, x, data):
    drawn = [data.draw(each) for each in arguments]
    assume(name != "unflatten" or drawn[1] or -1 <= drawn[0] <= 0)
    backwards = tuple(reversed(range(x.values.ndim)))
    shared(lambda torch, x: getattr(x, name)(*drawn), x)
    shared(lambda torch, x: getattr(x.permute(backwards), name)(*drawn), x)


@given(x=plain(min_dims=2), data=st.data())
def test_a_view_or_an_error(x, data):
    size, dims = data.draw(SIZES), data.draw(st.permutations(range(x.values.ndim)))
    shared(lambda torch, x: x.permute(dims).view(size), x)


@given(x=plain(), y=plain())
def test_shapes_of_others(x, y):
    both_ways_of = (lambda torch, x: x.view_as(torch.tensor(y.values)),
                    lambda torch, x: x.reshape_as(torch.tensor(y.values)))  # fmt: skip
    for call in both_ways_of:
        shared(call, x)


@given(x=plain())
def test_transposed_matrices(x):
    shared(lambda torch, x: x.mT, x)
    if x.values.ndim == 2:
        shared(lambda torch, x: x.T, x)


def test_ravel_of_every_second_element_is_a_copy(torch):
    x = torch.zeros(3, 2)
    x[:, 0].ravel().fill_(1)
    x.ravel()[1:2].fill_(2)
    assert x.tolist() == [[0.0, 2.0], [0.0, 0.0], [0.0, 0.0]]


def test_arguments_by_name_and_one_by_one(torch):
    x = torch.arange(6.0)
    for same in (
        x.reshape(2, 3), x.reshape((2, 3)), x.reshape([2, -1]), x.reshape(shape=(2, 3)),
        x.view(2, 3), x.view(size=(2, 3)), torch.reshape(input=x, shape=(2, 3)),
        x.unflatten(dim=0, sizes=(2, 3)), x.reshape(3, 2).permute(dims=(1, 0)),
    ):  # fmt: skip
        assert tuple(same.shape) == (2, 3)
    assert torch.equal(torch.permute(input=x.view(2, 3), dims=(1, 0)), x.view(2, 3).t())
    assert x.view(torch.float32).shape == x.shape
    assert x.view(1, 6, 1).squeeze(0, 2).shape == x.shape


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x.reshape(4), "shape '[4]' is invalid for input of size 6"),
        (lambda x: x.reshape(-1, -1), "only one dimension can be inferred"),
        (lambda x: x.reshape(-2, 3), "invalid shape dimension -2 at index 0 of shape [-2, 3]"),
        (lambda x: x[:0].reshape(-1, 0), "cannot reshape tensor of 0 elements into shape [-1, 0]"),
        (lambda x: x.permute(0), "input.dim() = 2 is not equal to len(dims) = 1"),
        (lambda x: x.permute(0, 0), "permute(): duplicate dims are not allowed."),
        (lambda x: x.flatten(1, 0), "flatten() has invalid args: start_dim cannot come after"),
        (lambda x: x.unflatten(1, (2, 2)), "unflatten: Provided sizes [2, 2] don't multiply up to "
                                           "the size of dim 1 (3) in the input tensor"),
        (lambda x: x[:0].unflatten(0, (0, -1)), "cannot reshape tensor of 0 elements into shape "
                                                "[0, -1] because the unspecified dimension"),
        (lambda x: x[0, 0].unflatten(0, (1,)), "Dimension specified as 0 but tensor has no dim"),
        (lambda x: x.transpose(0, 2), "Dimension out of range (expected to be in range of "
                                      "[-2, 1], but got 2)"),
        (lambda x: x.unsqueeze(0).t(), "t() expects a tensor with <= 2 dimensions, but self is "
                                      "3D"),
        (lambda x: x.movedim((0, 0), (0, 1)), "movedim: repeated dim in `source` ([0, 0])"),
        (lambda x: x[0].mT, "tensor.mT is only supported on matrices or batches of matrices. Got "
                            "1-D tensor."),
        (lambda x: x.reshape((2.0, 3)), "found element of type float at pos 0"),
        (lambda x: x.transpose(0.0, 1), "must be int, not float"),
        (lambda x: x.T.view(6), "view size is not compatible with input tensor's size and stride"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(2, 3))


def test_what_nodes_of_other_shapes_are_called(torch):
    x = torch.ones(3, 4, requires_grad=True)
    assert x.reshape(12).grad_fn.name() == x.t().view(4, 3).grad_fn.name() == "ViewBackward0"
    for turned in (x[:, ::2].reshape(6), x.t().reshape(4, 3, 1), x[:, :1].flatten()):
        assert turned.grad_fn.name() == "ReshapeAliasBackward0"
    assert x.t().reshape(12).grad_fn.name() == "UnsafeViewBackward0"
    assert x.sum().movedim(0, -1).grad_fn.name() == "AliasBackward0"


def test_transposing_what_is_no_matrix_is_warned_of(torch):
    if torch.__name__ == "torch":
        torch.set_warn_always(True)  # not only once in a process
    texts = "The use of `x.T` on tensors of dimension other than 2", "Tensor.T is", "Tensor.mT is"
    x, number = torch.zeros(2, 3, 4), torch.tensor(1)
    transposes = (lambda: x.T, lambda: number.T, lambda: number.mT)
    for transposed, text in zip(transposes, texts, strict=True):
        with pytest.warns(UserWarning, match=text) as caught:
            transposed()
        assert [each.filename for each in caught] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert x[0].T.shape == (4, 3) and x.mT.shape == (2, 4, 3)
    if torch.__name__ == "torch":
        torch.set_warn_always(False)


def test_dimensions_are_moved_one_by_one_or_several_at_a_time(torch, failure):
    x = torch.zeros(2, 3)
    assert x.movedim([0], (1,)).shape == x.movedim(0, torch.tensor(1)).shape == (3, 2)
    for mixed in (((0,), 1), (0, (1,)), (torch.tensor(0), [1])):
        assert failure(x.movedim, *mixed).startswith("TypeError: movedim()")
