"""Whether operations make a graph: in nested contexts, in decorated functions, in threads."""

import threading
from importlib import import_module

import pytest
from hypothesis import given, strategies as st

# What a context makes of (asked for gradients, inference mode).
EFFECTS = {
    "no_grad": lambda asked, inference: (False, inference),
    "enable_grad": lambda asked, inference: (True, inference),
    "set_grad_enabled(True)": lambda asked, inference: (True, inference),
    "set_grad_enabled(False)": lambda asked, inference: (False, inference),
    "inference_mode": lambda asked, inference: (False, True),
    "inference_mode(False)": lambda asked, inference: (True, False),
}


def context_of(library, name):
    function, _, argument = name.partition("(")
    return getattr(library, function)(*([argument == "True)"] if argument else []))


def modes(library):
    """What the library says, and what it does."""
    x = library.ones(1, requires_grad=True)
    return (
        library.is_grad_enabled(),
        library.is_inference_mode_enabled(),
        (x * 2).requires_grad,
        (x * 2).is_inference(),
    )


def expected(asked, inference):
    return (asked, inference, asked and not inference, inference)


@pytest.mark.parametrize("library", ["minigrad", "torch"])
@given(names=st.lists(st.sampled_from(list(EFFECTS)), max_size=5), failing=st.booleans())
def test_contexts_nest_and_give_back_what_was_there(library, names, failing):
    pytest.importorskip(library)
    library = import_module(library)

    def inside(names, state):
        assert modes(library) == expected(*state)
        if not names and failing:
            raise KeyError
        if names:
            within = EFFECTS[names[0]](*state)
            try:
                with context_of(library, names[0]):
                    inside(names[1:], within)
            finally:
                assert modes(library) == expected(*state)

    if failing:
        with pytest.raises(KeyError):
            inside(names, (True, False))
    else:
        inside(names, (True, False))


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize("name", ["no_grad", "enable_grad", "inference_mode"])
def test_a_decorated_function_runs_in_the_context_at_each_call(torch, name, bare):
    decorator = getattr(torch, name) if bare else getattr(torch, name)()

    @decorator
    def factorial(n):
        """Which is well known."""
        seen.append(modes(torch))
        return 1 if n == 0 else n * factorial(n - 1)

    seen = []
    with torch.set_grad_enabled(False):
        assert factorial(3) == 6
        assert seen == [expected(*EFFECTS[name](False, False))] * 4
        assert modes(torch) == expected(False, False)
    assert (factorial.__name__, factorial.__doc__) == ("factorial", "Which is well known.")


def test_set_grad_enabled_as_a_function_and_as_a_decorator(torch, printed):
    torch.set_grad_enabled(False)
    assert not torch.is_grad_enabled()
    decorated = torch.set_grad_enabled(True)(torch.is_grad_enabled)
    assert not torch.is_grad_enabled() and decorated()
    switch = torch.set_grad_enabled(mode=True)
    assert printed(switch) == "minigrad.autograd.grad_mode.set_grad_enabled(mode=True)"
    assert torch.is_grad_enabled()
    for wrong in (1, None, "no"):
        with pytest.raises(TypeError, match="must be bool, not"):
            torch.set_grad_enabled(wrong)


def test_a_decorated_generator_holds_the_context_only_while_it_runs(torch):
    seen = []

    @torch.no_grad()
    def generator():
        received = []
        try:
            while len(received) < 3:
                seen.append(torch.is_grad_enabled())
                try:
                    received.append((yield len(received)))
                except ValueError as error:
                    received.append(str(error))
        finally:
            seen.append(torch.is_grad_enabled())
        return received

    running = generator()
    found = [next(running), running.send("sent"), running.throw(ValueError("thrown"))]
    assert found == [0, 1, 2] and torch.is_grad_enabled()
    with pytest.raises(StopIteration) as end:
        running.send("last")
    assert end.value.value == ["sent", "thrown", "last"]
    closed = generator()
    next(closed)
    closed.close()
    assert torch.is_grad_enabled() and not any(seen) and len(seen) == 6


def test_decorating_a_class_is_warned_of(torch):
    with pytest.warns(FutureWarning, match="Decorating classes is deprecated"):
        torch.no_grad()(type("Net", (), {}))


def test_each_thread_has_modes_of_its_own(torch):
    found = []

    def work():
        found.append(modes(torch))
        torch.set_grad_enabled(False)

    for context in (torch.no_grad(), torch.inference_mode()):
        with context:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
    assert found == [expected(True, False)] * 2 and torch.is_grad_enabled()
