"""How does a module hold others by names that are chosen at run time?"""

import pytest
from hypothesis import given, strategies as st

import minigrad

OPERATIONS = {
    "set": lambda held, name, module: held.__setitem__(name, module),
    "delete": lambda held, name, module: held.__delitem__(name),
    "pop": lambda held, name, module: held.pop(name),
    "update": lambda held, name, module: held.update({name: module, "z": module}),
    "update by pairs": lambda held, name, module: held.update([(name, module)]),
    "update by another": lambda held, name, module: held.update(type(held)({name: module})),
    "get": lambda held, name, module: held[name],
    "contains": lambda held, name, module: (name in held, list(held.items()), list(held.values())),
    "clear": lambda held, name, module: held.clear(),
}
operations = st.lists(
    st.tuples(
        st.sampled_from(list(OPERATIONS)),
        st.sampled_from(["a", "b", "z", "pop", "", "a.b"]),
        st.sampled_from(["ReLU", "ELU"]),
    ),
    max_size=8,
)


def transcript(nn, operations):
    """What each operation returns or raises, and the dictionary after it."""
    held = nn.ModuleDict({"b": nn.Linear(1, 2)})
    lines = []
    for operation, name, kind in operations:
        try:
            lines.append(repr(OPERATIONS[operation](held, name, getattr(nn, kind)())))
        except KeyError as error:
            lines.append(str(error))
        lines.append(repr(held))
    return lines, list(held), str(held.keys()), len(held), list(held.state_dict())


@given(operations)
def test_any_sequence_of_edits_gives_what_it_gives_in_pytorch(operations):
    torch = pytest.importorskip("torch")
    assert transcript(minigrad.nn, operations) == transcript(torch.nn, operations)


ERRORS = [
    (lambda nn: nn.ModuleDict(3), "TypeError: ModuleDict.update should be called with an iterable "
     "of key/value pairs, but got int"),
    (lambda nn: nn.ModuleDict(nn.ReLU()), "TypeError: ModuleDict.update should be called with an "
     "iterable of key/value pairs, but got ReLU"),
    (lambda nn: nn.ModuleDict([3]),
     "TypeError: ModuleDict update sequence element #0 should be Iterable; isint"),
    (lambda nn: nn.ModuleDict([("a", nn.ReLU()), ("b",)]),
     "ValueError: ModuleDict update sequence element #1 has length 1; 2 is required"),
    (lambda nn: nn.ModuleDict({1: nn.ReLU()}),
     "TypeError: module name should be a string. Got int"),
    (lambda nn: nn.ModuleDict({"a": 3}), "TypeError: int is not a Module subclass"),
    (lambda nn: nn.ModuleDict({"a": nn.ReLU()})(3),
     'NotImplementedError: Module [ModuleDict] is missing the required "forward" function'),
]  # fmt: skip


@pytest.mark.parametrize(("action", "message"), ERRORS)
def test_what_a_dictionary_refuses(torch, failure, action, message):
    assert failure(action, torch.nn) == message


def test_a_compiled_step_notices_that_a_choice_is_replaced():
    nn = minigrad.nn
    choices = nn.ModuleDict({"first": nn.ReLU(), "second": nn.Sigmoid()})
    step, x = minigrad.compile(lambda x: choices["first"](x)), minigrad.tensor([-1.0, 2.0])
    for module in (choices["first"], choices["second"], nn.ELU()):
        choices["first"] = module
        for _ in range(3):
            assert step(x).tolist() == module(x).tolist()
