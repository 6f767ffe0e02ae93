"""What all optimisers share: groups, zero_grad, closures, saving and loading."""

import copy
import pickle

import numpy as np
import pytest

import minigrad
from minigrad import optim, structure
from minigrad.optim import SGD, Adam


@pytest.fixture(params=["minigrad", "torch"])
def torch(request):
    return pytest.importorskip(request.param)


def test_groups_have_settings_of_their_own(torch):
    a, b, c = (torch.ones(1, requires_grad=True) for _ in range(3))
    optimizer = torch.optim.SGD([{"params": [a]}, {"params": b, "lr": 0.5}], lr=0.1)
    optimizer.add_param_group({"params": [c], "lr": 2.0})
    (a + b + c).sum().backward()
    optimizer.step()
    assert [each.item() for each in (a, b, c)] == pytest.approx([0.9, 0.5, -1.0])
    optimizer.param_groups[0]["lr"] = 0.4
    optimizer.step()
    assert a.item() == pytest.approx(0.5)


def test_zero_grad(torch):
    x, unused = torch.ones(2, requires_grad=True), torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([x, unused])
    (x * 3).sum().backward()
    kept = x.grad
    optimizer.zero_grad(set_to_none=False)
    assert x.grad is kept and kept.tolist() == [0.0, 0.0] and unused.grad is None
    optimizer.zero_grad()
    assert x.grad is None


def test_a_closure_is_called_with_gradients_on(torch):
    x = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.5)

    def closure():
        optimizer.zero_grad()
        loss = (x * x).sum()
        loss.backward()
        return loss

    with torch.no_grad():
        loss = optimizer.step(closure)
    assert (loss.item(), x.item()) == (1.0, 0.0)


@pytest.mark.parametrize("name", ["SGD", "Adam"])
def test_training_goes_on_after_loading(torch, name):
    settings = {"SGD": {"momentum": 0.9}, "Adam": {"amsgrad": True}}[name]

    def steps(x, optimizer, count):
        for _ in range(count):
            optimizer.zero_grad()
            (x * x * x).sum().backward()
            optimizer.step()

    first = torch.tensor([1.0, 2.0], requires_grad=True)
    optimizer = getattr(torch.optim, name)([first], lr=0.05, **settings)
    steps(first, optimizer, 2)
    saved = copy.deepcopy(optimizer.state_dict())
    assert set(saved) == {"state", "param_groups"} and saved["param_groups"][0]["params"] == [0]
    second = first.detach().clone().requires_grad_()
    other = getattr(torch.optim, name)([second], lr=7.0, **settings)
    other.load_state_dict(saved)
    steps(second, other, 3)
    after_loading = second.tolist()
    steps(first, optimizer, 3)
    assert after_loading == first.tolist() == second.tolist()


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda torch: torch.optim.SGD([]), ValueError, "optimizer got an empty parameter list"),
        (
            lambda torch: torch.optim.SGD(torch.ones(1)),
            TypeError,
            "an iterable of Tensors or dicts",
        ),
        (
            lambda torch: torch.optim.SGD([1]),
            TypeError,
            "can only optimize Tensors, but one of the",
        ),
        (
            lambda torch: torch.optim.SGD([torch.ones(1, requires_grad=True) * 2]),
            ValueError,
            "can't optimize a non-leaf Tensor",
        ),
        (
            lambda torch: torch.optim.SGD([{"params": [x := torch.ones(1)]}, {"params": [x]}]),
            ValueError,
            "some parameters appear in more than one parameter group",
        ),
        (
            lambda torch: torch.optim.SGD([torch.ones(1)]).load_state_dict(
                torch.optim.SGD([torch.ones(1), torch.ones(1)]).state_dict()
            ),
            ValueError,
            "doesn't match the size of",
        ),
    ],
)
def test_refused(torch, wrong, error, message):
    with pytest.raises(error, match=message):
        wrong(torch)


def test_gradients_of_any_layout():
    values = np.arange(6.0, dtype=np.float32).reshape(3, 2)
    for optimizer_type in (SGD, Adam):
        results = []
        for gradient in (values.T.copy(), values.T):
            x = minigrad.ones(2, 3, requires_grad=True)
            x.grad = minigrad.from_numpy(gradient)
            optimizer_type([x], lr=0.1).step()
            results.append(x.tolist())
        assert results[0] == results[1]


def test_the_structure_counts_groups_and_switched_settings():
    x = minigrad.ones(1, requires_grad=True)
    optimizer = optim.SGD([x], lr=0.1, momentum=0.5)
    x.grad = minigrad.ones(1)
    optimizer.step()
    before = structure.counter
    optimizer.param_groups[0]["lr"] = 0.2
    optimizer.step()
    assert structure.counter == before
    optimizer.add_param_group({"params": [minigrad.ones(1)]})
    assert structure.counter > before


@pytest.mark.parametrize("kind", [optim.SGD, optim.Adam])
def test_state_and_gradients_of_another_shape_are_refused(kind):
    """Kernels trust the shapes: a wrong one would write into other memory."""
    settings = {"momentum": 0.9} if kind is optim.SGD else {}
    small, large = (minigrad.ones(n, requires_grad=True) for n in (2, 4000))
    first, second = kind([small], lr=0.1, **settings), kind([large], lr=0.1, **settings)
    small.sum().backward()
    first.step()
    large.sum().backward()
    second.load_state_dict(first.state_dict())
    with pytest.raises(
        RuntimeError, match=r"shape \[4000\] has a gradient or state of shape \[2\]"
    ):
        second.step()
    small.data = minigrad.ones(4000)
    with pytest.raises(RuntimeError, match="does not fit"):
        first.step()


def test_a_pickled_optimiser_goes_on():
    w = minigrad.ones(2, requires_grad=True)
    optimizer = optim.SGD([w], lr=0.5)
    again = pickle.loads(pickle.dumps(optimizer))
    (copied,) = again.param_groups[0]["params"]
    copied.grad = minigrad.ones(2)
    again.param_groups[0]["lr"] = 0.25
    again.step()
    assert copied.tolist() == [0.75, 0.75] and w.tolist() == [1.0, 1.0]


def test_only_floating_point_can_be_optimised():
    with pytest.raises(ValueError, match=r"floating point tensors, got minigrad\.int64"):
        optim.SGD([minigrad.tensor([1, 2])], lr=0.1)
