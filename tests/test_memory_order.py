"""In which order do the dimensions of elementwise results lie in memory?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad

CALLS = [
    lambda torch, x, y: x + y,
    lambda torch, x, y: 2 / x,
    lambda torch, x, y: x**2,
    lambda torch, x, y: x > y,
    lambda torch, x, y: x.exp(),
    lambda torch, x, y: x.round(decimals=1),
    lambda torch, x, y: x.double(),
    lambda torch, x, y: x.clone(),
    lambda torch, x, y: x.contiguous(),
    lambda torch, x, y: x.clone(memory_format=torch.contiguous_format),
    lambda torch, x, y: torch.where(x > 0, x, y),
    lambda torch, x, y: torch.maximum(x, y),
    lambda torch, x, y: torch.zeros_like(x),
    lambda torch, x, y: torch.relu(x),
    lambda torch, x, y: torch.sigmoid(x),
    lambda torch, x, y: torch.nn.functional.elu(x),
    lambda torch, x, y: torch.nn.functional.gelu(x),
    lambda torch, x, y: torch.nn.functional.dropout(x, 0.5),
    lambda torch, x, y: x.softmax(0),
    lambda torch, x, y: x.cumsum(0),
    lambda torch, x, y: x.masked_fill(y > 2, 1.0),
    lambda torch, x, y: torch.nn.functional.mse_loss(x, y, reduction="none"),
    lambda torch, x, y: torch.nn.functional.l1_loss(x, y, reduction="none"),
    lambda torch, x, y: torch.nn.functional.huber_loss(x, y, reduction="none"),
    lambda torch, x, y: torch.nn.functional.smooth_l1_loss(x, y, reduction="none"),
    lambda torch, x, y: torch.nn.functional.binary_cross_entropy(
        x / 1000, torch.maximum(y, x) / 1000, weight=y, reduction="none"
    ),
    lambda torch, x, y: torch.nn.functional.binary_cross_entropy_with_logits(
        x, torch.maximum(y, x), reduction="none"
    ),
]


@st.composite
def laid_out(draw, shape):
    """An array of a shape whose dimensions lie in memory in any order, sometimes with gaps."""
    order = draw(st.permutations(range(len(shape))))
    gap = draw(st.sampled_from([1, 1, 2]))
    memory = np.zeros([shape[axis] for axis in order[:-1]] + [gap * shape[order[-1]]], np.float32)
    memory[...] = np.arange(memory.size).reshape(memory.shape)
    return memory[..., ::gap].transpose(np.argsort(order))


@st.composite
def pairs(draw):
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    other = [draw(st.sampled_from([n, n, n, 1])) for n in shape]
    return draw(laid_out(shape)), draw(laid_out(other))


def steps(result):
    """The strides of the dimensions that have more than one element."""
    return [
        step for step, size in zip(result.stride(), tuple(result.shape), strict=True) if size > 1
    ]


@pytest.mark.filterwarnings("ignore:Using a target size:UserWarning")
@pytest.mark.parametrize("call", CALLS)
@given(given=pairs())
def test_it_is_pytorchs(call, given):
    torch = pytest.importorskip("torch")
    mine = call(minigrad, *map(minigrad.from_numpy, given))
    theirs = call(torch, *map(torch.from_numpy, given))
    assert steps(mine) == steps(theirs)


def test_what_is_transposed_stays_so(torch):
    x = torch.arange(6.0).view(2, 3).t()
    losses = torch.nn.functional.mse_loss(x, torch.zeros(3, 2), reduction="none")
    for result in (x * 2, x.clone(), torch.relu(x), losses):
        assert result.t().view(6).tolist() == list(result.t().reshape(6).tolist())
        with pytest.raises(RuntimeError, match="view size is not compatible"):
            result.view(6)
    for result in (x.contiguous(), x.masked_fill(x > 9, 1.0)):
        assert result.view(6).tolist() == [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]


def test_gradients_of_what_is_transposed(torch):
    x = torch.arange(6.0).view(2, 3).requires_grad_()
    weight = torch.arange(6.0).view(3, 2)
    (torch.relu(x.t() - 2) * weight).sum().backward()
    assert x.grad.tolist() == [[0.0, 0.0, 0.0], [1.0, 3.0, 5.0]]
    assert x.grad.is_contiguous()
