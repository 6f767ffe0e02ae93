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
    lambda torch, x, y: torch.tensor(x.numpy()),
    lambda torch, x, y: 2**x,
    lambda torch, x, y: 2 ** x.long(),
    lambda torch, x, y: x.to(torch.float64, memory_format=torch.contiguous_format),
    lambda torch, x, y: x.long(memory_format=torch.contiguous_format),
    lambda torch, x, y: x.sort(0).values,
    lambda torch, x, y: x.sort(descending=True).indices,
    lambda torch, x, y: x.argsort(),
    lambda torch, x, y: x.msort(),
    lambda torch, x, y: x.flip(-1),
    lambda torch, x, y: x[True],
    lambda torch, x, y: x[..., torch.tensor([[0, 0], [0, 0]])],
    lambda torch, x, y: x[None, :, None][torch.tensor([0, 0, 0]), :, torch.tensor([0])],
    lambda torch, x, y: x[None, torch.tensor([0, 0])],
    lambda torch, x, y: x[torch.zeros(2, 3, dtype=torch.int64).t()],
    lambda torch, x, y: x[..., torch.zeros(3, 1, 2, dtype=torch.int64).transpose(0, 2)],
    lambda torch, x, y: x[None, None][torch.zeros(2, 3).long().t(), torch.zeros(1, 2).long()],
    lambda torch, x, y: x[None, :, None][torch.zeros(2, 2).long().t(), :, torch.tensor([0, 0])],
    lambda torch, x, y: x[torch.ones(x.shape[0]).bool(), None, ...],
    lambda torch, x, y: x.index_select(-1, torch.tensor([0, 0])),
    lambda torch, x, y: x.unique(dim=-1),
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
    lambda torch, x, y: torch.nn.functional.huber_loss(x, y.double(), reduction="none"),
    lambda torch, x, y: torch.nn.functional.smooth_l1_loss(x, y, reduction="none"),
    lambda torch, x, y: torch.nn.functional.binary_cross_entropy(
        x / 1000, torch.maximum(y, x) / 1000, weight=y, reduction="none"
    ),
    lambda torch, x, y: torch.nn.functional.binary_cross_entropy_with_logits(
        x, torch.maximum(y, x), reduction="none"
    ),
    lambda torch, x, y: torch.cat([x, x[..., :1]], -1),
    lambda torch, x, y: torch.cat([x[:, None, None], x.double()[:, None, None]]),
    lambda torch, x, y: torch.cat([x, x.contiguous()]),
    lambda torch, x, y: torch.cat([torch.zeros(0), x]),
    lambda torch, x, y: torch.stack([x, x, x]),
    lambda torch, x, y: torch.stack([x, x, x], -1),
    lambda torch, x, y: torch.hstack([x, x]),
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


def test_images_whose_channels_lie_beside_each_other_are_joined_so(torch):
    images = torch.arange(120.0).view(2, 4, 5, 3).permute(0, 3, 1, 2)  # (N, C, H, W)
    for result in (torch.cat([images, images]), torch.stack([images, images])[0]):
        assert result.stride() == images.stride() == (60, 1, 15, 3)
        assert result[0, :, 0, 0].tolist() == [0.0, 1.0, 2.0]
    assert torch.cat([images, images.contiguous()]).stride() == (60, 20, 5, 1)
    volumes = torch.zeros(2, 4, 5, 6, 3).permute(0, 4, 1, 2, 3)
    assert torch.cat([volumes, volumes], 1).stride() == (720, 1, 180, 36, 6)


def test_steps_along_one_element_count_where_another_has_more(torch):
    x = torch.tensor([[[-1.0], [2.0]]])
    turned = x.permute(1, 2, 0)  # (2, 1, 1), each a step of its own
    for result in (turned + x, x * turned, torch.sub(turned, x, alpha=3.0)):
        assert result.stride() == (1, 2, 4)


@pytest.mark.filterwarnings("ignore:Using backward:UserWarning")
@pytest.mark.parametrize(
    "leaf",
    [
        lambda x: x.t(),
        lambda x: x.view(2, 3, 2).permute(1, 2, 0),
        lambda x: x[:, ::2].t(),
        lambda x: x.t()[1:],
        lambda x: x[:1].expand(2, 6),
    ],
)
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("function", [lambda p: p.sum(), lambda p: p.relu().square().sum()])
def test_gradients_lie_as_the_leaf_if_that_has_no_gaps(leaf, create_graph, function):
    torch = pytest.importorskip("torch")
    found = []
    for library in (minigrad, torch):
        x = leaf(library.arange(12.0).view(2, 6)).requires_grad_()
        for _ in range(2):
            function(x).backward(create_graph=create_graph)
            found.append((x.grad.stride(), x.grad.storage_offset(), x.grad.tolist()))
            if not create_graph:
                x.grad.detach_()
    assert found[:2] == found[2:]


@pytest.mark.parametrize("name", ["Adam", "AdamW", "SGD", "RMSprop", "Adagrad"])
def test_state_of_optimisers_lies_as_the_parameter(torch, name):
    settings = {"momentum": 0.9} if name in ("SGD", "RMSprop") else {}
    turned, straight = (torch.arange(6.0).view(2, 3).t() for _ in range(2))
    params = [turned.requires_grad_(), straight.contiguous().requires_grad_()]
    optimizer = getattr(torch.optim, name)(params, lr=0.1, **settings)
    for k in range(4):
        if k == 2:  # the state lies otherwise from here on
            params[0].data = params[0].data.contiguous()
        optimizer.zero_grad()
        sum((p**3).sum() for p in params).backward()
        optimizer.step()
        kept = [value for value in optimizer.state[params[0]].values() if value.dim() == 2]
        assert kept and all(value.stride() == (1, 3) for value in kept)
    assert params[0].tolist() == params[1].tolist()


def test_a_replayed_step_gives_gradients_that_lie_as_eager_ones():
    weight = minigrad.arange(6.0).view(2, 3).t().requires_grad_()
    optimizer = minigrad.optim.Adam([weight], lr=0.1)

    def step(x):
        optimizer.zero_grad()
        loss = (x @ weight).relu().sum()
        loss.backward()
        optimizer.step()
        return loss

    compiled = minigrad.compile(step, verify=3)
    for k in range(5):
        compiled(minigrad.full((4, 3), float(k)))
        assert weight.grad.stride() == (1, 3)
    assert "runs eagerly" not in repr(compiled.program)


def test_gradients_of_what_is_transposed(torch):
    x = torch.arange(6.0).view(2, 3).requires_grad_()
    weight = torch.arange(6.0).view(3, 2)
    (torch.relu(x.t() - 2) * weight).sum().backward()
    assert x.grad.tolist() == [[0.0, 0.0, 0.0], [1.0, 3.0, 5.0]]
    assert x.grad.is_contiguous()
