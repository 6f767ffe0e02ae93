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


def test_other_devices_have_names(torch, printed):
    named = [torch.device("cuda"), torch.device("cuda:1"), torch.device("mps", 2)]
    assert printed(named) == (
        "[device(type='cuda'), device(type='cuda', index=1), device(type='mps', index=2)]"
    )
    assert torch.device(named[1]) == named[1] != "cuda:1"
    assert torch.device("cpu") not in named


@pytest.mark.parametrize("wrong", ["nonsense", "CPU", "cpu:", "cpu:-1", "cpu:01", "", 0])
def test_what_is_no_name_of_a_device(torch, wrong):
    with pytest.raises(RuntimeError):
        torch.device(wrong)
    with pytest.raises(TypeError):
        torch.device(1.5)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ("cuda", AssertionError),
        ("cuda:0", AssertionError),
        ("mps", RuntimeError),
        (0, RuntimeError),
    ],
)
def test_tensors_are_on_the_cpu_alone(wrong, error):
    """PyTorch built without CUDA raises the same."""
    x, net = minigrad.ones(2), minigrad.nn.Linear(1, 1)
    for use in (x.to, net.to, x.cuda, lambda device: minigrad.ones(2, device=device)):
        with pytest.raises(error) as caught:
            use(wrong)
        assert str(caught.value).endswith(f"minigrad has only the device 'cpu', got {wrong!r}")


def test_the_cpu_is_no_gpu(torch):
    assert torch.ones(2, device="cpu:0").device == torch.device("cpu")
    with pytest.raises(RuntimeError, match="Invalid device, must be cuda device"):
        torch.ones(2).cuda("cpu")


def test_scripts_that_ask_for_a_gpu_go_on_without():
    cuda = minigrad.cuda
    assert (cuda.is_available(), cuda.device_count()) == (False, 0)
    cuda.manual_seed(0)
    cuda.manual_seed_all(0)
    with pytest.raises(AttributeError, match=r"minigrad\.cuda has no current_device; it covers"):
        cuda.current_device()


def test_scripts_that_ask_which_accelerator_there_is_are_told_of_none(torch):
    accelerator = torch.accelerator
    assert accelerator.is_available() is False and accelerator.device_count() == 0
    assert accelerator.current_accelerator() is None
    assert accelerator.current_accelerator(check_available=True) is None
