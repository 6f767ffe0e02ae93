"""How do functions that a user attaches see and change the dictionaries of a module's values?"""

import copy

import pytest

import minigrad


def network(torch):
    return torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2))


def counting(torch):
    """A module with state that is no tensor, in a network."""

    class Counting(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.calls = {"forward": 3}

        def get_extra_state(self):
            return self.calls

        def set_extra_state(self, state):
            self.calls = state

    return torch.nn.Sequential(torch.nn.Linear(1, 1), Counting())


def test_hooks_around_saving_see_each_module_before_and_after_those_below_it(torch):
    net, seen = network(torch), []
    for name, module in net.named_modules():
        module.register_state_dict_pre_hook(
            lambda module, prefix, keep_vars, name=name: seen.append((name, prefix, keep_vars))
        )
        module.register_state_dict_post_hook(
            lambda module, state, prefix, metadata, name=name: seen.append(
                (name, list(state), prefix, metadata["version"])
            )
        )
    state = list(net.state_dict(prefix="net.", keep_vars=True))
    assert seen == [
        ("", "net.", True),
        ("0", "net.0.", True),
        ("0", state[:2], "net.0.", 1),
        ("1", "net.1.", True),
        ("1", state, "net.1.", 2),
        ("", state, "net.", 1),
    ]


def test_only_a_private_hook_after_saving_may_return_another_dictionary(torch, failure):
    net = network(torch)
    hook = lambda module, state, prefix, metadata: {"all": len(state)}  # noqa: E731
    with net._register_state_dict_hook(hook):
        assert net.state_dict() == {"all": 7}
    with net[0]._register_state_dict_hook(hook):
        assert len(net.state_dict()) == 7
    net.register_state_dict_post_hook(hook)
    assert failure(net.state_dict) == "RuntimeError: state_dict post-hook must return None"
    assert "RuntimeError: Cannot register the same" in failure(net._register_state_dict_hook, hook)


def test_a_hook_before_loading_renames_and_reports(torch, failure):
    net, seen = network(torch), []

    def rename(module, state, prefix, metadata, strict, missing, unexpected, errors):
        seen.append((prefix, metadata.get("assign_to_params_buffers", False), strict))
        assert module is net[0]
        state[prefix + "weight"] = state.pop(prefix + "w")

    state = net.state_dict()
    state["0.w"] = torch.ones(2, 2)
    del state["0.weight"]
    handle = net[0].register_load_state_dict_pre_hook(rename)
    net.load_state_dict(state)
    net.load_state_dict(state, assign=True, strict=False)
    assert net[0].weight.tolist() == [[1, 1], [1, 1]] and "0.w" in state
    assert seen == [("0.", False, True), ("0.", True, True)]
    handle.remove()
    net._register_load_state_dict_pre_hook(lambda *told: told[-1].append("too old"))
    assert failure(net.load_state_dict, net.state_dict()).endswith(":\n\ttoo old")


def test_a_hook_after_loading_decides_which_names_may_be_missing(torch, failure):
    net, order = network(torch), []

    def forgive(module, keys):
        order.append(type(module).__name__)
        keys.missing_keys.clear()
        keys.unexpected_keys.remove("more")

    for module in (net, *net):
        hook = forgive if module is net else lambda module, keys: order.append(id(module))
        module.register_load_state_dict_post_hook(hook)
    state = {"0.bias": torch.ones(2), "more": torch.ones(1)}
    assert net.load_state_dict(state).missing_keys == []
    assert order == [id(net[0]), id(net[1]), "Sequential"] and net[0].bias.tolist() == [1, 1]
    net.register_load_state_dict_post_hook(lambda module, keys: keys)
    assert failure(net.load_state_dict, state).startswith("AssertionError: Hooks registered with")


def test_state_that_is_no_tensor_is_saved_and_loaded_by_its_class(torch, failure):
    net, other = counting(torch), counting(torch)
    net[1].calls = {"forward": 5}
    state = net.state_dict()
    assert list(state) == ["0.weight", "0.bias", "1._extra_state"]
    other.load_state_dict(state)
    assert other[1].calls == {"forward": 5}
    missing = {key: state[key] for key in list(state)[:2]}
    assert 'Missing key(s) in state_dict: "1._extra_state"' in failure(
        net.load_state_dict, missing
    )
    plain = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Identity())
    assert 'Unexpected key(s) in state_dict: "1._extra_state"' in failure(
        plain.load_state_dict, state
    )


def test_state_that_does_not_fit_in_part_changes_nothing_of_what_is_no_tensor():
    net = counting(minigrad)
    state = {**net.state_dict(), "1._extra_state": 9, "0.bias": minigrad.ones(4)}
    with pytest.raises(RuntimeError, match="size mismatch"):
        net.load_state_dict(state)
    assert net[1].calls == {"forward": 3}


def test_hooks_of_the_state_go_with_a_copy_and_leave_calling_and_compiling_alone():
    net = network(minigrad)
    net.register_state_dict_post_hook(lambda module, state, *others: state.clear())
    twin = copy.deepcopy(net)
    assert len(twin.state_dict()) == 0 and not net._module_hooks
    step = minigrad.compile(lambda x: twin(x).sum())
    x = minigrad.ones(3, 2)
    assert len({step(x).item() for _ in range(4)}) == 1
    assert step.program is not None
