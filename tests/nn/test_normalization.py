"""Layer normalisation as a module: PyTorch's parameters, printed form, results and refusals."""

import numpy as np
import pytest


@pytest.mark.parametrize(
    ("arguments", "named", "expected"),
    [
        ((3,), {}, "LayerNorm((3,), eps=1e-05, elementwise_affine=True, bias=True)"),
        (([2, 3], 0.5), {}, "LayerNorm((2, 3), eps=0.5, elementwise_affine=True, bias=True)"),
        ((3,), {"bias": False}, "LayerNorm((3,), eps=1e-05, elementwise_affine=True, bias=False)"),
        ((3, 1e-5, False), {},
         "LayerNorm((3,), eps=1e-05, elementwise_affine=False, bias=False)"),
    ],
)  # fmt: skip
def test_what_it_holds_and_how_it_is_printed(torch, printed, arguments, named, expected):
    layer = torch.nn.LayerNorm(*arguments, **named, dtype=torch.float64)
    assert printed(layer) == expected
    shape = tuple(layer.normalized_shape)
    for name, value in (("weight", 1.0), ("bias", 0.0)):
        parameter = getattr(layer, name)
        if parameter is None:
            assert name not in layer.state_dict()
            continue
        assert parameter.equal(torch.full(shape, value, dtype=torch.float64))
        with torch.no_grad():
            parameter.fill_(7.0)
    layer.reset_parameters()
    for name, value in (("weight", 1.0), ("bias", 0.0)):
        assert (getattr(layer, name) is None) or (getattr(layer, name) == value).all()


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", [(5, 3), (3,), (2, 4, 3), (0, 3)])
def test_rows_are_normalised_in_both_modes(torch, training, shape):
    layer = torch.nn.LayerNorm(3, eps=1e-3).train(training)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([1.0, -2.0, 0.5]))
        layer.bias.copy_(torch.tensor([0.0, 1.0, 3.0]))
    numbers = np.random.default_rng(0).normal(2.0, 3.0, shape).astype(np.float32)
    x = torch.tensor(numbers, requires_grad=True)
    out = layer(x)
    centred = numbers - numbers.mean(-1, keepdims=True)
    expected = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-3)
    expected = expected * [1.0, -2.0, 0.5] + [0.0, 1.0, 3.0]
    np.testing.assert_allclose(out.detach().numpy(), expected, atol=1e-5)
    assert out.grad_fn.name() == "NativeLayerNormBackward0"
    out.sum().backward()
    np.testing.assert_allclose(layer.bias.grad, np.full(3, x[..., 0].numel()), rtol=1e-6)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda nn, x: nn.LayerNorm(3)(x), "Given normalized_shape=[3], expected input with shape"
         " [*, 3], but got input of size[2, 4]"),
        (lambda nn, x: nn.LayerNorm(4)(x.double()),
         "mixed dtype (CPU): all inputs must share same datatype."),
        (lambda nn, x: nn.LayerNorm(4).double()(x),
         "mixed dtype (CPU): expect parameter to have scalar type of Float"),
        (lambda nn, x: nn.functional.layer_norm(x, (4,), x[0], x[0].double()),
         "expected scalar type Float but found Double"),
        (lambda nn, x: nn.functional.layer_norm(x[:, :1], (True,)), "found element of type bool"),
        (lambda nn, x: nn.LayerNorm(4, eps="a")(x.long()), "argument 'eps' (position 5) must be"),
        (lambda nn, x: nn.LayerNorm(4, elementwise_affine=False)(x.long()),
         "\"LayerNormKernelImpl\" not implemented for 'Long'"),
        (lambda nn, x: nn.LayerNorm(4, eps="a")(x), "argument 'eps' (position 5) must be float"),
        (lambda nn, x: nn.LayerNorm(-1), "Trying to create tensor with negative dimension -1"),
        (lambda nn, x: nn.LayerNorm(3.0), "'float' object is not iterable"),
        (lambda nn, x: nn.LayerNorm([])(x), "Expected normalized_shape to be at least 1-dim"),
    ],
)  # fmt: skip
def test_what_is_no_row_is_refused(torch, failure, wrong, text):
    assert text in failure(wrong, torch.nn, torch.ones(2, 4))


def test_it_is_found_where_pytorch_has_it(torch):
    assert torch.nn.modules.normalization.LayerNorm is torch.nn.LayerNorm


def test_training_with_it_is_pytorchs():
    import minigrad

    torch = pytest.importorskip("torch")
    losses = []
    for library in (minigrad, torch):
        library.manual_seed(0)
        nn = library.nn
        net = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 1))
        optimizer = library.optim.SGD(net.parameters(), lr=0.1)
        x, y = library.rand(16, 4), library.rand(16, 1)
        losses.append([])
        for _ in range(20):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(net(x), y)
            loss.backward()
            optimizer.step()
            losses[-1].append(loss.item())
    np.testing.assert_allclose(*losses, rtol=1e-5)
