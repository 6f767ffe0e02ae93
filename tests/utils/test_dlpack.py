"""Memory shared with NumPy and PyTorch through DLPack, both ways."""

import numpy as np
import pytest

import minigrad
from minigrad.utils.dlpack import from_dlpack, to_dlpack

DTYPES = [np.float32, np.float64, np.int64, np.bool_]


@pytest.mark.parametrize("dtype", DTYPES)
def test_with_numpy(dtype):
    array = np.zeros((3, 2), dtype)
    tensor = minigrad.from_dlpack(array.T)
    tensor[0, 0] = 1
    assert array[0, 0] == 1 and tensor.shape == (2, 3) and tensor.stride() == (1, 2)
    assert np.shares_memory(np.from_dlpack(tensor), array)
    assert minigrad.from_dlpack(array, copy=True).data_ptr() != tensor.data_ptr()


@pytest.mark.parametrize("dtype", DTYPES)
def test_with_pytorch(dtype):
    torch = pytest.importorskip("torch")
    theirs = torch.from_numpy(np.zeros((3, 2), dtype))
    ours = minigrad.from_dlpack(theirs.T)
    ours.fill_(1)
    assert theirs.all() and ours.stride() == (1, 2)
    back = torch.from_dlpack(ours[1:])
    back.zero_()
    assert not theirs[:, 1].any() and theirs[:, 0].all()
    assert back.data_ptr() == theirs.data_ptr() + theirs.element_size()


def test_capsules_are_read_once():
    torch = pytest.importorskip("torch")
    theirs = torch.zeros(2)
    capsule = torch.utils.dlpack.to_dlpack(theirs)
    from_dlpack(capsule).fill_(3)
    assert theirs.tolist() == [3.0, 3.0]
    with pytest.raises(RuntimeError, match="invalid capsule"):
        from_dlpack(capsule)
    ours = minigrad.zeros(2)
    torch.utils.dlpack.from_dlpack(to_dlpack(ours)).fill_(4)
    assert ours.tolist() == [4.0, 4.0]


def test_memory_stays_while_anybody_looks_at_it():
    capsule = to_dlpack(minigrad.arange(4.0))
    tensor = from_dlpack(capsule)
    del capsule
    assert tensor.tolist() == [0.0, 1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda t: t.from_dlpack(3), "RuntimeError: from_dlpack received an invalid capsule"),
        (lambda t: t.from_dlpack(t.ones(1, requires_grad=True)), "BufferError: Can't export tens"),
        (lambda t: np.from_dlpack(t.ones(1, requires_grad=True)), "BufferError: Can't export ten"),
        (lambda t: t.ones(1).__dlpack__(stream=1), "AssertionError: stream should be None on cpu"),
    ],
)
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch).startswith(error)


def test_dtypes_that_are_not_here():
    with pytest.raises(TypeError, match="no dtype for NumPy's uint16"):
        minigrad.from_dlpack(np.zeros(2, np.uint16))
