"""How do functions that a user attaches run before and after a module's forward?"""

import pytest


def test_hooks_see_arguments_and_output_in_the_order_of_registration(torch):
    layer, seen = torch.nn.ReLU(), []
    layer.register_forward_hook(lambda m, args, out: seen.append(("after", args, out)))
    layer.register_forward_hook(lambda m, args, out: seen.append("first"), prepend=True)
    layer.register_forward_pre_hook(lambda m, args: seen.append(("before", m, args)))
    x = torch.tensor([-1.0, 2.0])
    out = layer(x)
    assert seen == [("before", layer, (x,)), "first", ("after", (x,), out)]


def test_a_hook_replaces_what_it_returns(torch):
    layer = torch.nn.ReLU()
    layer.register_forward_pre_hook(lambda m, args: args[0] + 5)
    layer.register_forward_pre_hook(lambda m, args: (args[0] * 2,))
    layer.register_forward_hook(lambda m, args, out: (args, out))
    (argument,), out = layer(torch.tensor([1.0]))
    assert argument.tolist() == out.tolist() == [12.0]


def test_a_hook_may_see_and_replace_keyword_arguments(torch, failure):
    layer, seen = torch.nn.ReLU(), []
    layer.register_forward_hook(lambda m, a, k, out: seen.append((a, list(k))), with_kwargs=True)
    handle = layer.register_forward_pre_hook(
        lambda m, args, kwargs: ((), {"input": args[0] + 1}), with_kwargs=True
    )
    assert layer(torch.tensor([1.0])).tolist() == [2.0]
    handle.remove()
    layer(input=torch.tensor([1.0]))
    assert seen == [((), ["input"])] * 2
    layer.register_forward_pre_hook(lambda m, args, kwargs: 3, with_kwargs=True)
    assert failure(layer, torch.zeros(1)) == (
        "RuntimeError: forward pre-hook must return None or a tuple of (new_args, new_kwargs), "
        "but got 3."
    )


def test_a_removed_hook_is_not_called(torch):
    layer, seen = torch.nn.ReLU(), []
    kept = layer.register_forward_hook(lambda *_: seen.append("kept"))
    removed = layer.register_forward_hook(lambda *_: seen.append("removed"))
    removed.remove()
    removed.remove()
    layer(torch.zeros(1))
    kept.remove()
    layer(torch.zeros(1))
    assert seen == ["kept"]


def test_a_hook_may_remove_itself(torch):
    layer, seen = torch.nn.ReLU(), []

    def once(module, args, out):
        seen.append("called")
        handle.remove()

    handle = layer.register_forward_hook(once)
    layer.register_forward_hook(lambda *_: seen.append("next"))
    layer(torch.zeros(1))
    layer(torch.zeros(1))
    assert seen == ["called", "next", "next"]


def test_a_hook_that_is_always_called_sees_a_failure(torch):
    class Net(torch.nn.Module):
        def forward(self, x):
            raise ValueError("forward")

    net, seen = Net(), []
    net.register_forward_pre_hook(lambda m, args: (args[0] + 1,))
    net.register_forward_hook(lambda m, args, out: seen.append("never"))
    net.register_forward_hook(
        lambda m, args, kwargs, out: seen.append((args, kwargs, out)),
        always_call=True,
        with_kwargs=True,
    )
    with pytest.raises(ValueError, match="forward"):
        net(3)
    assert seen == [((4,), {}, None)]


def test_a_hook_that_was_called_is_not_called_again_because_of_its_failure(torch):
    layer, seen = torch.nn.ReLU(), []

    def fails(module, args, out):
        seen.append("called")
        raise ValueError("first")

    layer.register_forward_hook(fails, always_call=True)
    layer.register_forward_hook(lambda m, args, out: [][0], always_call=True)
    with (
        pytest.warns(UserWarning, match="silenced as another error was raised in forward: list"),
        pytest.raises(ValueError, match="first"),
    ):
        layer(torch.zeros(1))
    assert seen == ["called"]
