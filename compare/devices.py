"""Where does PyTorch compute, and with which products of float32 on CUDA?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

CPU = "cpu"
ALL = "all"


def is_cuda(device: str) -> bool:
    return device.partition(":")[0] == "cuda"


def obstacle(device: str) -> str | None:
    """Why PyTorch cannot compute on a device here, None if it can."""
    if not is_cuda(device):
        return None
    if not torch.cuda.is_available():
        return "PyTorch finds no CUDA device here"
    if int(device.partition(":")[2] or 0) >= torch.cuda.device_count():
        return f"PyTorch finds {torch.cuda.device_count()} CUDA devices"
    return None


def described(device: str) -> str:
    """A device with its name, and with the version of CUDA that PyTorch was built for."""
    if not is_cuda(device):
        return device
    return f"{device}, {torch.cuda.get_device_name(device)}, CUDA {torch.version.cuda}"


@contextmanager
def tf32(allowed: bool) -> Iterator[None]:
    """Whether PyTorch may round the operands of products to TF32's 11 bits on CUDA."""
    matmul, cudnn = torch.backends.cuda.matmul, torch.backends.cudnn
    before = matmul.allow_tf32, cudnn.allow_tf32
    try:
        matmul.allow_tf32 = cudnn.allow_tf32 = allowed
        yield
    finally:
        matmul.allow_tf32, cudnn.allow_tf32 = before


def wait(device: str) -> None:
    """Until what was started on a device is done."""
    if is_cuda(device):
        torch.cuda.synchronize(device)
