"""What marks a tensor as a parameter or a buffer of a module?"""

import copy
import pickle

import numpy as np
import pytest


def test_a_parameter_says_that_it_is_one(torch, printed):
    values = torch.tensor([1.0, 2.5])
    assert printed(torch.nn.Parameter(values)) == (
        "Parameter containing:\ntensor([1.0000, 2.5000], requires_grad=True)"
    )
    assert printed(torch.nn.Parameter(values, requires_grad=False)) == (
        "Parameter containing:\ntensor([1.0000, 2.5000])"
    )
    assert printed(torch.nn.Parameter(torch.tensor([1]), False)) == (
        "Parameter containing:\ntensor([1])"
    )
    assert printed(torch.nn.Parameter()) == (
        "Parameter containing:\ntensor([], requires_grad=True)"
    )


def test_a_parameter_is_a_leaf_that_shares_memory_and_version_with_its_data(torch):
    source = torch.zeros(2, requires_grad=True) * 2
    parameter = torch.nn.Parameter(source)
    assert parameter.is_leaf and parameter.requires_grad
    with torch.no_grad():
        parameter.add_(1)
    assert source.tolist() == [1.0, 1.0]
    assert source._version == parameter._version == 1


def test_what_is_computed_from_a_parameter_is_a_plain_tensor(torch):
    parameter = torch.nn.Parameter(torch.zeros(2))
    for derived in (parameter + 1, parameter.data, parameter.detach(), parameter.clone()):
        assert type(derived) is torch.Tensor


def test_a_buffer_of_what_has_a_gradient_is_a_leaf_that_has_one(torch):
    given = torch.ones(2, requires_grad=True)
    for buffer in (torch.nn.Buffer(given), torch.nn.Buffer(given * 2)):
        assert buffer.requires_grad and buffer.is_leaf
    module = torch.nn.Module()
    module.total = torch.nn.Buffer(given)
    (module.total * 3).sum().backward()
    assert module.total.grad.tolist() == [3.0, 3.0] and given.grad is None
    assert not module.state_dict()["total"].requires_grad


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda p: pickle.loads(pickle.dumps(p))])
def test_a_copy_of_a_parameter_is_a_parameter_of_its_own(torch, copied):
    parameter = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    twin = copied(parameter)
    assert type(twin) is torch.nn.Parameter and twin.requires_grad
    with torch.no_grad():
        twin.zero_()
    assert parameter.tolist() == [1.0, 2.0]


def test_a_copy_leaves_the_gradient_behind(torch):
    net = torch.nn.Linear(2, 1)
    net(torch.ones(1, 2)).sum().backward()
    twin = copy.deepcopy(net)
    assert twin.weight.grad is None and net.weight.grad is not None
    plain = torch.ones(2, requires_grad=True)
    plain.grad = torch.ones(2)
    assert copy.deepcopy(plain).grad.tolist() == [1.0, 1.0]


def test_parameters_can_be_tagged(torch):
    net = torch.nn.Linear(2, 2)
    net.weight.decay = False
    net.double().load_state_dict(net.state_dict())
    assert [getattr(each, "decay", True) for each in net.parameters()] == [False, True]
    assert pickle.loads(pickle.dumps(net)).weight.decay is False
    assert copy.copy(net.weight).decay is False
    assert vars(copy.deepcopy(net.weight)) == {}  # only of other tensors a deep copy keeps them
    for derived in (net.weight + 1, net.weight.data, net.weight.detach(), net.weight.clone()):
        assert vars(derived) == {}


def test_integers_cannot_be_trained(torch, failure):
    assert failure(torch.nn.Parameter, torch.tensor([1])) == (
        "RuntimeError: Only Tensors of floating point and complex dtype can require gradients"
    )


def test_a_parameter_is_not_formatted_as_the_number_that_it_holds(torch, failure):
    scale = torch.nn.Parameter(torch.tensor(0.5))
    assert f"{scale}" == str(scale) and f"{scale.data:.2f} {scale * 2:.2f}" == "0.50 1.00"
    assert failure(format, scale, ".2f") == (
        "TypeError: unsupported format string passed to Parameter.__format__"
    )


@pytest.mark.parametrize("name", ["Parameter", "Buffer"])
@pytest.mark.parametrize("value", [[1.0], 1.0, np.ones(1)])
def test_only_a_tensor_makes_a_parameter_or_a_buffer(torch, failure, name, value):
    text = failure(getattr(torch.nn, name), value)
    assert text.startswith("AttributeError: ") and text.endswith("has no attribute 'detach'")


@pytest.mark.parametrize("name", ["Parameter", "Buffer"])
def test_without_values_there_are_none(torch, name):
    assert getattr(torch.nn, name)().shape == (0,)


@pytest.mark.parametrize("wrong", [3, 0, None, "x"])
def test_requires_grad_is_a_bool(torch, wrong):
    with pytest.raises(TypeError, match=f"must be bool, not {type(wrong).__name__}"):
        torch.nn.Parameter(torch.ones(1), wrong)


@pytest.mark.parametrize("persistent", [True, False])
def test_a_buffer_becomes_one_by_assignment(torch, persistent):
    module = torch.nn.Module()
    module.total = torch.nn.Buffer(torch.zeros(2), persistent=persistent)
    assert [name for name, _ in module.named_buffers()] == ["total"]
    assert ("total" in module.state_dict()) == persistent
    assert list(module.parameters()) == []


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda p: pickle.loads(pickle.dumps(p))])
@pytest.mark.parametrize("persistent", [True, False])
def test_a_copy_of_a_buffer_knows_whether_it_is_saved(torch, copied, persistent):
    module = torch.nn.Module()
    module.total = copied(torch.nn.Buffer(torch.ones(2), persistent=persistent))
    assert module.total.tolist() == [1.0, 1.0]
    assert ("total" in module.state_dict()) == persistent
