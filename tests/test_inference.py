"""Tensors made in inference mode, inside and outside of it."""

import pytest

import minigrad


@pytest.fixture
def made(torch):
    with torch.inference_mode():
        return torch.ones(2)


CHANGED = "Inplace update to inference tensor outside InferenceMode is not allowed"
SAVED = "Inference tensors cannot be saved for backward"

REFUSED = {
    "added to": (lambda torch, made, x: made.add_(1), CHANGED),
    "filled": (lambda torch, made, x: made.zero_(), CHANGED),
    "assigned to": (lambda torch, made, x: made.__setitem__(0, 1.0), CHANGED),
    "a view of it changed": (lambda torch, made, x: made.view(2, 1).mul_(2), CHANGED),
    "copied to": (lambda torch, made, x: made.copy_(x.detach()), CHANGED),
    "saved by a primitive": (lambda torch, made, x: x * made, SAVED),
    "saved by a fused operation": (
        lambda torch, made, x: torch.nn.functional.linear(x[None], made[None]),
        SAVED,
    ),
    "saved in place": (lambda torch, made, x: (x * 2).mul_(made), SAVED),
    "asked to require a gradient": (
        lambda torch, made, x: made.requires_grad_(),
        "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed",
    ),
    "made a parameter": (
        lambda torch, made, x: torch.nn.Parameter(made),
        "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed",
    ),
    "asked for its version": (
        lambda torch, made, x: made._version,
        "Inference tensors do not track version counter",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("graph", [True, False])
def test_what_cannot_be_done_with_it_outside(torch, made, what, graph):
    act, message = REFUSED[what]
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with torch.set_grad_enabled(graph):
        if message == SAVED and not graph:
            act(torch, made, x)
            return
        with pytest.raises(RuntimeError, match=message):
            act(torch, made, x)
    if torch is minigrad:  # PyTorch refuses when it has written
        assert made.tolist() == [1.0, 1.0]


def test_what_can(torch, made):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    assert made.is_inference() and made[:1].is_inference() and made.detach().is_inference()
    assert not (made + 1).is_inference() and not made.clone().is_inference()
    (x + made + x * made.clone()).sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_inside_all_can_be_done(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with torch.inference_mode():
        made = torch.ones(2, requires_grad=True)
        made.add_(x)
        assert made.requires_grad and not (made * x).requires_grad
        assert not x.view(2, 1).is_inference()
        x.detach().add_(1)
    assert (made.tolist(), x._version) == ([2.0, 3.0], 1)


def test_a_view_of_what_was_made_inside_does_not_require_a_gradient(torch):
    with torch.inference_mode():
        made = torch.ones(2, requires_grad=True)
        view = made[:1]
        view.cos_()
        assert made.requires_grad and not view.requires_grad and not made.view(2, 1).requires_grad
        assert view.requires_grad_().requires_grad
        with torch.enable_grad():
            assert not made[1:].requires_grad
    assert view.is_leaf and view.is_inference() and made[0].item() == view.item()


@pytest.fixture
def layer(torch):
    with torch.inference_mode():
        return torch.nn.Linear(2, 2)


def test_a_layer_made_inside_takes_numbers_and_no_results(torch, layer):
    x = torch.ones(3, 2)
    assert layer.weight.is_inference() and layer(x).requires_grad
    assert not torch.nn.Parameter(layer.weight.detach(), requires_grad=False).requires_grad
    for act in (
        lambda: layer(x.requires_grad_()),
        lambda: torch.nn.Sequential(layer, torch.nn.ReLU(), layer)(torch.ones(3, 2)),
        lambda: torch.nn.BatchNorm1d(2)(layer.weight),
    ):
        with pytest.raises(RuntimeError, match="cannot be saved for backward"):
            act()


def test_a_layer_made_inside_cannot_be_trained(torch, layer):
    for parameter in layer.parameters():
        parameter.grad = torch.ones_like(parameter)
    for kind in (torch.optim.SGD, torch.optim.Adam):
        with pytest.raises(RuntimeError, match=CHANGED):
            kind(layer.parameters(), lr=0.1).step()


def test_a_frozen_networks_features_train_another(torch, layer):
    with torch.inference_mode():
        features = layer(torch.ones(3, 2))
    head = torch.nn.Linear(2, 1)
    with pytest.raises(RuntimeError, match=SAVED):
        head(features)
    head(features.clone()).sum().backward()
    assert head.weight.grad is not None


@pytest.mark.parametrize("dtype", ["float32", "int64"])
@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("made_inside", [False, True])
def test_memory_read_as_another_dtype_is_an_inference_tensor_if_it_is_read_inside(
    torch, made_inside, inside, dtype
):
    with torch.inference_mode(made_inside):
        x = torch.ones(2)
    with torch.inference_mode(inside):
        view = x.view(getattr(torch, dtype))
    assert view.is_inference() == inside
    if inside:
        with pytest.raises(RuntimeError, match="Inplace update to inference tensor"):
            view.zero_()
    else:
        view.zero_()
        assert x.tolist() == [0.0, 0.0] and view._version == 1


@pytest.mark.parametrize("function", [lambda x: x, lambda x: x * 2, lambda x: (x * 2)[:1]])
@pytest.mark.parametrize("made_inside", [False, True])
def test_nothing_is_detached_in_place_inside(torch, made_inside, function):
    with torch.inference_mode(made_inside):
        x = torch.ones(2, requires_grad=True)
        y = function(x)
    before = y.requires_grad, y.grad_fn
    with torch.inference_mode():
        assert y.detach_() is y
    if made_inside:
        assert y.detach_() is y
    assert (y.requires_grad, y.grad_fn) == before
