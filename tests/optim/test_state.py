"""An optimiser's state is a dictionary that says when something else is put into it."""

import copy
import pickle

import pytest

import minigrad as torch
from minigrad import structure

CHANGES = {
    "setting": lambda state: state.__setitem__("step", torch.tensor(2.0)),
    "deleting": lambda state: state.__delitem__("step"),
    "update": lambda state: state.update(step=2),
    "joining": lambda state: state.__ior__({"step": 2}),
    "setdefault": lambda state: state.setdefault("other", 2),
    "pop": lambda state: state.pop("step"),
    "popitem": lambda state: state.popitem(),
    "clear": lambda state: state.clear(),
}


@pytest.fixture
def optimizer():
    parameter = torch.ones(2, requires_grad=True)
    made = torch.optim.Adam([parameter])
    parameter.sum().backward()
    made.step()
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_moves_the_counter(optimizer, change):
    (state,) = optimizer.state.values()
    plain, before = dict(state), structure.counter
    assert state["step"].item() == 1 and structure.counter == before
    CHANGES[change](state)
    CHANGES[change](plain)
    assert structure.counter > before and state == plain


def test_a_dictionary_put_into_it_is_watched_too(optimizer):
    (parameter,) = optimizer.state
    before = structure.counter
    optimizer.state[parameter] = {"step": 1}
    assert structure.counter > before
    before = structure.counter
    optimizer.state[parameter]["step"] = torch.tensor(2.0)
    assert structure.counter > before


def test_it_is_printed_copied_and_pickled_as_a_dictionary(optimizer):
    assert repr(optimizer.state).startswith("defaultdict(<class 'dict'>, {tensor([")
    for copied in (copy.deepcopy(optimizer), pickle.loads(pickle.dumps(optimizer))):
        (state,) = copied.state.values()
        assert type(state) is type(copied.state["new"]) and list(state) == [
            "step", "exp_avg", "exp_avg_sq",
        ]  # fmt: skip
