"""New tensors of one value: sizes, dtypes, memory, and what is refused."""

import numpy as np
import pytest


def test_sizes_are_integers_or_one_tuple(torch):
    for made in (torch.zeros(2, 3), torch.zeros((2, 3)), torch.zeros([2, 3]),
                 torch.zeros(size=(2, 3)), torch.zeros(torch.Size([2, 3])),
                 torch.zeros(torch.tensor(2), 3)):  # fmt: skip
        assert made.shape == (2, 3) and made.dtype == torch.float32 and not made.any()
    assert torch.zeros([]).shape == () and torch.zeros(2, 0).stride() == (1, 1)
    assert torch.ones(2, dtype=torch.bool).tolist() == [True, True]
    assert torch.empty(2, requires_grad=True).is_leaf


def test_the_dtype_may_be_pythons(torch):
    kinds = [torch.zeros(1, dtype=kind).dtype for kind in (float, int, bool)]
    assert kinds == [torch.float64, torch.int64, torch.bool]


def test_full_has_the_dtype_of_its_value(torch):
    assert torch.full((2,), 7).dtype == torch.int64
    assert torch.full((2,), True).dtype == torch.bool
    assert torch.full([1], torch.tensor(3)).tolist() == [3]
    assert torch.full((2,), 1.5, dtype=torch.int64).tolist() == [1, 1]
    assert torch.full(size=(2,), fill_value=0.5, requires_grad=True).requires_grad


def test_eye(torch):
    assert torch.eye(2, 3, dtype=torch.int64).tolist() == [[1, 0, 0], [0, 1, 0]]
    assert torch.eye(2).tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_one_like_another_lies_in_memory_as_that_does(torch):
    like = torch.ones(2, 3, dtype=torch.float64).T
    for made in (torch.zeros_like(like), torch.ones_like(like), torch.full_like(like, 7),
                 torch.empty_like(like)):  # fmt: skip
        assert (made.shape, made.dtype, made.stride()) == ((3, 2), torch.float64, (1, 3))
    assert torch.full_like(like, 7).tolist() == [[7.0, 7.0]] * 3
    expanded = torch.zeros(1, 2, 3).permute(0, 2, 1).expand(2, 2, 3, 2)
    assert torch.zeros_like(expanded).stride() == torch.rand_like(expanded).stride()
    assert torch.empty_like(expanded).stride() == (12, 6, 1, 3)
    contiguous = torch.zeros_like(like, memory_format=torch.contiguous_format)
    assert contiguous.is_contiguous()
    assert torch.full_like(like.long(), 3.7).tolist() == [[3, 3]] * 3
    assert torch.ones_like(like, dtype=torch.float32, requires_grad=True).requires_grad


def test_options_there_is_no_choice_in_are_accepted_at_their_defaults(torch):
    made = torch.zeros(
        2, layout=torch.strided, device=torch.device("cpu"), pin_memory=False, requires_grad=None
    )
    assert made.layout is torch.strided and str(made.device) == "cpu"


def test_new_ones_have_the_dtype_of_the_old(torch):
    x = torch.ones(2, dtype=torch.float64)
    assert x.new_zeros(2, 3).dtype == x.new_ones((1,)).dtype == x.new_empty(0).dtype == x.dtype
    assert x.new_full((2,), 3).tolist() == [3.0, 3.0]
    assert x.new_tensor([1, 2]).dtype == x.dtype
    assert x.new_tensor([1, 2], dtype=torch.int64).dtype == torch.int64


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda t: t.ones(-1), "RuntimeError: Trying to create tensor with negative dimension"),
        (lambda t: t.zeros(2.0), "TypeError: zeros(): argument 'size' (position 1) must be tu"),
        (lambda t: t.zeros((2.0,)), "TypeError: zeros(): argument 'size' (position 1) must be"),
        (lambda t: t.zeros(size=2), "TypeError: zeros(): argument 'size' must be tuple of int"),
        (lambda t: t.zeros(True), "TypeError: zeros(): argument 'size' (position 1) must be t"),
        (lambda t: t.zeros((2,), (3,)), "TypeError: zeros() takes 1 positional argument but 2"),
        (lambda t: t.zeros(2, dtype="float32"), "TypeError: zeros(): argument 'dtype' must be"),
        (lambda t: t.zeros(2, layout=3), "TypeError: zeros(): argument 'layout' must be minig"),
        (lambda t: t.zeros(2, layout=t.contiguous_format), "TypeError: zeros(): argument 'layout"),
        (lambda t: t.zeros(2, device=[1]), "TypeError: zeros(): argument 'device' must be min"),
        (lambda t: t.zeros(2, shape=1), "TypeError: zeros() got an unexpected keyword argumen"),
        (lambda t: t.zeros(2**70), "TypeError: "),
        (lambda t: t.empty(2, 2**63), "TypeError: "),
        (lambda t: t.zeros(2**62, 4), "RuntimeError: Storage size calculation overflowed with"),
        (lambda t: t.zeros(2, pin_memory=True), "RuntimeError: "),
        (lambda t: t.zeros(2, device="gpu"), "RuntimeError: "),
        (lambda t: t.full(2, 1.0), "TypeError: full(): argument 'size' (position 1) must be t"),
        (lambda t: t.full((2,), "a"), "TypeError: full(): argument 'fill_value' (position 2)"),
        (lambda t: t.full((2,), 1e40), "RuntimeError: value cannot be converted to type float"),
        (lambda t: t.full((2,), 2, requires_grad=True), "RuntimeError: Only Tensors of floati"),
        (lambda t: t.eye(2.0), "TypeError: eye(): argument 'n' (position 1) must be int, not"),
        (lambda t: t.eye(2, None), "TypeError: eye()"),
        (lambda t: t.zeros(2**45), "RuntimeError: "),
        (lambda t: t.full((2,), 2**64), "OverflowError: int too big to convert"),
        (lambda t: t.full((2,), t.ones((), requires_grad=True)), "TypeError: full(): argument"),
        (lambda t: t.eye(-(10**20)), "ValueError: Overflow when unpacking long long"),
        (lambda t: t.eye(2, 10**20), "ValueError: Overflow when unpacking long long"),
        (lambda t: t.linspace(0, 1, -(10**20)), "ValueError: Overflow when unpacking long"),
        (lambda t: t.eye(2, -1), "RuntimeError: m must be greater or equal to 0, got -1"),
        (lambda t: t.zeros_like([1]), "TypeError: zeros_like(): argument 'input' (position 1)"),
    ],
)  # fmt: skip
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch).startswith(error)


def test_a_memory_format_is_for_what_is_empty_or_like_another(torch, failure):
    assert torch.empty(2, 3, memory_format=torch.contiguous_format).stride() == (3, 1)
    preserved = failure(torch.empty, 2, memory_format=torch.preserve_format)
    assert preserved == "RuntimeError: unsupported memory format Preserve"
    for make in (torch.zeros, torch.rand, torch.arange):
        refused = failure(make, 2, memory_format=torch.contiguous_format)
        assert refused.startswith("TypeError")
    like = torch.zeros(2, 3).t()
    assert like.cpu(memory_format=torch.contiguous_format).stride() == (1, 3)  # nothing to do
    assert failure(like.cpu, memory_format=3).startswith("TypeError")


def test_an_array_of_one_integer_is_a_size(torch, failure):
    two = np.array(2)
    for made in (torch.zeros(two), torch.full((two,), 1), torch.arange(3).topk(two).values):
        assert made.shape == (2,)
    assert torch.eye(two).shape == torch.zeros(4).reshape(two, -1).shape == (2, 2)
    assert torch.zeros(2, 1).expand(two, two).shape == torch.zeros(1, 2).repeat(two, 1).shape
    for wrong in (np.array([2]), np.array(2.0)):
        assert failure(torch.zeros, wrong).startswith("TypeError")
