"""Which forms in place are there, as methods and as functions?"""

import pytest

import minigrad


def test_every_function_that_pytorch_has_in_place_has_a_form_in_place():
    torch = pytest.importorskip("torch")
    names = {*minigrad.functions.exports.__all__, *dir(minigrad.Tensor)}
    missing = [
        name
        for name in sorted(names)
        if hasattr(torch.Tensor, f"{name}_") and not hasattr(minigrad.Tensor, f"{name}_")
        if not name.startswith("_")
    ]
    assert missing == []


def test_every_method_in_place_that_pytorch_has_as_a_function_is_one():
    torch = pytest.importorskip("torch")
    methods = [name for name in dir(minigrad.Tensor) if name.endswith("_") and name[0] != "_"]
    wanted = [name for name in methods if hasattr(torch, name)]
    assert sorted(minigrad.functions.exports.in_place.__all__) == wanted
    activations = [f"{name}_" for name in minigrad.nn.functional.__all__]
    wanted = [name for name in activations if hasattr(torch.nn.functional, name)]
    assert [name for name in wanted if not hasattr(minigrad.nn.functional, name)] == []


@pytest.mark.parametrize(
    "call",
    [
        lambda t, x: t.abs_(x),
        lambda t, x: t.clamp_(x, 0, max=1),
        lambda t, x: t.round_(input=x, decimals=1),
        lambda t, x: t.fill_(x, 3),
        lambda t, x: t.nn.functional.elu_(x, 0.5),
        lambda t, x: t.nn.functional.leaky_relu_(x, negative_slope=0.5),
        lambda t, x: t.nn.functional.relu_(x),
        lambda t, x: t.nn.functional.selu_(input=x),
    ],
)
def test_a_function_in_place_changes_and_returns_its_input(torch, call):
    leaf = torch.tensor([-1.25, 0.5, 2.0], requires_grad=True)
    x = leaf * 1
    assert call(torch, x) is x and x._version == 1
    for wrong in ([1.0], leaf):
        with pytest.raises((TypeError, RuntimeError)):
            call(torch, wrong)
