"""How are modules put one after the other?"""

from collections import OrderedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigrad

positions = st.integers(-5, 5)
OPERATIONS = {
    "append": lambda net, position, module: net.append(module),
    "insert": lambda net, position, module: net.insert(position, module),
    "extend": lambda net, position, module: net.extend([module, net[0]]),
    "pop": lambda net, position, module: net.pop(position),
    "delete": lambda net, position, module: net.__delitem__(position),
    "delete slice": lambda net, position, module: net.__delitem__(slice(position, None, 2)),
    "set": lambda net, position, module: net.__setitem__(position, module),
    "get": lambda net, position, module: net[position],
    "slice": lambda net, position, module: net[position::2],
}
operations = st.lists(
    st.tuples(st.sampled_from(list(OPERATIONS)), positions, st.sampled_from(["ReLU", "ELU"])),
    max_size=8,
)


def transcript(torch, operations):
    """What each operation on a container returns or raises, and the container after it."""
    nn = torch.nn
    net = nn.Sequential(nn.Linear(1, 2), nn.Sigmoid())
    if "insert" not in {name for name, _, _ in operations}:  # in PyTorch this needs numbers
        net = nn.Sequential(OrderedDict(first=net[0], second=net[1]))
    lines = []
    for name, position, kind in operations:
        try:
            lines.append(repr(OPERATIONS[name](net, position, getattr(nn, kind)())))
        except IndexError as error:
            lines.append(str(error))
        lines.append(repr(net))
    return lines, len(net), [repr(module) for module in net]


@given(operations)
def test_any_sequence_of_edits_gives_what_it_gives_in_pytorch(operations):
    torch = pytest.importorskip("torch")
    assert transcript(minigrad, operations) == transcript(torch, operations)


def test_modules_are_applied_in_order(torch):
    net = torch.nn.Sequential(torch.nn.Linear(2, 2, bias=False), torch.nn.ReLU())
    net[0].weight = torch.nn.Parameter(torch.tensor([[1.0, 0.0], [0.0, -1.0]]))
    assert net(torch.tensor([[3.0, 4.0]])).tolist() == [[3.0, 0.0]]
    assert torch.nn.Sequential()(3) == 3


def test_a_slice_shares_its_modules_and_keeps_their_names(torch, printed):
    net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.ELU(2.0, True))
    assert net[1:][0] is net[1]
    assert printed(net[1:]) == "Sequential(\n  (1): ReLU()\n  (2): ELU(alpha=2.0, inplace=True)\n)"
    assert printed(net[3:]) == "Sequential()"


ERRORS = [
    (lambda net: net[3], "IndexError: index 3 is out of range"),
    (lambda net: net[-4], "IndexError: index -4 is out of range"),
    (lambda net: net["a"], "TypeError: 'str' object cannot be interpreted as an integer"),
    (lambda net: net[1.5], "TypeError: 'float' object cannot be interpreted as an integer"),
    (lambda net: type(net)(3), "TypeError: int is not a Module subclass"),
    (lambda net: type(net)([net]), "TypeError: list is not a Module subclass"),
    (lambda net: type(net)(OrderedDict(a=3)), "TypeError: int is not a Module subclass"),
    (lambda net: net.append(3), "TypeError: int is not a Module subclass"),
    (lambda net: net.insert(9, net[0]), "IndexError: Index out of range: 9"),
    (lambda net: net.insert(0, 3),
     "AssertionError: module should be of type: <class 'minigrad.nn.module.Module'>"),
    (lambda net: net.__setitem__(0, 3), "TypeError: cannot assign 'int' as child module '0' "
     "(minigrad.nn.Module or None expected)"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "message"), ERRORS)
def test_what_is_not_possible_is_told(torch, failure, action, message):
    net = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.ELU(), torch.nn.Sigmoid())
    assert failure(action, net) == message
