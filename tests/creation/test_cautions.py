"""What PyTorch warns of where data becomes a tensor, and a tensor a number; with our words."""

import math
import warnings

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def always(torch):
    """PyTorch gives some of its warnings once in a process, unless it is told otherwise."""
    if torch.__name__ == "torch":
        torch.set_warn_always(True)
    yield
    if torch.__name__ == "torch":
        torch.set_warn_always(False)


def read_only():
    array = np.ones(2)
    array.flags.writeable = False
    return array


COPY = "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone()"
SLOW = "Creating a tensor from a list of numpy.ndarrays is extremely slow."
UNWRITABLE = "The given NumPy array is not writable, and "
LOST = "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior."


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda t, x: t.tensor(x), COPY),
        (lambda t, x: t.tensor(x.detach(), dtype=t.float64), COPY),
        (lambda t, x: x.new_tensor(x), COPY),
        (lambda t, x: t.tensor([np.ones(2)]), SLOW),
        (lambda t, x: t.as_tensor(([np.ones(2)],)), SLOW),
        (lambda t, x: t.tensor([1.0, np.ones(())]), SLOW),
        (lambda t, x: x.new_tensor([np.ones(2)]), SLOW),
        (lambda t, x: t.from_numpy(read_only()), UNWRITABLE),
        (lambda t, x: t.as_tensor(read_only(), dtype=t.float32), UNWRITABLE),
        (lambda t, x: t.as_tensor(np.broadcast_to(np.ones(3), (2, 3))), UNWRITABLE),
        (lambda t, x: t.Tensor(np.broadcast_to(np.float32(1), 3)), UNWRITABLE),
        (lambda t, x: t.Tensor([np.ones(2)]), SLOW),
        (lambda t, x: t.Tensor([x]), LOST),
        (lambda t, x: float(x), LOST),
        (lambda t, x: complex(x), LOST),
        (lambda t, x: math.sqrt(x), LOST),
        (lambda t, x: t.tensor([x, 2.0]), LOST),
        (lambda t, x: t.as_tensor([x * 2]), LOST),
    ],
)
def test_warned_of(torch, call, text):
    x = torch.ones((), requires_grad=True)
    with pytest.warns(UserWarning) as caught:
        call(torch, x)
    assert {str(each.message)[: len(text)] for each in caught} == {text}


@pytest.mark.parametrize(
    "call",
    [
        lambda t, x: t.as_tensor(x),
        lambda t, x: t.tensor([x.detach()]),
        lambda t, x: t.tensor(read_only()),
        lambda t, x: t.tensor(np.ones((2, 2))),
        lambda t, x: t.tensor([1.0, np.float64(2)]),
        lambda t, x: x.new_tensor(np.ones(2)),
        lambda t, x: (int(x), bool(x), x.item(), f"{x:.1f}", float(x.detach())),
    ],
)
def test_not_warned_of(torch, call):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        call(torch, torch.ones((), requires_grad=True))


def test_the_line_is_the_users(torch):
    x = torch.ones((), requires_grad=True)
    with pytest.warns(UserWarning) as caught:
        torch.tensor(x)
        x.new_tensor(x)
        torch.from_numpy(read_only())
        torch.as_tensor(read_only())
        torch.tensor([np.ones(2)])
        torch.tensor([x])
        torch.as_tensor([x])
        torch.Tensor([np.ones(2)])
        float(x)
        torch.ones(3).T  # noqa: B018
    assert len(caught) == 10 and {each.filename for each in caught} == {__file__}
