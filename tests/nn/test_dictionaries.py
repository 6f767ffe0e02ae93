"""A module's dictionaries, which recipes write into to replace layers and to remove hooks."""

import copy
import pickle
from collections import OrderedDict

import pytest


def network(torch):
    nn = torch.nn
    return nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.BatchNorm1d(3), nn.ReLU()))


def replace(module, old, new):
    """The recipe that is handed on for replacing layers of one kind by others."""
    for name, child in module._modules.items():
        if isinstance(child, old):
            module._modules[name] = new()
        else:
            replace(child, old, new)


def test_layers_are_replaced(torch):
    net = network(torch)
    replace(net, torch.nn.ReLU, torch.nn.Tanh)
    replace(net, torch.nn.BatchNorm1d, torch.nn.Identity)
    assert [type(each).__name__ for each in net[1]] == ["Identity", "Tanh"]
    assert [*net.state_dict()] == ["0.weight", "0.bias"]
    assert net._modules.pop("1")._modules.copy().keys() == {"0", "1"}
    assert len(net) == 1 and not hasattr(net, "1")
    with pytest.raises(KeyError):
        net._modules["1"]


def test_a_weight_is_made_from_another(torch):
    """As weight normalisation and DropConnect do it by hand."""
    layer = torch.nn.Linear(2, 3)
    weight = layer._parameters["weight"]
    del layer._parameters["weight"]
    layer.register_parameter("raw", torch.nn.Parameter(weight.detach()))
    layer.weight = layer.raw * 2
    assert [*layer._parameters] == ["bias", "raw"]
    layer(torch.ones(1, 2)).sum().backward()
    assert layer.raw.grad.tolist() == [[2.0, 2.0]] * 3
    layer._buffers["scale"] = torch.ones(1)
    assert repr(layer._buffers) == "{'scale': tensor([1.])}" and "scale" in layer.state_dict()


def test_a_compiled_step_sees_a_replaced_layer(torch):
    net, x = network(torch), torch.ones(4, 2)
    step = torch.compile(lambda: net(x)) if torch.__name__ == "minigrad" else lambda: net(x)
    assert [step().shape for _ in range(3)] == [(4, 3)] * 3
    net._modules["0"] = torch.nn.Linear(2, 3)
    net._modules["1"] = torch.nn.Sigmoid()
    assert step().tolist() == torch.sigmoid(net[0](x)).tolist()


HOOKS = ["forward_pre_hook", "forward_hook", "full_backward_pre_hook", "full_backward_hook"]


@pytest.mark.parametrize("name", HOOKS)
@pytest.mark.parametrize("how", ["clear", "replace", "pop"])
def test_hooks_are_removed_by_their_dictionary(torch, name, how):
    layer, calls = torch.nn.Linear(2, 2), []
    held = f"_{name}s".replace("full_", "")
    handle = getattr(layer, f"register_{name}")(lambda *seen: calls.append(1))
    others = [other for other in HOOKS if other != name]
    for other in others:
        getattr(layer, f"register_{other}")(lambda *seen: None)
    assert list(getattr(layer, held)) == [handle.id]
    if how == "replace":
        setattr(layer, held, OrderedDict())
    else:
        getattr(layer, held).pop(handle.id) if how == "pop" else getattr(layer, held).clear()
    layer(torch.ones(1, 2, requires_grad=True)).sum().backward()
    assert calls == [] and len(getattr(layer, held)) == 0
    assert [len(getattr(layer, f"_{other}s".replace("full_", ""))) for other in others] == [1] * 3
    with pytest.raises(KeyError):
        del getattr(layer, held)[handle.id]


def test_a_hook_is_put_into_a_dictionary(torch):
    layer, calls = torch.nn.Linear(2, 2), []
    layer._forward_hooks[-1] = lambda module, args, output: calls.append(output)
    output = layer(torch.ones(2))
    assert calls == [output] and callable(layer._forward_hooks[-1])


def test_a_shallow_copy_has_members_of_its_own():
    """In PyTorch it shares them with the first."""
    nn = pytest.importorskip("minigrad").nn
    first = nn.Linear(2, 2)
    second = copy.copy(first)
    second.more = nn.Parameter(first.bias.detach())
    del second.bias
    assert second.weight is first.weight
    assert [*second.state_dict()] == ["weight", "more"]
    assert [*first.state_dict()] == ["weight", "bias"]


class Old(pytest.importorskip("minigrad").nn.Linear):
    def __setstate__(self, state):
        super().__setstate__(state)
        self.revived = True


def test_a_class_may_complete_what_was_pickled():
    for made in (pickle.loads(pickle.dumps(Old(2, 2))), copy.deepcopy(Old(2, 2))):
        assert made.revived and [*made.state_dict()] == ["weight", "bias"]
