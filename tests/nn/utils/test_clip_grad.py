"""How are gradients kept from getting too large?"""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.nn.utils import clip_grad_norm_, clip_grad_value_

ORDERS = [2, 2.0, 1, 0, 3, 2.5, -1, "inf", math.inf, -math.inf]
numbers = st.one_of(
    st.floats(-1e3, 1e3, width=32), st.sampled_from([0.0, math.inf, -math.inf, math.nan])
)
gradients = st.lists(
    st.tuples(st.sampled_from(["float32", "float64"]), st.lists(numbers, min_size=1, max_size=5)),
    min_size=1,
    max_size=4,
)


def parameters(torch, *gradients):
    """Parameters with these gradients, each a list of numbers or a pair of a dtype and such."""
    made = []
    for each in gradients:
        dtype, values = each if isinstance(each, tuple) else ("float32", each)
        parameter = torch.nn.Parameter(torch.zeros(len(values), dtype=getattr(torch, dtype)))
        parameter.grad = torch.tensor(values, dtype=parameter.dtype)
        made.append(parameter)
    return [*made, torch.nn.Parameter(torch.zeros(2))]


def compare(results):
    (norm, clipped), (their_norm, their_clipped) = results
    assert str(norm.dtype).replace("minigrad", "torch") == str(their_norm.dtype)
    np.testing.assert_allclose(norm.numpy(), their_norm.numpy(), rtol=1.3e-6, atol=1e-5)
    for ours, theirs in zip(clipped[:-1], their_clipped[:-1], strict=True):
        np.testing.assert_allclose(
            ours.grad.numpy(), theirs.grad.numpy(), rtol=2e-6, atol=1e-5, equal_nan=True
        )
    assert clipped[-1].grad is their_clipped[-1].grad is None


@given(gradients, st.sampled_from(ORDERS), st.floats(0, 100))
def test_norms_and_shortened_gradients_are_pytorchs(gradients, order, max_norm):
    results = []
    for torch in (minigrad, pytest.importorskip("torch")):
        given = parameters(torch, *gradients)
        results.append((torch.nn.utils.clip_grad_norm_(given, max_norm, order), given))
    compare(results)


@given(gradients, st.sampled_from([0.5, 100, -0.5, 0, "0.25", math.nan]))
def test_limited_gradients_are_pytorchs(gradients, bound):
    limited = []
    for torch in (minigrad, pytest.importorskip("torch")):
        given = parameters(torch, *gradients)
        assert torch.nn.utils.clip_grad_value_(given, bound) is None
        limited.append([repr(each.grad.tolist()) for each in given[:-1]])
    assert limited[0] == limited[1]


def test_a_norm_below_the_largest_leaves_gradients_as_they_are(torch):
    given = parameters(torch, [3.0, 0.0], [4.0])
    norm = torch.nn.utils.clip_grad_norm_(given, 6.0)
    assert norm.tolist() == 5.0 and norm.shape == () and not norm.requires_grad
    assert [each.grad.tolist() for each in given[:-1]] == [[3.0, 0.0], [4.0]]


def test_one_parameter_a_generator_and_both_steps_apart_do_the_same(torch):
    utils = torch.nn.utils
    expected = pytest.approx([0.6, 0.8])
    one, _ = parameters(torch, [3.0, 4.0])
    utils.clip_grad_norm_(one, 1.0, foreach=True)
    assert one.grad.tolist() == expected
    one.grad = torch.tensor([3.0, 4.0])
    utils.clip_grad_norm_((each for each in [one]), 1.0)
    assert one.grad.tolist() == expected
    one.grad = torch.tensor([3.0, 4.0])
    norm = utils.get_total_norm(one.grad)
    assert norm.item() == 5.0
    utils.clip_grads_with_norm_([one], 1.0, norm)
    assert one.grad.tolist() == expected


def test_gradients_may_lie_in_memory_in_any_order(torch):
    weight = torch.zeros(2, 3, requires_grad=True)
    weight.grad = torch.tensor([[0.0, 3.0], [0.0, 0.0], [4.0, 0.0]]).transpose(0, 1)
    kept, version = weight.grad, weight.grad._version
    torch.nn.utils.clip_grad_norm_(weight, 1.0)
    assert kept is weight.grad and kept._version > version
    assert kept.flatten().tolist() == pytest.approx([0.0, 0.0, 0.8, 0.6, 0.0, 0.0])
    torch.nn.utils.clip_grad_value_(weight, 0.7)
    assert kept.flatten().tolist() == pytest.approx([0.0, 0.0, 0.7, 0.6, 0.0, 0.0])


def test_without_gradients_the_norm_is_zero(torch):
    assert torch.nn.utils.clip_grad_norm_([], 1.0).item() == 0.0
    assert torch.nn.utils.clip_grad_norm_([torch.zeros(2, requires_grad=True)], 1.0).item() == 0.0
    with pytest.warns(UserWarning, match="empty generator, no gradient clipping will occur"):
        torch.nn.utils.clip_grad_norm_((each for each in []), 1.0)


@pytest.mark.parametrize("values", [[math.inf, 1.0], [math.nan]])
def test_an_infinite_norm_is_an_error_if_asked_for(torch, failure, values):
    given = parameters(torch, values, [2.0])
    assert failure(torch.nn.utils.clip_grad_norm_, given, 1.0, error_if_nonfinite=True) == (
        "RuntimeError: The total norm of order 2.0 for gradients from `parameters` is non-finite, "
        "so it cannot be clipped. To disable this error and scale the gradients by the non-finite "
        "norm anyway, set `error_if_nonfinite=False`"
    )
    assert given[1].grad.tolist() == [2.0]


def empty_gradient(torch):
    return parameters(torch, [])[:1]


ERRORS = [
    (lambda torch, utils: utils.clip_grad_norm_(empty_gradient(torch), 1.0, -1),
     "RuntimeError: linalg.vector_norm cannot compute the -1 norm on an empty tensor because the "
     "operation does not have an identity"),
    (lambda torch, utils: utils.clip_grad_norm_(parameters(torch, [1.0]), 1.0, "x"),
     "ValueError: could not convert string to float: 'x'"),
    (lambda torch, utils: utils.clip_grads_with_norm_(
        parameters(torch, [1.0]), 1.0, torch.zeros(1, 2)),
     "RuntimeError: scalar tensor expected to be 0 dim but it has 2 dimensions and 2 elements."),
    (lambda torch, utils: utils.clip_grad_norm_([3], 1.0),
     "AttributeError: 'int' object has no attribute 'grad'"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "message"), ERRORS)
def test_what_cannot_be_measured(torch, failure, action, message):
    assert failure(action, torch, torch.nn.utils) == message


REFUSED = [
    (lambda torch, utils: utils.clip_grad_value_([], 1.0), RuntimeError),
    (lambda torch, utils: utils.clip_grads_with_norm_(parameters(torch, [1.0]), 1.0, 3.0),
     TypeError),
    (lambda torch, utils: utils.clip_grad_norm_(empty_gradient(torch), 1.0, "inf"), RuntimeError),
]  # fmt: skip


@pytest.mark.parametrize(("action", "kind"), REFUSED)
def test_what_is_refused_in_words_of_its_own(torch, action, kind):
    with pytest.raises(kind):
        action(torch, torch.nn.utils)


@pytest.mark.parametrize("dtype", ["int64", "uint8", "bool"])
def test_gradients_without_fractions_are_refused_and_stay_as_they_are(torch, dtype):
    dtype = getattr(torch, dtype)
    parameter = torch.nn.Parameter(torch.ones(2, dtype=dtype), requires_grad=False)
    parameter.grad = torch.tensor([9, 0]).to(dtype)
    before = parameter.grad.clone()
    clips = [
        lambda: torch.nn.utils.clip_grad_value_(parameter, 1),
        lambda: torch.nn.utils.clip_grads_with_norm_(parameter, 1.0, torch.tensor(3.0)),
    ]
    for clip in clips:
        with pytest.raises(RuntimeError, match="result type Float can't be cast"):
            clip()
        assert torch.equal(parameter.grad, before)


def test_elements_in_the_same_memory_are_not_written_to(torch):
    weight = torch.zeros(2, 2, requires_grad=True)
    weight.grad = torch.ones(1, 2).expand(2, 2)
    for clip in (torch.nn.utils.clip_grad_norm_, torch.nn.utils.clip_grad_value_):
        with pytest.raises(RuntimeError, match="refers to a single memory location"):
            clip([weight], 1.0)


def trained(compiled, clip):
    """What some steps with clipping return, and the parameters after them."""
    minigrad.manual_seed(0)
    net = minigrad.nn.Sequential(minigrad.nn.Linear(3, 4), minigrad.nn.ELU())
    optimizer = minigrad.optim.SGD(net.parameters(), lr=0.1)

    def step(x):
        optimizer.zero_grad()
        loss = (net(x) * 3).sum()
        loss.backward()
        norm = clip(net)
        optimizer.step()
        return loss, norm

    run = minigrad.compile(step) if compiled else step
    seen = [run(minigrad.ones(5, 3) * k) for k in range(6)]
    values = [each.detach().numpy().tobytes() for each in net.parameters()]
    return [[each.item() for each in pair if each is not None] for pair in seen], values, run


CLIPS = {
    "norm": lambda net: clip_grad_norm_(net.parameters(), 0.5),
    "checked norm": lambda net: clip_grad_norm_(net.parameters(), 0.5, 1, error_if_nonfinite=True),
    "largest": lambda net: clip_grad_norm_(net.parameters(), 0.5, math.inf),
    "value": lambda net: clip_grad_value_(net.parameters(), 0.5),
}


@pytest.mark.parametrize("clip", CLIPS.values(), ids=CLIPS)
def test_a_compiled_step_clips_to_the_bit_as_an_eager_one(clip):
    eager, compiled = trained(False, clip), trained(True, clip)
    assert eager[:2] == compiled[:2]
    assert "runs eagerly" not in str(compiled[2].program)


def test_clipping_is_native_in_a_compiled_step():
    text = str(trained(True, CLIPS["norm"])[2].program)
    assert "total_norm.measure" in text and "clip_grad.shorten" in text


def test_a_replay_raises_what_an_eager_step_raises():
    weight = minigrad.ones(2, requires_grad=True)

    def step(x):
        weight.grad = None
        (weight * x).sum().backward()
        return clip_grad_norm_(weight, 1.0, error_if_nonfinite=True)

    compiled = minigrad.compile(step)
    for _ in range(3):
        compiled(minigrad.ones(2))
    with pytest.raises(RuntimeError, match=r"total norm of order 2\.0 .* is non-finite"):
        compiled(minigrad.tensor([math.inf, 1.0]))
    assert weight.grad.tolist() == [math.inf, 1.0]
