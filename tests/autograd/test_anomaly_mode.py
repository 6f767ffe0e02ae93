"""Anomaly detection names the first kernel, and the line, that gave a value that is not finite."""

import inspect
import threading

import pytest

import minigrad as torch
from minigrad import nn, optim

NAN, INFINITY = float("nan"), float("inf")


@pytest.fixture(autouse=True)
def detection():
    with torch.autograd.set_detect_anomaly(True):
        yield


def leaf(*values):
    return torch.tensor(values, requires_grad=True)


def forward():
    shifted = leaf(1.0, -2.0) + 1
    return shifted.log()  # guilty


def backward():
    root = (leaf(0.0, 4.0) * 1).sqrt()  # guilty
    root.sum().backward()


def module():
    layer = nn.Linear(1, 1)
    layer.weight.data.fill_(3e38)
    hidden = nn.Sequential(layer, nn.ReLU())(torch.full((1, 1), 10.0))  # guilty
    return nn.ReLU()(hidden)


class Scaled(nn.Module):
    def forward(self, input):
        return input / input.sum()  # guilty


def module_of_the_users():
    Scaled()(leaf(1.0, -1.0))


def optimizer():
    weight = leaf(1.0)
    descent = optim.SGD([weight], lr=1e38)
    (weight * 1e30).sum().backward()
    descent.step()  # guilty


def in_place():
    total = torch.full((2,), 1e38)
    total.mul_(100)  # guilty


def double_backward():
    x = leaf(0.0)
    half = x.abs() ** 1.5  # guilty
    (slope,) = torch.autograd.grad(half.sum(), x, create_graph=True)
    slope.sum().backward()


def compiled():
    @torch.compile
    def step(x):
        return (x * 1e38).exp()  # guilty

    for _ in range(3):
        step(torch.ones(2))


def hook():
    x = leaf(1.0)
    x.register_hook(lambda grad: grad / 0)  # guilty
    (x * 1).sum().backward()


def another_thread():
    caught = []

    def work():
        try:
            torch.zeros(1).log()  # guilty
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    raise caught[0]


def infinities_of_the_users_meet():
    mask = torch.full((3,), -INFINITY)
    masked = leaf(1.0, 2.0, 3.0) + mask
    return torch.softmax(masked, 0)  # guilty


GUILTY = {
    forward: "kernel logarithms.log_of_each gave nan at index [1] of operand 'out' of shape [2]",
    backward: "in the gradient of SqrtBackward0, made at",
    module: "kernel linear.forward gave inf at index [0, 0] of operand 'out' of shape [1, 1]",
    module_of_the_users: "kernel of_each.divide gave inf at index [0]",
    optimizer: "kernel sgd.descend gave -inf at index [0] of operand 'param'",
    in_place: "kernel of_each.multiply gave inf",
    double_backward: "in the gradient of PowBackward0, made at",
    compiled: "kernel exponentials.exp_of_each gave inf",
    hook: "kernel of_each.divide gave inf",
    another_thread: "kernel logarithms.log_of_each gave -inf",
    infinities_of_the_users_meet: "infinite were already: x",
}


@pytest.mark.parametrize("script", GUILTY, ids=lambda script: script.__name__)
def test_the_first_kernel_and_its_line_are_named(script):
    with pytest.raises(RuntimeError) as caught:
        script()
    home = Scaled if script is module_of_the_users else script
    lines, first = inspect.getsourcelines(home)
    (guilty,) = [(first + k, line) for k, line in enumerate(lines) if "# guilty" in line]
    message = str(caught.value)
    assert GUILTY[script] in message
    assert f"test_anomaly_mode.py:{guilty[0]}: {guilty[1].strip()}" in message


def test_the_message_tells_what_the_kernel_was_given():
    with pytest.raises(RuntimeError) as caught:
        torch.tensor([[4.0, 2.0]]) / torch.tensor([[1.0, 0.0], [0.0, 2.0]]).T
    assert str(caught.value).splitlines()[:3] == [
        "kernel divide gave inf at index [0, 1] of operand 'out' of shape [2, 2]: the first value "
        "that is not finite; all that it was given was finite",
        "  operand 0: shape [1, 2], from 2.0 to 4.0",
        "  operand 1: shape [2, 2], from 0.0 to 2.0",
    ]


def test_what_was_not_finite_from_the_start_is_passed_on():
    mask = torch.tensor([0.0, -INFINITY])
    x = leaf(1.0, 2.0)
    torch.softmax(x + mask, 0).sum().backward()
    data = torch.tensor([NAN, 1.0])
    torch.stack([data, data * 2]).sum()
    data.masked_fill_(data > 0, INFINITY)
    torch.full((2,), NAN)


def test_nan_in_the_data_is_reported_by_the_first_gradient():
    x = leaf(1.0, 2.0)
    loss = (x * torch.tensor([NAN, 1.0])).sum()
    with pytest.raises(RuntimeError, match="Function 'MulBackward0' returned nan values in its 0"):
        loss.backward()


def test_an_error_in_backward_names_the_operation():
    x = leaf(1.0, 2.0) * 1
    with torch.autograd.set_detect_anomaly(True, check_nan=False):
        (x / 0).sum()
        square = x * x
        x.add_(1)
        with pytest.raises(RuntimeError, match="modified by an inplace operation") as caught:
            square.sum().backward()
    (note,) = caught.value.__notes__
    assert note.startswith("in the gradient of MulBackward0, made at test_anomaly_mode.py:")
    assert note.endswith(": square = x * x")


def test_the_switches(torch):
    enabled = torch.is_anomaly_enabled, torch.is_anomaly_check_nan_enabled
    with torch.autograd.set_detect_anomaly(False):
        assert [each() for each in enabled] == [False, True]
        with pytest.warns(UserWarning, match="Anomaly Detection has been enabled"):
            detection = torch.autograd.detect_anomaly(check_nan=False)
        with detection:
            assert [each() for each in enabled] == [True, False]
        assert [each() for each in enabled] == [False, True]
        torch.autograd.set_detect_anomaly(True, False)
        assert [each() for each in enabled] == [True, False]
        torch.autograd.set_detect_anomaly(False, False)
        assert [each() for each in enabled] == [False, False]
        with torch.autograd.set_detect_anomaly(False):
            assert [each() for each in enabled] == [False, True]
        assert [each() for each in enabled] == [False, False]
        torch.autograd.set_detect_anomaly(False)
        with pytest.raises(TypeError, match="must be bool"):
            torch.autograd.set_detect_anomaly(1)
        assert not enabled[0]()
