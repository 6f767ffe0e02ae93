"""Hooks around an optimiser's steps, saving and loading."""

import pytest


def test_hooks_around_a_step(torch):
    x = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.5)
    seen = []

    def before(given, args, kwargs):
        seen.append(("before", given is optimizer, args[1:], kwargs, x.item()))

    def after(given, args, kwargs):
        seen.append(("after", given is optimizer, args[1:], kwargs, x.item()))

    handles = [optimizer.register_step_pre_hook(before), optimizer.register_step_post_hook(after)]
    x.grad = torch.ones(1)
    optimizer.step()
    assert seen == [("before", True, (), {}, 1.0), ("after", True, (), {}, 0.5)]
    for handle in handles:
        handle.remove()
    optimizer.step()
    assert len(seen) == 2 and x.item() == 0.0


def test_a_hook_may_replace_the_arguments_of_a_step(torch):
    optimizer = torch.optim.SGD([torch.ones(1)])
    optimizer.register_step_pre_hook(lambda given, args, kwargs: ((given, lambda: "other"), {}))
    assert optimizer.step(lambda: "own") == "other"
    optimizer.register_step_pre_hook(lambda *given: "nonsense")
    with pytest.raises(RuntimeError, match=r"must return None or a tuple of \(new_args, new_kw"):
        optimizer.step()


def test_hooks_around_saving_and_loading(torch):
    optimizer = torch.optim.SGD([torch.ones(1)], lr=0.5)
    order = []

    def add(state_dict):
        order.append("post-save")
        return {**state_dict, "more": 1}

    def change(state_dict):
        order.append(("pre-load", state_dict.pop("more")))
        state_dict["param_groups"] = [{**state_dict["param_groups"][0], "lr": 0.25}]

    optimizer.register_state_dict_pre_hook(lambda given: order.append("pre-save"))
    optimizer.register_state_dict_post_hook(lambda given, state_dict: add(state_dict))
    optimizer.register_load_state_dict_pre_hook(lambda given, state_dict: change(state_dict))
    optimizer.register_load_state_dict_post_hook(
        lambda given: order.append(("post-load", given.param_groups[0]["lr"]))
    )
    optimizer.register_state_dict_pre_hook(lambda given: order.append("first"), prepend=True)
    saved = optimizer.state_dict()
    optimizer.load_state_dict(saved)
    assert order == ["first", "pre-save", "post-save", ("pre-load", 1), ("post-load", 0.25)]
    assert saved["more"] == 1


def test_the_step_of_a_base_class_runs_no_hooks_again():
    import minigrad as torch

    class Doubled(torch.optim.SGD):
        def step(self, closure=None):
            super().step(closure)
            return super().step()

    x = torch.ones(1, requires_grad=True)
    x.grad = torch.ones(1)
    optimizer, count = Doubled([x], lr=0.25), []
    optimizer.register_step_post_hook(lambda *given: count.append(1))
    optimizer.step()
    assert x.item() == 0.5 and count == [1]
