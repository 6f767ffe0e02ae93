"""Where NumPy has a function too, the elements are NumPy's, for who has no PyTorch to ask."""

import warnings

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing import assert_close
from minigrad.testing.strategies import laid_out, tensor_of

DRAW = np.random.default_rng(0)
DISTINCT = DRAW.permutation(24).reshape(2, 3, 4) / 4 - 2.75
TIED = DRAW.integers(-2, 3, (2, 3, 4))
TRUTHS = DRAW.integers(0, 2, (2, 3, 4)).astype(bool)
OTHER = DRAW.permutation(24).reshape(2, 3, 4) / 4 - 3.0
WIDE, PAIRS = DRAW.uniform(-1, 1, (3, 4)), DRAW.uniform(-1, 1, (4, 5))
PLACES = np.array([[2, 0], [1, 1]])


def softmax(x, axis):
    powers = np.exp(x - x.max(axis, keepdims=True))
    return powers / powers.sum(axis, keepdims=True)


def same_sizes(x, count, axis):
    """Parts of one size, the last perhaps smaller."""
    return np.split(x, range(count, x.shape[axis], count), axis)


# Of one tensor, distinct numbers: the library's function, and NumPy's.
MOVING = {
    "reshape": (lambda x: x.reshape(4, -1), lambda x: x.reshape(4, -1)),
    "flatten": (lambda x: x.flatten(1), lambda x: x.reshape(2, 12)),
    "flatten to": (lambda x: torch.flatten(x, 0, 1), lambda x: x.reshape(6, 4)),
    "unflatten": (lambda x: x.unflatten(2, (2, -1)), lambda x: x.reshape(2, 3, 2, 2)),
    "permute": (lambda x: x.permute(2, 0, -2), lambda x: x.transpose(2, 0, 1)),
    "transpose": (lambda x: x.transpose(0, -1), lambda x: x.swapaxes(0, 2)),
    "movedim": (lambda x: torch.movedim(x, 0, 2), lambda x: np.moveaxis(x, 0, 2)),
    "movedim of two": (
        lambda x: torch.movedim(x, (0, 2), (1, 0)), lambda x: np.moveaxis(x, (0, 2), (1, 0))),
    "unsqueeze": (lambda x: x.unsqueeze(-2), lambda x: np.expand_dims(x, -2)),
    "squeeze": (lambda x: x[:1].squeeze(0), lambda x: x[0]),
    "expand": (lambda x: x[:, :1].expand(5, -1, 3, 4), lambda x: np.broadcast_to(
        x[:, :1], (5, 2, 3, 4))),
    "repeat": (lambda x: x.repeat(2, 1, 3, 2), lambda x: np.tile(x, (2, 1, 3, 2))),
    "tile": (lambda x: x.tile(3, 2), lambda x: np.tile(x, (3, 2))),
    "repeat_interleave": (
        lambda x: x.repeat_interleave(3, 1), lambda x: np.repeat(x, 3, 1)),
    "repeat_interleave of all": (
        lambda x: torch.repeat_interleave(x, 2), lambda x: np.repeat(x, 2)),
    "repeat_interleave each": (
        lambda x: x.repeat_interleave(torch.tensor([2, 0, 1]), 1),
        lambda x: np.repeat(x, [2, 0, 1], 1)),
    "flip": (lambda x: x.flip(0, -1), lambda x: np.flip(x, (0, 2))),
    "roll": (lambda x: x.roll(3, 2), lambda x: np.roll(x, 3, 2)),
    "roll of several": (
        lambda x: x.roll((1, -5), (0, 2)), lambda x: np.roll(x, (1, -5), (0, 2))),
    "roll of all": (lambda x: x.roll(7), lambda x: np.roll(x, 7)),
    "tril": (lambda x: x.tril(1), lambda x: np.tril(x, 1)),
    "triu": (lambda x: x.triu(-1), lambda x: np.triu(x, -1)),
    "diagonal": (lambda x: x.diagonal(1, 1, 2), lambda x: x.diagonal(1, 1, 2)),
    "diagonal below": (lambda x: x.diagonal(-1, 2, 0), lambda x: x.diagonal(-1, 2, 0)),
    "diag of a matrix": (lambda x: torch.diag(x[0], -1), lambda x: np.diag(x[0], -1)),
    "diag of a vector": (lambda x: torch.diag(x[0, 0], 2), lambda x: np.diag(x[0, 0], 2)),
    "cat": (lambda x: torch.cat([x, x[:, 1:]], 1), lambda x: np.concatenate([x, x[:, 1:]], 1)),
    "stack": (lambda x: torch.stack([x, x + 1], -2), lambda x: np.stack([x, x + 1], -2)),
    "hstack": (lambda x: torch.hstack([x, x]), lambda x: np.hstack([x, x])),
    "vstack": (
        lambda x: torch.vstack([x[0, 0], x[1, 2]]), lambda x: np.vstack([x[0, 0], x[1, 2]])),
    "split": (lambda x: x.split(3, 2), lambda x: same_sizes(x, 3, 2)),
    "split by sizes": (
        lambda x: x.split([1, 0, 3], -1), lambda x: np.split(x, [1, 1], 2)),
    "chunk": (lambda x: x.chunk(3, 2), lambda x: same_sizes(x, 2, 2)),
    "tensor_split": (lambda x: x.tensor_split(3, 2), lambda x: np.array_split(x, 3, 2)),
    "tensor_split at": (
        lambda x: torch.tensor_split(x, (1, 3), 2), lambda x: np.split(x, [1, 3], 2)),
    "unbind": (lambda x: x.unbind(1), lambda x: list(np.moveaxis(x, 1, 0))),
    "narrow": (lambda x: x.narrow(2, -3, 2), lambda x: x[:, :, 1:3]),
    "select": (lambda x: x.select(1, -1), lambda x: x[:, -1]),
    "index_select": (
        lambda x: x.index_select(2, torch.tensor([3, 0, 0])), lambda x: x.take([3, 0, 0], 2)),
    "take_along_dim": (
        lambda x: torch.take_along_dim(x[0, :2], torch.tensor(PLACES), 1),
        lambda x: np.take_along_axis(x[0, :2], PLACES, 1)),
    "gather": (
        lambda x: x[0].gather(0, torch.tensor(PLACES)),
        lambda x: np.take_along_axis(x[0, :, :2], PLACES, 0)),
    "masked_select": (lambda x: x.masked_select(x > 0), lambda x: x[x > 0]),
    "nonzero": (lambda x: (x > 0).nonzero(), lambda x: np.argwhere(x > 0)),
    "the same twice": (lambda x: x[[1, 0, 1]], lambda x: x[[1, 0, 1]]),
    "where": (lambda x: torch.where(x > 0, x, -x), np.abs),
    "masked_fill": (lambda x: x.masked_fill(x > 1, 7.0), lambda x: np.where(x > 1, 7.0, x)),
}  # fmt: skip
REDUCING = {
    "sum": (lambda x: x.sum((0, 2)), lambda x: x.sum((0, 2))),
    "sum, dimensions kept": (lambda x: x.sum(-1, keepdim=True), lambda x: x.sum(2, keepdims=True)),
    "mean": (lambda x: x.mean(1), lambda x: x.mean(1)),
    "prod": (lambda x: x.prod(2), lambda x: x.prod(2)),
    "var": (lambda x: x.var(1), lambda x: x.var(1, ddof=1)),
    "var, biased": (
        lambda x: x.var((0, 1), unbiased=False), lambda x: x.var((0, 1))),
    "std": (lambda x: x.std(0, correction=0), lambda x: x.std(0)),
    "norm": (lambda x: torch.norm(x, 3, 1), lambda x: (np.abs(x) ** 3).sum(1) ** (1 / 3)),
    "norm of all": (lambda x: x.norm(), lambda x: np.sqrt((x * x).sum())),
    "the largest": (lambda x: torch.norm(x, float("inf"), 2), lambda x: np.abs(x).max(2)),
    "amax": (lambda x: x.amax((0, 1)), lambda x: x.max((0, 1))),
    "amin": (lambda x: x.amin(2, keepdim=True), lambda x: x.min(2, keepdims=True)),
    "max": (lambda x: tuple(x.max(1)), lambda x: [x.max(1), x.argmax(1)]),
    "min": (lambda x: tuple(x.min(2)), lambda x: [x.min(2), x.argmin(2)]),
    "argmax": (lambda x: x.argmax(), lambda x: x.argmax()),
    "argmin": (lambda x: x.argmin(0, keepdim=True), lambda x: x.argmin(0, keepdims=True)),
    "median": (
        lambda x: tuple(x.median(1)), lambda x: [np.median(x, 1), np.argsort(x, 1)[:, 1]]),
    "sort": (lambda x: tuple(x.sort(1)), lambda x: [np.sort(x, 1), np.argsort(x, 1)]),
    "sort, descending": (
        lambda x: tuple(x.sort(2, descending=True)),
        lambda x: [-np.sort(-x, 2), np.argsort(-x, 2)]),
    "topk": (lambda x: tuple(x.topk(2, 2)), lambda x: [
        -np.sort(-x, 2)[..., :2], np.argsort(-x, 2)[..., :2]]),
    "topk, smallest": (
        lambda x: tuple(x.topk(2, 1, largest=False)),
        lambda x: [np.sort(x, 1)[:, :2], np.argsort(x, 1)[:, :2]]),
    "cumsum": (lambda x: x.cumsum(1), lambda x: x.cumsum(1)),
    "logsumexp": (lambda x: x.logsumexp((1, 2)), lambda x: np.log(np.exp(x).sum((1, 2)))),
    "softmax": (lambda x: x.softmax(1), lambda x: softmax(x, 1)),
    "log_softmax": (lambda x: x.log_softmax(2), lambda x: np.log(softmax(x, 2))),
    "count_nonzero": (lambda x: (x > 0).count_nonzero(1), lambda x: (x > 0).sum(1)),
    "all": (lambda x: (x > -2).all(1), lambda x: (x > -2).all(1)),
    "any": (lambda x: (x > 2).any(2), lambda x: (x > 2).any(2)),
}  # fmt: skip


def as_numpys(result):
    if isinstance(result, (tuple, list)):
        return [as_numpys(each) for each in result]
    return result.array if isinstance(result, torch.Tensor) else np.asarray(result)


def hold_against_numpy(mine, theirs, *arrays):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = mine(*[tensor_of(each) for each in arrays])
        expected = theirs(*arrays)
    assert_close(as_numpys(found), as_numpys(expected), rtol=1e-12, atol=1e-12, check_dtype=False)


@pytest.mark.parametrize("layout", ["contiguous", "transposed", "reversed"])
@pytest.mark.parametrize("name", [*MOVING, *REDUCING])
def test_of_one_tensor(name, layout):
    hold_against_numpy(*{**MOVING, **REDUCING}[name], laid_out(DISTINCT, layout))


@pytest.mark.parametrize("name", MOVING)
def test_of_integers(name):
    hold_against_numpy(*MOVING[name], (4 * DISTINCT).astype(np.int64))


OF_TWO = """
add subtract multiply divide maximum minimum remainder floor_divide
eq:equal ne:not_equal lt:less le:less_equal gt:greater ge:greater_equal
logical_and logical_or logical_xor
""".split()
OF_ONE = """
abs neg:negative sign floor ceil trunc round square exp expm1 sin cos tanh reciprocal
isnan isinf isfinite logical_not positive
""".split()


@pytest.mark.parametrize("names", OF_TWO)
def test_of_pairs(names):
    mine, _, theirs = names.partition(":")
    numpys = getattr(np, theirs or mine)
    for first, second in [
        (DISTINCT, OTHER), (DISTINCT[:, :1], OTHER[0]), (DISTINCT[0, 0, 0], OTHER[1]),
        (TIED, OTHER),
    ]:  # fmt: skip
        pair = np.asarray(first), np.where(second == 0, 5.0, second)
        hold_against_numpy(getattr(torch, mine), numpys, *pair)
    if mine not in ("divide", "remainder", "floor_divide"):
        hold_against_numpy(getattr(torch, mine), numpys, TIED, TIED[::-1].copy())


@pytest.mark.parametrize("names", OF_ONE)
def test_of_each_number(names):
    mine, _, theirs = names.partition(":")
    hold_against_numpy(getattr(torch, mine), getattr(np, theirs or mine), DISTINCT)
    special = np.array([np.inf, -np.inf, np.nan, -0.5, 2.5])
    if mine not in ("sin", "cos", "sign"):  # of what has none, NumPy's sign is NaN
        with np.errstate(all="ignore"):
            expected = getattr(np, theirs or mine)(special)
        found = getattr(torch, mine)(torch.tensor(special)).array
        assert_close(found, expected, rtol=1e-12, equal_nan=True, check_dtype=False)


@pytest.mark.parametrize("name", ["bitwise_and", "bitwise_or", "bitwise_xor"])
def test_of_bits(name):
    hold_against_numpy(getattr(torch, name), getattr(np, name), TIED, TIED[::-1].copy())
    hold_against_numpy(getattr(torch, name), getattr(np, name), TRUTHS, TRUTHS[::-1].copy())


PRODUCTS = {
    "matmul": [(WIDE, PAIRS), (WIDE[0], PAIRS), (WIDE, PAIRS[:, 0]), (DISTINCT, PAIRS),
               (DISTINCT, DISTINCT.swapaxes(1, 2)), (WIDE[0], PAIRS[:, 1]),
               (DISTINCT[:, None], OTHER.swapaxes(1, 2))],
    "mm": [(WIDE, PAIRS)],
    "bmm": [(DISTINCT, OTHER.swapaxes(1, 2))],
    "mv": [(WIDE, PAIRS[:, 0])],
    "dot": [(WIDE[0], PAIRS[:, 2])],
}  # fmt: skip


@pytest.mark.parametrize("name", PRODUCTS)
def test_of_matrices(name):
    for pair in PRODUCTS[name]:
        hold_against_numpy(getattr(torch, name), np.matmul, *pair)
    hold_against_numpy(torch.outer, np.outer, WIDE[0], PAIRS[0])
    hold_against_numpy(
        lambda shift, x, y: torch.addmm(shift, x, y, beta=3, alpha=2),
        lambda shift, x, y: 3 * shift + 2 * x @ y,
        PAIRS[0],
        WIDE,
        PAIRS,
    )


KEYS = [
    0, -1, slice(1, None), slice(None, None, 2), (1, 2), (..., 1), (slice(None), 1),
    (0, slice(1, 3), -1), None, (None, 0), (slice(None), None, 1), (..., None), (1, ..., 2), (),
    [1, 0], ([0, 1], [2, 0]), (slice(None), [2, 0]), (slice(None), [2, 0], slice(1, 3)),
    (..., [3, 0]), (slice(None), [[2, 0], [1, 1]]), ([1, 0], slice(None), [3, 1]), DISTINCT > 0,
    np.array([True, False]), (slice(None), np.array([True, False, True])), True,
    (0, np.array([True, False, True]), [0, 1]), (np.array([[0], [1]]), np.array([0, 2])),
]  # fmt: skip


def as_ours(key):
    if isinstance(key, tuple):
        return tuple(map(as_ours, key))
    return torch.tensor(key) if isinstance(key, np.ndarray) else key


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_keys(key):
    x = torch.tensor(DISTINCT)
    expected = DISTINCT[key]
    assert_close(x[as_ours(key)], torch.tensor(expected), ulp=0)
    changed, wanted = x.clone(), DISTINCT.copy()
    changed[as_ours(key)] = 9.0
    wanted[key] = 9.0
    assert_close(changed, torch.tensor(wanted), ulp=0)
    added, wanted = x.clone(), DISTINCT.copy()
    values = np.arange(expected.size, dtype=np.float64).reshape(expected.shape)
    added[as_ours(key)] = torch.tensor(values)
    wanted[key] = values
    assert_close(added, torch.tensor(wanted), ulp=0)


MADE = {
    "arange": [(7,), (2, 9), (9, 2, -3), (0.5, 3.0, 0.5)],
    "linspace": [(0.0, 1.0, 5), (3.0, -2.0, 4)],
    "eye": [(3,), (2, 4)],
    "zeros": [((2, 3),)],
    "ones": [((2, 3),)],
    "full": [((2, 2), 7)],
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_of_numbers(name):
    for arguments in MADE[name]:
        found = getattr(torch, name)(*arguments)
        expected = getattr(np, name)(*arguments)
        assert_close(found, np.asarray(expected), rtol=1e-6, check_dtype=False)


def test_what_is_counted_and_told_apart():
    flat = TIED.ravel()
    values, places, counts = torch.unique(torch.tensor(flat), return_inverse=True,
                                          return_counts=True)  # fmt: skip
    expected = np.unique(flat, return_inverse=True, return_counts=True)
    assert_close([values, places, counts], [torch.tensor(each) for each in expected], ulp=0)
    assert_close(
        torch.nn.functional.one_hot(torch.tensor(PLACES), 4),
        torch.tensor(np.eye(4, dtype=int)[PLACES]),
    )
    hold_against_numpy(lambda x: x.clamp(-1.0, 1.5), lambda x: np.clip(x, -1.0, 1.5), DISTINCT)
    hold_against_numpy(lambda x, y: torch.isclose(x, y, atol=1.0), lambda x, y: np.isclose(
        x, y, atol=1.0), DISTINCT, OTHER)  # fmt: skip
