"""What `backward`, `grad` and a tensor's gradient attributes are given, and what they refuse."""

import pytest

import minigrad


@pytest.fixture
def x(torch):
    return torch.tensor([1.0, 2.0], requires_grad=True)


def saved_and_changed(torch, x):
    inside = x * 1
    square = inside * inside
    inside.add_(1)
    square.sum().backward()


def twice(torch, x):
    loss = (x * x).sum()
    loss.backward()
    loss.backward()


def in_int(torch, **more):
    return torch.ones(2, dtype=torch.int64, **more)


DIFFERENTIATED = "RuntimeError: One of the differentiated Tensors "
CAN_REQUIRE = "ensors of floating point and complex dtype can require gradients"
WRONG = {
    "a graph freed": (twice, "RuntimeError: Trying to backward through the graph a second time"),
    "no scalar": (
        lambda torch, x: (x * 2).backward(),
        "RuntimeError: grad can be implicitly created only for scalar outputs",
    ),
    "no graph": (
        lambda torch, x: x.detach().sum().backward(),
        "RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn",
    ),
    "shape": (
        lambda torch, x: (x * 2).backward(torch.ones(3)),
        "RuntimeError: Mismatch in shape: grad_output[0] has a shape of minigrad.Size([3]) and "
        "output[0] has a shape of minigrad.Size([2]).",
    ),
    "saved": (
        saved_and_changed,
        "RuntimeError: one of the variables needed for gradient computation has been modified by "
        "an inplace operation: [minigrad.FloatTensor [2]], which is output 0 of Add, is at "
        "version 1; expected version 0 instead.",
    ),
    "integers": (
        lambda torch, x: in_int(torch, requires_grad=True),
        f"RuntimeError: Only T{CAN_REQUIRE}",
    ),
    "integers later": (
        lambda torch, x: in_int(torch).requires_grad_(),
        "RuntimeError: only Tensors of floating point dtype can require gradients",
    ),
    "integers assigned": (
        lambda torch, x: setattr(in_int(torch), "requires_grad", True),
        f"RuntimeError: only T{CAN_REQUIRE}",
    ),
    "no bool": (
        lambda torch, x: x.requires_grad_(1),
        "TypeError: requires_grad_(): argument 'requires_grad' (position 1) must be bool, not int",
    ),
    "no leaf": (
        lambda torch, x: (x * 2).requires_grad_(False),
        "RuntimeError: you can only change requires_grad flags of leaf variables.",
    ),
    "no leaf, assigned": (
        lambda torch, x: setattr(x * 2, "requires_grad", True),
        "RuntimeError: you can only change requires_grad flags of leaf variables.",
    ),
    "its own gradient": (
        lambda torch, x: setattr(x, "grad", x),
        "RuntimeError: can't assign Variable as its own grad",
    ),
    "size of a gradient": (
        lambda torch, x: setattr(x, "grad", torch.ones(3)),
        "RuntimeError: attempting to assign a gradient of size '[3]' to a tensor of size '[2]'.",
    ),
    "dtype of a gradient": (
        lambda torch, x: setattr(x, "grad", torch.ones(2).double()),
        "RuntimeError: attempting to assign a gradient with dtype 'double' to a tensor with",
    ),
    "gradient no tensor": (
        lambda torch, x: setattr(x, "grad", 3),
        "TypeError: assigned grad expected to be a Tensor or None but got grad of type",
    ),
    "a leaf in place": (
        lambda torch, x: x.add_(1),
        "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.",
    ),
    "output no tensor": (
        lambda torch, x: torch.autograd.grad([3], [x]),
        "AssertionError: Expected output to be a minigrad.Tensor",
    ),
    "input no tensor": (
        lambda torch, x: torch.autograd.grad(x.sum(), [3]),
        "RuntimeError: all inputs have to be Tensors",
    ),
    "gradient no number": (
        lambda torch, x: torch.autograd.grad(x, x, [3]),
        "TypeError: gradients can be either Tensors or None, but got int",
    ),
    "gradients no tensors": (
        lambda torch, x: (x * 2).backward([1.0, 2.0]),
        "TypeError: gradients can be either Tensors or None, but got float",
    ),
    "too few gradients": (
        lambda torch, x: torch.autograd.backward([x, x], [torch.ones(2)]),
        "RuntimeError: got 2 tensors and 1 gradients",
    ),
    "no inputs": (
        lambda torch, x: torch.autograd.grad(x.sum(), []),
        "RuntimeError: `inputs` argument to `grad()` cannot be empty.",
    ),
    "inputs of backward": (
        lambda torch, x: x.sum().backward(inputs=[]),
        "RuntimeError: `inputs` argument to `backward()` cannot be empty.",
    ),
    "input without": (
        lambda torch, x: torch.autograd.grad(x.sum(), [torch.ones(1)]),
        f"{DIFFERENTIATED}does not require grad",
    ),
    "input not used": (
        lambda torch, x: torch.autograd.grad(x.sum(), [x, (x * 2)]),
        "RuntimeError: The differentiated Tensor at index 1 appears to not have been used in the "
        "graph. Set allow_unused=True if this is the desired behavior.",
    ),
    "both": (
        lambda torch, x: torch.autograd.grad(
            x.sum(), [x], allow_unused=False, materialize_grads=True
        ),
        "ValueError: Expected allow_unused to be True or not passed when materialize_grads=True,",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_every_error_has_its_own_text(torch, x, wrong, failure):
    act, text = WRONG[wrong]
    said = failure(act, torch, x)
    # Of the dtype that a gradient is to have PyTorch speaks as an attribute of its own.
    assert said.replace("grad_dtype 'F", "dtype 'F").startswith(text)


@pytest.mark.parametrize("wrong", ["yes", 1.5])
@pytest.mark.parametrize("switch", ["retain_graph", "create_graph", "allow_unused"])
def test_switches_are_truth_values(torch, x, switch, wrong):
    calls = [torch.autograd.backward, lambda y, **how: torch.autograd.grad(y, x, **how)]
    for call in calls[switch == "allow_unused" :]:
        with pytest.raises(TypeError, match="interpreted as an integer"):
            call(x.sum(), **{switch: wrong})
    assert x.grad is None


def test_more_gradients_than_outputs_are_ignored(torch, x):
    (gradient,) = torch.autograd.grad(x * 3, x, [torch.ones(2), "nothing"])
    assert gradient.tolist() == [3.0, 3.0]
    torch.autograd.backward((x * 3).sum(), (None, torch.ones(5)))
    assert x.grad.tolist() == [3.0, 3.0]


def test_zeros_for_what_is_not_used_can_be_differentiated(torch, x):
    unused = torch.ones(1, requires_grad=True)
    for create_graph in (False, True):
        found = torch.autograd.grad(
            x.sum(), [x, unused], materialize_grads=True, create_graph=create_graph
        )
        assert found[1].tolist() == [0.0] and found[1].requires_grad is create_graph


def test_a_graph_of_gradients_in_grad_is_warned_of():
    """At each call, where PyTorch warns of the first alone."""
    x = minigrad.tensor([1.0, 2.0], requires_grad=True)
    with pytest.warns(UserWarning, match="will create a reference cycle between the parameter"):
        (x**3).sum().backward(create_graph=True)
    assert x.grad.requires_grad


def test_former_names(torch, x):
    with pytest.warns(FutureWarning, match="`grad_variables` is deprecated"):
        torch.autograd.backward(x * 2, grad_variables=torch.ones(2))
    with pytest.warns(FutureWarning, match="only_inputs argument is deprecated"):
        torch.autograd.grad(x.sum(), x, only_inputs=False)
    del x.grad
    assert x.grad is None
