"""What scripts set for reproducible runs: it is taken, and read back."""

import random

import pytest


def test_a_script_that_seeds_everything(torch):
    random.seed(0)
    torch.manual_seed(0)
    torch.cuda.manual_seed(0)
    torch.cuda.manual_seed_all(0)
    torch.cuda.empty_cache()
    cudnn, matmul = torch.backends.cudnn, torch.backends.cuda.matmul
    before = cudnn.deterministic, cudnn.benchmark, cudnn.enabled, matmul.allow_tf32
    assert before == (False, False, True, False)
    cudnn.deterministic, cudnn.benchmark, matmul.allow_tf32 = True, True, True
    try:
        assert (cudnn.deterministic, cudnn.benchmark, matmul.allow_tf32) == (True, True, True)
    finally:
        cudnn.deterministic = cudnn.benchmark = matmul.allow_tf32 = False
    assert (cudnn.version(), cudnn.is_available()) == (None, False)


def test_there_is_no_other_processor_to_ask_for(torch):
    backends = torch.backends
    assert not (backends.mps.is_available() or backends.mps.is_built())
    assert not backends.cuda.is_built()


def test_deterministic_algorithms(torch):
    enabled = torch.are_deterministic_algorithms_enabled
    only_warn = torch.is_deterministic_algorithms_warn_only_enabled
    assert (enabled(), only_warn()) == (False, False)
    try:
        torch.use_deterministic_algorithms(True, warn_only=True)
        assert (enabled(), only_warn()) == (True, True)
        torch.use_deterministic_algorithms(True)
        assert (enabled(), only_warn()) == (True, False)
    finally:
        torch.use_deterministic_algorithms(False)
    assert (enabled(), only_warn()) == (False, False)
    for wrong, options in ((1, {}), ("x", {}), (True, {"warn_only": 1})):
        with pytest.raises(TypeError, match="must be bool, not"):
            torch.use_deterministic_algorithms(wrong, **options)


def test_precision_of_products(torch):
    assert torch.get_float32_matmul_precision() == "highest"
    try:
        torch.set_float32_matmul_precision("medium")
        with pytest.warns(UserWarning, match="low is not one of 'highest', 'high', or 'medium'"):
            torch.set_float32_matmul_precision("low")
        assert torch.get_float32_matmul_precision() == "medium"
    finally:
        torch.set_float32_matmul_precision("highest")
    with pytest.raises(RuntimeError, match="expects a str, but got int"):
        torch.set_float32_matmul_precision(3)
