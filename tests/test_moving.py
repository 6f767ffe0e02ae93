"""Does a kernel move elements that lie apart to where NumPy would, while a step is recorded?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.launch import exchange, observe
from minigrad.moving import moved
from minigrad.recording.recorder import Recorder

SHAPES = st.lists(st.integers(1, 4), max_size=4).map(tuple)


@st.composite
def laid_out(draw: st.DrawFn, shape: tuple[int, ...], repeats: bool) -> np.ndarray:
    """An array of a shape, in any order of its dimensions, with gaps, repeated along some."""
    sizes = [n if not repeats or draw(st.booleans()) else 1 for n in shape]
    gaps = [draw(st.integers(1, 2)) for _ in shape]
    order = draw(st.permutations(range(len(shape))))
    memory = np.arange(np.prod([sizes[k] * gaps[k] for k in order], dtype=int), dtype=np.float32)
    whole = memory.reshape([sizes[k] * gaps[k] for k in order]).transpose(np.argsort(order))
    return np.broadcast_to(whole[tuple(slice(None, None, gap) for gap in gaps)], shape)


@given(shape=SHAPES, data=st.data())
def test_what_is_moved_lies_where_numpy_puts_it(
    shape: tuple[int, ...], data: st.DataObject
) -> None:
    source = data.draw(laid_out(shape, repeats=True))
    target = data.draw(laid_out(shape, repeats=False))
    target = np.require(target, requirements="W") if target.flags.owndata else target
    target.flags.writeable = True
    memory = target if target.base is None else target.base
    before = memory.copy()
    with exchange:
        observe(Recorder())
        try:
            by_kernel = moved(source, target)
        finally:
            observe(None)
    assert by_kernel or len(shape) == 4  # as far as three dimensions go, it is always the kernel
    after = memory.copy()
    memory[...] = before
    target[...] = source
    assert np.array_equal(after, memory if by_kernel else before)


def test_at_once_numpy_moves() -> None:
    source, target = np.ones((2, 3), np.float32), np.zeros((3, 2), np.float32)
    assert not moved(source.T, target)
    assert not target.any()


def test_others_are_left_to_numpy() -> None:
    whole = np.arange(81.0).reshape(3, 3, 3, 3)
    four = whole.transpose(2, 0, 3, 1)
    with exchange:
        observe(Recorder())
        try:
            assert not moved(four, np.empty(four.shape))
            assert not moved(whole[0, 0], np.empty((3, 3), np.float32))
            assert not moved(whole[::-1, 0, 0], np.empty((3, 3)))
            assert not moved(np.ones((3, 3), np.int64).T, np.empty((3, 3), np.int64))
            assert not moved(whole[:, :0], np.empty((3, 0, 3, 3)))
        finally:
            observe(None)


@pytest.mark.parametrize(
    "loss",
    [
        lambda out, y: ((out[:, 0] - y) ** 2).mean(),
        lambda out, y: (out[:, 1:3] * out[:, 2:]).mean(),
        lambda out, y: (out[1:, ..., 1] * out[::2, 0].reshape(-1)[:1]).mean(),
        lambda out, y: (torch.stack([out, out * 2], 1) ** 2).mean(),
        lambda out, y: (torch.cat([out * out, out], 1) ** 2).mean(),
        lambda out, y: (out.t().contiguous() ** 2).mean(),
        lambda out, y: (out.t().reshape(-1) ** 2).mean(),
        lambda out, y: sum((part * part).sum() for part in out.chunk(2, 1)),
    ],
)
def test_slices_joined_and_turned_tensors_need_no_python_in_a_compiled_step(loss) -> None:
    w = torch.rand(8, 4, requires_grad=True)

    def step(x, y):
        w.grad = None
        found = loss(x * 1.0 @ w, y)
        found.backward()
        return found

    compiled = torch.compile(step)
    inputs = [(torch.rand(6, 8), torch.rand(6)) for _ in range(3)]
    for x, y in inputs:
        found = compiled(x, y), w.grad
        eager = step(x, y), w.grad
        assert all(torch.equal(*pair) for pair in zip(found, eager, strict=True))
    first_line = str(compiled.program).splitlines()[0]
    count = first_line.partition(" ")[0]
    assert first_line.startswith(f"{count} instructions, {count} of them native")
