"""The activation functions as modules."""

import pytest


def test_printed_forms(torch, printed):
    nn = torch.nn
    modules = [nn.ReLU(), nn.ReLU(inplace=True), nn.ELU(), nn.ELU(0.5, True), nn.ELU(1)]
    assert [printed(module) for module in [*modules, nn.Sigmoid()]] == [
        "ReLU()",
        "ReLU(inplace=True)",
        "ELU(alpha=1.0)",
        "ELU(alpha=0.5, inplace=True)",
        "ELU(alpha=1)",
        "Sigmoid()",
    ]


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("ReLU", (), [0.0, 0.0, 2.0]),
        ("ELU", (0.5,), [-0.5 + 0.5 * 2.718281828459045**-1.0, 0.0, 2.0]),
        ("Sigmoid", (), [0.2689414213699951, 0.5, 0.8807970779778823]),
    ],
)
def test_values(torch, name, arguments, expected):
    x = torch.tensor([-1.0, 0.0, 2.0], dtype=torch.float64)
    activation = getattr(torch.nn, name)(*arguments)
    assert activation(x).tolist() == pytest.approx(expected, rel=1e-15, abs=1e-300)


@pytest.mark.parametrize("name", ["ReLU", "ELU"])
def test_in_place_the_input_is_the_output_with_the_same_gradient(torch, name):
    gradients = []
    for inplace in (False, True):
        x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
        doubled = x * 2
        out = getattr(torch.nn, name)(inplace=inplace)(doubled)
        assert (out is doubled) == inplace
        (out * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
        gradients.append(x.grad.tolist())
    assert gradients[0] == pytest.approx(gradients[1], rel=1e-6)


def test_attributes_are_read_at_each_call(torch):
    elu = torch.nn.ELU()
    elu.alpha = 2.0
    assert elu(torch.tensor([-1000.0])).tolist() == [-2.0]
