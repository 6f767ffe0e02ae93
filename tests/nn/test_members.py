"""Which parameters, buffers and child modules does a module hold, and under which names?"""

import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad import structure

NAMES = ["weight", "bias", "layer", "mean", "forward"]
VALUES = {
    "parameter": lambda torch: torch.nn.Parameter(torch.ones(2)),
    "tensor": lambda torch: torch.zeros(3),
    "buffer": lambda torch: torch.nn.Buffer(torch.zeros(1), persistent=False),
    "module": lambda torch: torch.nn.Linear(1, 1),
    "none": lambda torch: None,
    "number": lambda torch: 3,
}
ACTIONS = {
    "assign": lambda module, name, value: setattr(module, name, value),
    "register_parameter": lambda module, name, value: module.register_parameter(name, value),
    "register_buffer": lambda module, name, value: module.register_buffer(name, value),
    "register_transient": lambda module, name, value: module.register_buffer(name, value, False),
    "add_module": lambda module, name, value: module.add_module(name, value),
    "delete": lambda module, name, value: delattr(module, name),
}


def outcome(torch, failed, steps):
    """What every step raised, and what the module holds after all of them."""
    module = torch.nn.Linear(2, 3)
    errors = [
        failed(ACTIONS[action], module, name, VALUES[value](torch))
        for action, name, value in steps
    ]
    listed = [list(names) for names in (module._parameters, module._buffers, module._modules)]
    kinds = (torch.nn.Parameter, torch.Tensor, torch.nn.Module, int, type(None))
    shown = [
        [isinstance(getattr(module, name, ""), kind) for kind in kinds] for name in NAMES[:-1]
    ]
    return errors, listed, shown, list(module.state_dict())


@pytest.fixture(scope="module")
def failed(failure):
    """Give the exception that a call raises, or None."""

    def failed(function, *args):
        try:
            function(*args)
        except Exception as error:
            caught = error
        else:
            return None

        def again():
            raise caught

        return failure(again)

    return failed


steps = st.lists(
    st.tuples(
        st.sampled_from(list(ACTIONS)), st.sampled_from(NAMES), st.sampled_from(list(VALUES))
    ),
    max_size=8,
)


@given(steps)
def test_any_sequence_of_changes_leaves_what_it_leaves_in_pytorch(failed, steps):
    torch = pytest.importorskip("torch")
    assert outcome(minigrad, failed, steps) == outcome(torch, failed, steps)


ASSIGNMENT_ERRORS = [
    ("linear", "weight", "number", "TypeError: cannot assign 'int' as parameter 'weight' "
     "(minigrad.nn.Parameter or None expected)"),
    ("linear", "weight", "tensor", "TypeError: cannot assign 'minigrad.FloatTensor' as parameter "
     "'weight' (minigrad.nn.Parameter or None expected)"),
    ("linear", "weight", "module", "TypeError: cannot assign 'minigrad.nn.linear.Linear' as "
     "parameter 'weight' (minigrad.nn.Parameter or None expected)"),
    ("net", "0", "tensor", "TypeError: cannot assign 'minigrad.FloatTensor' as child module '0' "
     "(minigrad.nn.Module or None expected)"),
    ("norm", "running_mean", "number", "TypeError: cannot assign 'int' as buffer 'running_mean' "
     "(minigrad.nn.Buffer, minigrad.Tensor or None expected)"),
]  # fmt: skip


@pytest.mark.parametrize(("holder", "name", "value", "message"), ASSIGNMENT_ERRORS)
def test_a_member_is_replaced_only_by_its_kind_or_none(
    torch, failure, holder, name, value, message
):
    linear, norm = torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3)
    module = {"linear": linear, "norm": norm, "net": torch.nn.Sequential(linear)}[holder]
    assert failure(setattr, module, name, VALUES[value](torch)) == message


REGISTRATION_ERRORS = [
    ("register_buffer", "weight", None, "KeyError: \"attribute 'weight' already exists\""),
    ("register_buffer", "a", 3, "TypeError: cannot assign 'int' object to buffer 'a' "
     "(minigrad Tensor or None required)"),
    ("register_buffer", "a.b", None, "KeyError: 'buffer name can\\'t contain \".\"'"),
    ("register_buffer", "", None, "KeyError: 'buffer name can\\'t be empty string \"\"'"),
    ("register_buffer", 3, None, "TypeError: buffer name should be a string. Got int"),
    ("register_parameter", "forward", None, "KeyError: \"attribute 'forward' already exists\""),
    ("register_parameter", "a", 3, "TypeError: cannot assign 'int' object to parameter 'a' "
     "(minigrad.nn.Parameter or None required)"),
    ("register_parameter", "a.b", None, "KeyError: 'parameter name can\\'t contain \".\"'"),
    ("register_parameter", 3, None, "TypeError: parameter name should be a string. Got int"),
    ("add_module", "a", 3, "TypeError: int is not a Module subclass"),
    ("add_module", "a.b", None, "KeyError: 'module name can\\'t contain \".\", got: a.b'"),
    ("add_module", "", None, "KeyError: 'module name can\\'t be empty string \"\"'"),
    ("register_module", 3, None, "TypeError: module name should be a string. Got int"),
    ("add_module", "train", None, "KeyError: \"attribute 'train' already exists\""),
]  # fmt: skip


@pytest.mark.parametrize(("method", "name", "value", "message"), REGISTRATION_ERRORS)
def test_what_cannot_be_registered(torch, failure, method, name, value, message):
    assert failure(getattr(torch.nn.Linear(2, 3), method), name, value) == message


def test_a_computed_tensor_is_no_parameter(torch, failure):
    parameter = torch.nn.Parameter(torch.zeros(2), requires_grad=False)
    parameter.mul_(torch.ones(2, requires_grad=True))
    assert failure(torch.nn.Module().register_parameter, "a", parameter) == (
        "ValueError: Cannot assign non-leaf Tensor to parameter 'a'. Model parameters must be "
        "created explicitly. To express 'a' as a function of another Tensor, compute the value "
        "in the forward() method."
    )


BEFORE_INIT = [
    (lambda torch, module: setattr(module, "a", torch.nn.Parameter(torch.zeros(1))),
     "AttributeError: cannot assign parameters before Module.__init__() call"),
    (lambda torch, module: setattr(module, "a", torch.nn.ReLU()),
     "AttributeError: cannot assign module before Module.__init__() call"),
    (lambda torch, module: setattr(module, "a", torch.nn.Buffer(torch.zeros(1))),
     "AttributeError: cannot assign buffer before Module.__init__() call"),
    (lambda torch, module: module.register_buffer("a", None),
     "AttributeError: cannot assign buffer before Module.__init__() call"),
    (lambda torch, module: module.register_parameter("a", None),
     "AttributeError: cannot assign parameter before Module.__init__() call"),
    (lambda torch, module: module.train(),
     "AttributeError: 'Net' object has no attribute '_modules'"),
    (lambda torch, module: list(module.parameters()),
     "AttributeError: 'Net' object has no attribute '_parameters'"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "message"), BEFORE_INIT)
def test_a_module_that_forgot_super_init_says_so(torch, failure, action, message):
    class Net(torch.nn.Module):
        def __init__(self):
            self.number = 3

    assert failure(action, torch, Net()) == message


def test_an_unknown_attribute_is_named(torch, failure):
    class Net(torch.nn.Module):
        pass

    expected = "AttributeError: 'Net' object has no attribute 'nope'"
    assert failure(getattr, Net(), "nope") == expected
    assert failure(delattr, Net(), "nope") == expected


def test_a_property_is_set_through_its_setter(torch):
    class Net(torch.nn.Module):
        @property
        def doubled(self):
            return 2 * self.half

        @doubled.setter
        def doubled(self, value):
            self.half = value / 2

    net = Net()
    net.doubled = 6
    assert net.half == 3 and net.doubled == 6


def test_members_are_plain_attributes_so_that_reading_them_costs_no_search():
    net = minigrad.nn.Sequential(minigrad.nn.BatchNorm1d(2))
    layer = vars(net)["0"]
    assert {"weight", "bias", "running_mean"} <= vars(layer).keys()
    assert not hasattr(type(layer), "__getattr__")
    assert "__getattribute__" not in vars(minigrad.nn.Module)


@pytest.mark.parametrize(
    "change",
    [
        lambda module: setattr(module, "eps", 0.1),
        lambda module: setattr(module, "weight", None),
        lambda module: setattr(module, "child", minigrad.nn.ReLU()),
        lambda module: delattr(module, "eps"),
        lambda module: module.register_buffer("a", None),
        lambda module: module.register_parameter("a", None),
        lambda module: module.add_module("a", None),
        lambda module: module.train(),
        lambda module: module.eval(),
        lambda module: module.requires_grad_(False),
        lambda module: module.register_forward_hook(print),
        lambda module: module.register_forward_pre_hook(print),
        lambda module: module.register_forward_hook(print).remove(),
        lambda module: module.double(),
        lambda module: module.load_state_dict(module.state_dict(), assign=True),
    ],
)
def test_every_change_is_announced_to_recorded_steps(change):
    module = minigrad.nn.BatchNorm1d(2)
    before = structure.counter
    change(module)
    assert structure.counter > before


def test_using_a_module_is_no_change():
    module = minigrad.nn.BatchNorm1d(2)
    before = structure.counter
    module(minigrad.zeros(3, 2)).sum().backward()
    module.state_dict()
    module.zero_grad()
    assert structure.counter == before


OWN_NAMES = ["_hooks", "_names", "_held", "_attach", "_convert", "_forget", "_by_name"]


@pytest.mark.parametrize("name", OWN_NAMES)
@pytest.mark.parametrize("value", [[], lambda x: x])
def test_a_module_may_have_these_names_for_itself(torch, name, value):
    module = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2))
    setattr(module, name, value)
    seen = []
    module.register_forward_hook(lambda module, args, output: seen.append(output.shape))
    module.double().load_state_dict(module.state_dict())
    module(torch.ones(3, 2, dtype=torch.float64)).sum().backward()
    assert seen == [(3, 2)] and getattr(module, name) is value
    assert module._forward_hooks and [each for each, _ in module.named_children()] == ["0", "1"]
