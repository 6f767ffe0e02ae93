"""How does a module hold others by their positions?"""

from collections import OrderedDict

import pytest
from hypothesis import given, strategies as st

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
    "pop slice": lambda net, position, module: net.pop(slice(position, None)),
    "add": lambda net, position, module: net + net[position:],
    "add in place": lambda net, position, module: net.__iadd__(net[position:]),
    "names": lambda net, position, module: [name for name in dir(net) if name.isdigit()],
}
ROWS = {
    "times": lambda net, position, module: net * position,
    "times from the left": lambda net, position, module: position * net,
    "times in place": lambda net, position, module: net.__imul__(min(position, 2)),
}


def sequences(names):
    step = st.tuples(st.sampled_from(names), positions, st.sampled_from(["ReLU", "ELU"]))
    return st.lists(step, max_size=8)


def transcript(net, nn, operations):
    """What each operation on a container returns or raises, and the container after it."""
    lines = []
    for name, position, kind in operations:
        if len(net) > 40:
            break
        if type(net) is nn.ModuleList and name == "insert":  # PyTorch takes other places as well,
            position = abs(position) % (len(net) + 1)  # and is then left with a gap in the names
        try:
            operation = {**OPERATIONS, **ROWS}[name]
            lines.append(repr(operation(net, position, getattr(nn, kind)())))
        except (IndexError, ValueError) as error:
            lines.append(str(error).replace("nn.modules", "nn").replace("torch", "minigrad"))
        lines.append(repr(net))
    return lines, len(net), [repr(module) for module in net], list(net.state_dict())


@given(sequences([*OPERATIONS, *ROWS]))
def test_any_sequence_of_edits_of_a_row_gives_what_it_gives_in_pytorch(operations):
    transcripts = []
    for torch in (minigrad, pytest.importorskip("torch")):
        nn = torch.nn
        net = nn.Sequential(nn.Linear(1, 2), nn.Sigmoid())
        if "insert" not in {name for name, _, _ in operations}:  # in PyTorch this needs numbers
            net = nn.Sequential(OrderedDict(first=net[0], second=net[1]))
            operations = [each for each in operations if each[0] != "times in place"]  # so does it
        transcripts.append(transcript(net, nn, operations))
    assert transcripts[0] == transcripts[1]


@given(sequences(list(OPERATIONS)))
def test_any_sequence_of_edits_of_a_list_gives_what_it_gives_in_pytorch(operations):
    transcripts = []
    for torch in (minigrad, pytest.importorskip("torch")):
        nn = torch.nn
        transcripts.append(transcript(nn.ModuleList([nn.Linear(1, 2)]), nn, operations))
    assert transcripts[0] == transcripts[1]


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


def test_equal_neighbours_of_a_list_are_printed_once(torch, printed):
    nn = torch.nn
    blocks = [nn.Sequential(nn.ReLU(), nn.ELU()) for _ in range(2)]
    assert printed(nn.ModuleList([nn.Sigmoid(), *blocks, nn.Sigmoid()])) == (
        "ModuleList(\n"
        "  (0): Sigmoid()\n"
        "  (1-2): 2 x Sequential(\n"
        "    (0): ReLU()\n"
        "    (1): ELU(alpha=1.0)\n"
        "  )\n"
        "  (3): Sigmoid()\n"
        ")"
    )


def test_a_list_makes_its_modules_part_of_the_network(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = torch.nn.ModuleList(torch.nn.Linear(2, 2) for _ in range(3))

        def forward(self, x):
            for layer in self.layers:
                x = layer(x)
            return x

    net = Net()
    assert [name for name, _ in net.named_parameters()][:2] == ["layers.0.weight", "layers.0.bias"]
    net(torch.ones(1, 2)).sum().backward()
    assert all(parameter.grad is not None for parameter in net.parameters())
    assert torch.nn.ModuleList().training and not net.eval().layers[-1].training


def test_a_compiled_step_notices_that_a_list_grows():
    layers = minigrad.nn.ModuleList([minigrad.nn.Linear(2, 2)])

    def run(x):
        for layer in layers:
            x = layer(x)
        return x

    step, x = minigrad.compile(run), minigrad.ones(1, 2)
    for change in (lambda: None, lambda: layers.append(minigrad.nn.ReLU()), lambda: layers.pop(0)):
        change()
        for _ in range(3):
            assert step(x).tolist() == run(x).tolist()


def test_what_has_a_name_of_its_own_is_not_numbered(torch):
    nn = torch.nn
    net = nn.Sequential(OrderedDict(first=nn.ReLU())).append(nn.ELU())
    net.insert(1, nn.Tanh()).insert(3, nn.SELU())
    assert [name for name, _ in net.named_children()] == ["first", "1", "2", "3"]
    assert [type(each).__name__ for each in net] == ["ReLU", "Tanh", "ELU", "SELU"]
    with pytest.raises(KeyError):
        net.insert(0, nn.Sigmoid())
    net = nn.Sequential(OrderedDict(first=nn.ReLU()))
    net *= 1
    with pytest.raises(KeyError):
        net *= 2


LIST_ERRORS = [
    (lambda nn: nn.ModuleList(3),
     "TypeError: ModuleList.extend should be called with an iterable, but got int"),
    (lambda nn: nn.ModuleList([3]), "TypeError: int is not a Module subclass"),
    (lambda nn: nn.ModuleList([nn.ReLU()])[1], "IndexError: index 1 is out of range"),
    (lambda nn: nn.ModuleList([nn.ReLU()]).insert(-1, nn.ELU()), "KeyError: '-1'"),
    (lambda nn: nn.ModuleList([nn.ReLU()]) + 3, "TypeError: 'int' object is not iterable"),
    (lambda nn: nn.ModuleList([nn.ReLU()])(3),
     'NotImplementedError: Module [ModuleList] is missing the required "forward" function'),
    (lambda nn: nn.Sequential() * 2.5, "TypeError: unsupported operand type(s) for *: "
     "<class 'minigrad.nn.container.Sequential'> and <class 'float'>"),
    (lambda nn: nn.Sequential() * 0, "ValueError: Non-positive multiplication factor 0 for "
     "<class 'minigrad.nn.container.Sequential'>"),
    (lambda nn: nn.Sequential().__add__([nn.ReLU()]), "ValueError: add operator supports only "
     "objects of Sequential class, but <class 'list'> is given."),
]  # fmt: skip


@pytest.mark.parametrize(("action", "message"), LIST_ERRORS)
def test_what_a_list_and_a_row_refuse(torch, failure, action, message):
    assert failure(action, torch.nn) == message


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


def test_what_cannot_be_inserted_leaves_the_list_as_it_was():
    held = minigrad.nn.ModuleList([minigrad.nn.ReLU(), minigrad.nn.ELU()])
    before = list(held)
    with pytest.raises(TypeError, match="int is not a Module subclass"):
        held.insert(0, 3)
    with pytest.raises(TypeError, match="'float' object cannot be interpreted as an integer"):
        held.insert(1.0, minigrad.nn.Sigmoid())
    assert list(held) == before and [name for name, _ in held.named_children()] == ["0", "1"]
