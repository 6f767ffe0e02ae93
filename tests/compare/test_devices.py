"""Which devices are there, and are PyTorch's settings as they were before?"""

import pytest

pytest.importorskip("torch")

import torch

from compare import devices


@pytest.mark.parametrize("allowed", [False, True])
def test_tf32_is_as_it_was_before_even_after_an_error(allowed: bool) -> None:
    before = torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32
    with pytest.raises(ZeroDivisionError), devices.tf32(allowed):
        assert torch.backends.cuda.matmul.allow_tf32 == allowed
        assert torch.backends.cudnn.allow_tf32 == allowed
        raise ZeroDivisionError
    assert (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32) == before


def test_a_device_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    assert devices.obstacle("cuda:0") is None
    assert devices.obstacle("cuda:1") == "PyTorch finds 1 CUDA devices"
    assert devices.obstacle("cpu") is None
