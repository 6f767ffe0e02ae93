"""The CPU is the only device."""

import pickle

import pytest

import minigrad


def test_devices(torch, printed):
    made = [torch.device("cpu"), torch.device("cpu", 0), torch.device("cpu:1")]
    assert printed(made) == (
        "[device(type='cpu'), device(type='cpu', index=0), device(type='cpu', index=1)]"
    )
    assert [str(each) for each in made] == ["cpu", "cpu:0", "cpu:1"]
    assert made[0] == torch.zeros(1).device and made[0] != made[1] and made[0].index is None
    assert len({*made, torch.device(type="cpu")}) == 3
    assert pickle.loads(pickle.dumps(made[1])) == made[1]


def test_others_are_named():
    for wrong in ("cuda", "cuda:0", "mps", "nonsense", 0):
        with pytest.raises(RuntimeError, match="minigrad has only the device 'cpu', got"):
            minigrad.device(wrong)
