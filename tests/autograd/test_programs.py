"""Random programs of operations, views, changes in place, hooks and walks, as PyTorch has them.

Each instruction takes two of the tensors made so far. After each, all that can be seen of all
tensors is compared.
"""

import warnings

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad


def function(library, forward, backward):
    methods = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
    return type("Mine", (library.autograd.Function,), methods).apply


def doubled(library, a, b, log):
    return function(library, lambda ctx, a: a, lambda ctx, grad: grad * 2)(a)


def squared(library, a, b, log):
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return a * a, a + 1

    def backward(ctx, grad, other):
        return 2 * ctx.saved_tensors[0] * grad + other

    return function(library, forward, backward)(a)


def tripled_in_place(library, a, b, log):
    def forward(ctx, a):
        ctx.mark_dirty(a)
        return a.mul_(3)

    return function(library, forward, lambda ctx, grad: grad * 3)(a)


def walk(library, a, b, log):
    a.sum().backward(retain_graph=True)


def gradient(library, a, b, log):
    (found,) = library.autograd.grad(a.sum(), b, allow_unused=True, retain_graph=True)
    log.append([] if found is None else found.tolist())


def hook(library, a, b, log):
    # PyTorch calls also for results of an operation with several that no gradient came to.
    a.register_hook(lambda grad: None if grad is None else log.append(grad.tolist()))


def hook_that_replaces(library, a, b, log):
    a.register_hook(lambda grad: None if grad is None else grad * 0.5)


def hook_of_leaf(library, a, b, log):
    a.register_post_accumulate_grad_hook(lambda leaf: log.append(leaf.grad.tolist()))


def walks(instruction):
    return instruction in ("backward", "grad")


INSTRUCTIONS = {
    "a + b": lambda library, a, b, log: a + b,
    "a * b": lambda library, a, b, log: a * b,
    "a.tanh()": lambda library, a, b, log: a.tanh(),
    "a.relu()": lambda library, a, b, log: a.relu(),
    "a.sum(0)": lambda library, a, b, log: a.sum(0),
    "cat": lambda library, a, b, log: library.cat([a, b]),
    "where": lambda library, a, b, log: library.where(a > 0, a, b),
    "a[[0, 0]]": lambda library, a, b, log: a[[0, 0]],
    "a.clone()": lambda library, a, b, log: a.clone(),
    "a.detach()": lambda library, a, b, log: a.detach(),
    "a[0]": lambda library, a, b, log: a[0],
    "a[1:]": lambda library, a, b, log: a[1:],
    "a.t()": lambda library, a, b, log: a.t(),
    "a.view(-1)": lambda library, a, b, log: a.view(-1),
    "a.unsqueeze(0)": lambda library, a, b, log: a.unsqueeze(0),
    "a.unbind()": lambda library, a, b, log: a.unbind(),
    "a.split(1)": lambda library, a, b, log: a.split(1),
    "a.add_(b)": lambda library, a, b, log: a.add_(b),
    "a.mul_(b)": lambda library, a, b, log: a.mul_(b),
    "a.tanh_()": lambda library, a, b, log: a.tanh_(),
    "a.relu_()": lambda library, a, b, log: a.relu_(),
    "a[0] = 2": lambda library, a, b, log: a.__setitem__(0, 2.0),
    "a.zero_()": lambda library, a, b, log: a.zero_(),
    "doubled": doubled,
    "squared": squared,
    "tripled in place": tripled_in_place,
    "hook": hook,
    "hook that replaces": hook_that_replaces,
    "hook of a leaf": hook_of_leaf,
    "retain_grad": lambda library, a, b, log: a.retain_grad(),
    "backward": walk,
    "grad": gradient,
}

PROGRAMS = st.lists(
    st.tuples(
        st.sampled_from(list(INSTRUCTIONS)),
        st.booleans() | st.just(True),  # whether in a graph
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    max_size=10,
)


class Run:
    """A program on its way through a library."""

    def __init__(self, library):
        self.library = library
        values = ([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]], [[0.3, 0.6, -0.2]], [1.0, 2.0, -0.5])
        self.tensors = [
            library.tensor(each, dtype=library.float64, requires_grad=k != 1)
            for k, each in enumerate(values)
        ]
        self.log = []

    def step(self, name, in_graph, first, second):
        """Do an instruction; give the kind of error that it ends in."""
        known = self.tensors
        a, b = known[first % len(known)], known[second % len(known)]
        try:
            with self.library.set_grad_enabled(in_graph):
                made = INSTRUCTIONS[name](self.library, a, b, self.log)
        except Exception as error:
            return "accident" if "INTERNAL ASSERT" in str(error) else type(error).__name__
        several = made if isinstance(made, tuple) else () if made is None else (made,)
        known += [each for each in several if not any(each is other for other in known)]
        return None

    def seen(self):
        """Of each tensor what can be told in words."""
        return [
            (tuple(each.shape), each.requires_grad, each._version, place_of(each))
            for each in self.tensors
        ]

    def numbers(self):
        """Values and gradients, and what hooks were given, in whatever order."""
        found = [each.detach().tolist() for each in self.tensors]
        found += [[] if each.grad is None else each.grad.tolist() for each in self.tensors]
        return [np.ravel(each) for each in [*found, *sorted(self.log, key=str)]]


def place_of(tensor):
    try:
        name = None if tensor.grad_fn is None else tensor.grad_fn.name().rpartition(":")[2]
        return tensor.is_leaf, name
    except RuntimeError:
        return "a view that is not to be used"


@given(program=PROGRAMS)
def test_any_program_runs_as_in_pytorch(program):
    torch = pytest.importorskip("torch")
    here, there = Run(minigrad), Run(torch)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of gradients of what is no leaf
        for instruction in program:
            said = here.step(*instruction), there.step(*instruction)
            if said[1] == "accident":
                return
            assert said[0] == said[1], instruction
            if said[0] is not None and walks(instruction[0]):
                return  # PyTorch has added some gradients by then
            assert here.seen() == there.seen()
            assert len(here.log) == len(there.log)
            for found, wanted in zip(here.numbers(), there.numbers(), strict=True):
                np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12)
