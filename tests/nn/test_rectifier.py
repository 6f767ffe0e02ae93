"""ReLU and its relatives as modules."""

import pytest


def test_printed_forms(torch, printed):
    nn = torch.nn
    modules = {
        "ReLU()": nn.ReLU(),
        "ReLU(inplace=True)": nn.ReLU(inplace=True),
        "ELU(alpha=1.0)": nn.ELU(),
        "ELU(alpha=0.5, inplace=True)": nn.ELU(0.5, True),
        "ELU(alpha=1)": nn.ELU(1),
        "LeakyReLU(negative_slope=0.01)": nn.LeakyReLU(),
        "LeakyReLU(negative_slope=0.2, inplace=True)": nn.LeakyReLU(0.2, True),
        "SELU()": nn.SELU(),
        "SELU(inplace=True)": nn.SELU(True),
        "Softplus(beta=1.0, threshold=20.0)": nn.Softplus(),
        "Softplus(beta=2, threshold=10)": nn.Softplus(2, threshold=10),
    }
    assert [printed(module) for module in modules.values()] == list(modules)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("ReLU", (), [0.0, 0.0, 2.0]),
        ("ELU", (0.5,), [-0.5 + 0.5 * 2.718281828459045**-1.0, 0.0, 2.0]),
        ("LeakyReLU", (0.25,), [-0.25, 0.0, 2.0]),
        ("SELU", (), [-1.1113307378125625, 0.0, 2.1014019747109609]),
        ("Softplus", (), [0.31326168751822286, 0.6931471805599453, 2.1269280110429727]),
        ("Softplus", (1.0, 1.5), [0.31326168751822286, 0.6931471805599453, 2.0]),
    ],
)
def test_values(torch, name, arguments, expected):
    x = torch.tensor([-1.0, 0.0, 2.0], dtype=torch.float64)
    activation = getattr(torch.nn, name)(*arguments)
    assert activation(x).tolist() == pytest.approx(expected, rel=2e-15, abs=1e-300)


@pytest.mark.parametrize("name", ["ReLU", "ELU", "LeakyReLU", "SELU"])
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
    elu, leaky, softplus = torch.nn.ELU(), torch.nn.LeakyReLU(), torch.nn.Softplus()
    elu.alpha, leaky.negative_slope, softplus.threshold = 2.0, 3.0, -1.0
    x = torch.tensor([-1000.0])
    assert (elu(x).tolist(), leaky(x).tolist()) == ([-2.0], [-3000.0])
    assert softplus(torch.tensor([0.0])).tolist() == [0.0]
