"""Sigmoid, tanh, gates and softmax as modules."""

import pytest


def test_printed_forms(torch, printed):
    nn = torch.nn
    modules = {
        "Sigmoid()": nn.Sigmoid(),
        "Tanh()": nn.Tanh(),
        "SiLU()": nn.SiLU(),
        "SiLU(inplace=True)": nn.SiLU(True),
        "GELU(approximate='none')": nn.GELU(),
        "GELU(approximate='tanh')": nn.GELU("tanh"),
        "Softmax(dim=None)": nn.Softmax(),
        "Softmax(dim=1)": nn.Softmax(1),
        "LogSoftmax(dim=-1)": nn.LogSoftmax(-1),
    }
    assert [printed(module) for module in modules.values()] == list(modules)
    assert all(not module.state_dict() for module in modules.values())


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("Sigmoid", (), [0.2689414213699951, 0.5, 0.8807970779778823]),
        ("Tanh", (), [-0.7615941559557649, 0.0, 0.9640275800758169]),
        ("SiLU", (), [-0.2689414213699951, 0.0, 1.7615941559557646]),
        ("GELU", (), [-0.15865525393145707, 0.0, 1.9544997361036416]),
        ("GELU", ("tanh",), [-0.15880800939172324, 0.0, 1.9545976940877752]),
        ("Softmax", (0,), [0.04201006613406605, 0.11419519938459449, 0.8437947344813395]),
        ("LogSoftmax", (0,), [-3.1698460195562856, -2.1698460195562856, -0.16984601955628567]),
    ],
)
def test_values(torch, name, arguments, expected):
    x = torch.tensor([-1.0, 0.0, 2.0], dtype=torch.float64)
    activation = getattr(torch.nn, name)(*arguments)
    assert activation(x).tolist() == pytest.approx(expected, rel=2e-15, abs=1e-300)


def test_in_place_the_input_is_the_output_with_the_same_gradient(torch):
    gradients = []
    for inplace in (False, True):
        x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
        doubled = x * 2
        out = torch.nn.SiLU(inplace)(doubled)
        assert (out is doubled) == inplace
        (out * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
        gradients.append(x.grad.tolist())
    assert gradients[0] == pytest.approx(gradients[1], rel=1e-6)


def test_an_unknown_approximation_is_refused_when_it_is_used(torch, failure):
    gelu = torch.nn.GELU("erf")
    assert failure(gelu, torch.ones(1)) == (
        "RuntimeError: approximate argument must be either none or tanh."
    )


@pytest.mark.parametrize("name", ["Sigmoid", "Tanh", "SiLU", "GELU"])
def test_the_input_is_a_tensor(torch, failure, name):
    assert failure(getattr(torch.nn, name)(), [1.0]) == (
        f"TypeError: {name.lower()}(): argument 'input' (position 1) must be Tensor, not list"
    )
