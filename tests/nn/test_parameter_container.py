"""How does a module hold parameters in a list, or in a dictionary?"""

import copy
import pickle
from collections import OrderedDict

import pytest
from hypothesis import given, strategies as st

import minigrad

VALUES = {
    "tensor": lambda torch: torch.zeros(2, 3),
    "double": lambda torch: torch.zeros((), dtype=torch.float64),
    "frozen": lambda torch: torch.nn.Parameter(torch.ones(1), requires_grad=False),
    "number": lambda torch: 3,
    "none": lambda torch: None,
    "module": lambda torch: torch.nn.Linear(1, 1),
}
LIST_OPERATIONS = {
    "append": lambda held, position, value: held.append(value),
    "extend": lambda held, position, value: held.extend([value, value]),
    "add in place": lambda held, position, value: held.__iadd__(held[position:]),
    "set": lambda held, position, value: held.__setitem__(position, value),
    "get": lambda held, position, value: held[position],
    "slice": lambda held, position, value: held[position::2],
    "slice backwards": lambda held, position, value: held[position::-1],
}
DICT_OPERATIONS = {
    "set": lambda held, name, value: held.__setitem__(name, value),
    "delete": lambda held, name, value: held.__delitem__(name),
    "pop": lambda held, name, value: held.pop(name),
    "popitem": lambda held, name, value: held.popitem(),
    "setdefault": lambda held, name, value: held.setdefault(name, value),
    "get": lambda held, name, value: (held.get(name), held.get(name, 1)),
    "update": lambda held, name, value: held.update({"z": value, name: value}),
    "update in order": lambda held, name, value: held.update(OrderedDict({"z": 1, name: value})),
    "update by pairs": lambda held, name, value: held.update([("z", 1), (name, value)]),
    "copy": lambda held, name, value: held.copy(),
    "fromkeys": lambda held, name, value: held.fromkeys([name, "b"], value),
    "or": lambda held, name, value: held | type(held)({name: value}),
    "or in place": lambda held, name, value: held.__ior__(type(held)({name: value})),
    "keys": lambda held, name, value: (list(held.keys()), list(reversed(held)), name in held),
    "values": lambda held, name, value: (list(held.values()), list(held.items())),
    "clear": lambda held, name, value: held.clear(),
}


def transcript(torch, in_words, held, operations, steps):
    """What each operation returns or raises, and the container after it."""
    lines = []
    for name, place, value in steps:
        try:
            lines.append(in_words(operations[name](held, place, VALUES[value](torch))))
        except Exception as error:
            lines.append(in_words(error))
        lines.append(in_words(held))
    return lines, len(held), [name for name, _ in held.named_parameters()]


def steps(operations, places):
    kinds = st.sampled_from(list(VALUES))
    return st.lists(st.tuples(st.sampled_from(list(operations)), places, kinds), max_size=8)


@given(steps(LIST_OPERATIONS, st.integers(-4, 4)))
def test_any_sequence_of_edits_of_a_list_gives_what_it_gives_in_pytorch(printed, steps):
    transcripts = []
    for torch in (minigrad, pytest.importorskip("torch")):
        held = torch.nn.ParameterList([torch.zeros(2), torch.nn.Parameter(torch.ones(1))])
        transcripts.append(transcript(torch, printed, held, LIST_OPERATIONS, steps))
    assert transcripts[0] == transcripts[1]


@given(steps(DICT_OPERATIONS, st.sampled_from(["a", "b", "0"])))
def test_any_sequence_of_edits_of_a_dictionary_gives_what_it_gives_in_pytorch(printed, steps):
    transcripts = []
    for torch in (minigrad, pytest.importorskip("torch")):
        held = torch.nn.ParameterDict({"b": torch.zeros(2), "a": torch.zeros(1)})
        transcripts.append(transcript(torch, printed, held, DICT_OPERATIONS, steps))
    assert transcripts[0] == transcripts[1]


ERRORS = [
    (lambda torch, nn: nn.ParameterList(3),
     "TypeError: ParameterList.extend should be called with an iterable, but got int"),
    (lambda torch, nn: nn.ParameterList(torch.zeros(2)),
     "TypeError: ParameterList.extend should be called with an iterable, but got Tensor"),
    (lambda torch, nn: nn.ParameterList([torch.tensor([1])]), "RuntimeError: Only Tensors of "
     "floating point and complex dtype can require gradients"),
    (lambda torch, nn: nn.ParameterList()(3),
     "RuntimeError: ParameterList should not be called."),
    (lambda torch, nn: nn.ParameterDict(3), "TypeError: ParametersDict.update should be called "
     "with an iterable of key/value pairs, but got int"),
    (lambda torch, nn: nn.ParameterDict([3]),
     "TypeError: ParameterDict update sequence element #0 should be Iterable; isint"),
    (lambda torch, nn: nn.ParameterDict({1: 2}), "TypeError: Index given to ParameterDict cannot "
     "be used as a key as it is not a string (type is 'int'). Open an issue on github if you need "
     "non-string keys."),
    (lambda torch, nn: nn.ParameterDict({"keys": torch.zeros(1)}),
     "KeyError: \"attribute 'keys' already exists\""),
    (lambda torch, nn: nn.ParameterDict()["x"],
     "AttributeError: 'ParameterDict' object has no attribute 'x'"),
    (lambda torch, nn: nn.ParameterDict()(3),
     "RuntimeError: ParameterDict should not be called."),
]  # fmt: skip


@pytest.mark.parametrize(("action", "message"), ERRORS)
def test_what_the_containers_refuse(torch, failure, action, message):
    assert failure(action, torch, torch.nn) == message


def test_a_name_that_is_refused_is_not_in_the_dictionary_afterwards():
    held = minigrad.nn.ParameterDict()
    with pytest.raises(KeyError):
        held["keys"] = minigrad.zeros(1)
    assert "keys" not in held and len(held) == 0


def test_the_parameters_are_trained(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.scales = torch.nn.ParameterList([torch.ones(2), torch.ones(2)])
            self.shifts = torch.nn.ParameterDict({"only": torch.zeros(2)})

        def forward(self, x):
            for scale in self.scales:
                x = x * scale
            return x + self.shifts["only"]

    net = Net()
    assert list(net.state_dict()) == ["scales.0", "scales.1", "shifts.only"]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    net(torch.ones(3, 2)).sum().backward()
    optimizer.step()
    assert net.scales[1].tolist() == [-0.5, -0.5] and net.shifts["only"].tolist() == [-1.5, -1.5]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda held: pickle.loads(pickle.dumps(held))])
def test_a_copy_holds_the_same_and_shares_nothing(torch, copied):
    held = torch.nn.ParameterDict({"a": torch.ones(2), "b": 3})
    held["list"] = torch.nn.ParameterList([torch.ones(1), "x"])
    twin = copied(held)
    assert repr(twin) == repr(held) and list(twin.state_dict()) == ["a", "list.0"]
    with torch.no_grad():
        twin["list"][0].zero_()
    assert held["list"][0].tolist() == [1.0] and twin["list"][1] == "x"
