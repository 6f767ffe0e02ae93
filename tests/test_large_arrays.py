"""The memory of large arrays: kept when the last view of it is gone, and never before."""

import gc
import mmap
import subprocess
import sys
import threading

import numpy as np
import pytest

import minigrad as torch
from minigrad import large_arrays, launch
from minigrad.large_arrays import LARGE, Kept, in_kept_memory

COUNT = LARGE // 4  # of float32


@pytest.fixture
def kept(monkeypatch):
    """Nothing kept yet, by nobody else's arrays either."""
    own = Kept()
    monkeypatch.setattr(large_arrays, "kept", own)
    monkeypatch.setattr(launch, "kept", own)
    monkeypatch.setattr(large_arrays.Bytes.__del__, "__defaults__", (own, mmap.mmap))
    return own


def address(array):
    return array.ctypes.data


def test_memory_serves_again_for_as_many_bytes_of_any_dtype(kept):
    first = launch.empty((COUNT,), np.float32)
    place = address(first)
    assert kept.bytes == 0
    del first
    assert kept.bytes == LARGE
    other_size = launch.empty((COUNT + 1,), np.float32)
    assert address(other_size) != place
    assert address(launch.empty((COUNT // 4, 2), np.float64)) == place


def test_it_is_not_kept_while_a_view_or_a_tensor_looks_at_it(kept):
    x = torch.zeros(COUNT)
    views = [x[1:], x.numpy()[::2], memoryview(x.numpy())]
    torch.utils.dlpack.from_dlpack(x.detach())
    del x
    while views:
        assert kept.bytes == 0
        views.pop()
        gc.collect()
    assert kept.bytes == LARGE


def test_arrays_that_live_at_the_same_time_have_memory_of_their_own(kept):
    several = [launch.empty((COUNT,), np.float32) for _ in range(5)]
    for number, array in enumerate(several):
        array.fill(number)
    assert [array.max() for array in several] == [0, 1, 2, 3, 4]
    assert [array.min() for array in several] == [0, 1, 2, 3, 4]


def test_small_arrays_have_numpys_memory(kept):
    assert launch.empty((COUNT - 1,), np.float32).flags.owndata


def test_a_compiled_step_works_on_views_of_them(kept):
    def step(x):
        y = (x * 2).view(2, -1).t()[::2]
        return y[1:].relu().exp().sum(0)

    compiled = torch.compile(step)
    for seed in range(4):
        x = torch.rand(COUNT, generator=torch.Generator().manual_seed(seed))
        assert compiled(x).tolist() == step(x).tolist()


@pytest.mark.parametrize("rows", [127, 128])  # the gradient is small, or large
def test_a_view_of_a_gradient_stays_what_it_was_when_a_compiled_step_goes_on(rows):
    w = torch.zeros(rows, 256, requires_grad=True)

    def step(x):
        w.grad = None
        (w * x).sum().backward()

    compiled = torch.compile(step)
    for factor in range(6):
        compiled(torch.full((rows, 256), float(factor)))
    views = [
        w.grad[:, ::2].unsqueeze(0).detach(),
        w.grad[None, :, :128].numpy(),
        w.grad[:, ::2].expand(2, rows, 128).numpy(),
    ]
    for factor in range(10, 14):
        compiled(torch.full((rows, 256), float(factor)))
    assert [view.max() for view in views] == [5.0, 5.0, 5.0]


def test_what_is_kept_does_not_take_memory_from_others(kept, monkeypatch):
    def empty(shape, dtype):
        if kept.bytes:
            raise MemoryError("so much is kept")
        return np.zeros(shape, dtype)

    launch.empty((COUNT,), np.float32)
    assert kept.bytes == LARGE
    monkeypatch.setattr(launch.np, "empty", empty)
    assert launch.empty((3,), np.float32).shape == (3,)
    assert kept.bytes == 0


def test_arrays_that_outlive_the_module_end_in_silence():
    script = "import minigrad, numpy; numpy.held = minigrad.zeros(200_000).numpy()"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "Exception ignored" not in found.stderr


def test_what_is_kept_has_an_end(kept):
    enormous = np.empty(Kept.at_most // 2, np.uint8)
    for _ in range(2):
        held = [in_kept_memory(enormous[:-1]), in_kept_memory(enormous), in_kept_memory(enormous)]
        held.clear()
        assert 0 < kept.bytes <= Kept.at_most
    larger = np.empty(Kept.at_most + 1, np.uint8)
    assert in_kept_memory(larger) is larger
    for size in range(LARGE, LARGE + 200):
        in_kept_memory(enormous[:size])
    assert kept.bytes < 100 * (LARGE + 200)


def test_threads_take_and_give_back_at_the_same_time(kept):
    failed = []

    def work(number):
        for _ in range(300):
            array = launch.empty((COUNT,), np.float32)
            array.fill(number)
            if array.min() != number or array.max() != number:
                failed.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failed
    assert kept.bytes <= 2 * 4 * LARGE  # an array of a thread ends when it has the next one
