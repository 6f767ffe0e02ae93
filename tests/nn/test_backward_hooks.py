"""How do functions that a user attaches see the gradients that pass a module on the way back?"""

import pytest

UNREACHED = "ignore:Full backward hook is firing when gradients are computed:UserWarning"


def doubling(torch):
    layer = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(layer.weight, 2.0)
    return layer


def plain(gradients):
    return tuple(None if each is None else each.tolist() for each in gradients)


def test_hooks_see_gradients_of_outputs_and_inputs_in_their_order(torch):
    layer, seen, x = doubling(torch), [], torch.ones(1, 1, requires_grad=True)
    layer.register_full_backward_hook(lambda m, i, o: seen.append(("after", plain(i), plain(o))))
    layer.register_full_backward_pre_hook(lambda m, o: seen.append(("before", plain(o))))
    layer.register_full_backward_hook(lambda m, i, o: seen.append("first"), prepend=True)
    handle = layer.register_full_backward_pre_hook(lambda m, o: seen.append("removed"))
    handle.remove()
    (layer(x) * 3).backward()
    assert seen == [("before", ([[3.0]],)), "first", ("after", ([[6.0]],), ([[3.0]],))]
    assert (x.grad.item(), layer.weight.grad.item()) == (6.0, 3.0)


def test_what_a_hook_returns_takes_the_gradients_place(torch):
    layer, seen, x = doubling(torch), [], torch.ones(1, 1, requires_grad=True)
    layer.register_full_backward_pre_hook(lambda m, o: (o[0] * 5,))
    layer.register_full_backward_hook(lambda m, i, o: (i[0] + 1,))
    layer.register_full_backward_hook(lambda m, i, o: seen.append((plain(i), plain(o))))
    layer(x).backward()
    assert seen == [(([[11.0]],), ([[5.0]],))]
    assert (x.grad.item(), layer.weight.grad.item()) == (11.0, 5.0)


@pytest.mark.parametrize(
    ("returned", "error"),
    [
        (lambda torch: 3, "TypeError"),
        (lambda torch: "a", "TypeError"),
        (lambda torch: (torch.ones(1, 1),) * 2, "RuntimeError: Backward hook returned an invalid "
         "number of grad_input, got 2, but expected 1"),
        (lambda torch: (torch.ones(3),), "RuntimeError: hook "),
        (lambda torch: (torch.ones(1, 1, dtype=torch.float64),), "RuntimeError: hook "),
    ],
)  # fmt: skip
def test_what_cannot_take_its_place_is_refused(torch, failure, returned, error):
    layer, x = doubling(torch), torch.ones(1, 1, requires_grad=True)
    layer.register_full_backward_hook(lambda m, i, o: returned(torch))
    assert failure(layer(x).backward).startswith(error)
    assert x.grad is None


def test_arguments_and_outputs_that_are_no_tensors_have_the_gradient_none(torch):
    class Both(torch.nn.Module):
        def forward(self, a, b, *, c):
            return a * 2, b, a * c

    module, seen = Both(), []
    module.register_full_backward_hook(lambda m, i, o: seen.append((plain(i), plain(o))))
    x, scale = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
    first, text, third = module(x, "text", c=scale * 3)
    assert text == "text"
    (first + third).backward()
    assert seen == [(([5.0], None), ([1.0], None, [1.0]))]
    assert scale.grad.tolist() == [3.0]


def test_without_a_gradient_of_the_inputs_hooks_follow_that_of_the_outputs(torch, failure):
    layer, seen = doubling(torch), []
    layer.register_full_backward_hook(lambda m, i, o: seen.append((i, plain(o))))
    with pytest.warns(UserWarning, match="since no inputs require gradients") as caught:
        layer(torch.ones(1, 1)).backward()
    assert seen == [((None,), ([[1.0]],))]
    assert torch.__name__ == "torch" or caught[0].filename == __file__
    layer.register_full_backward_hook(lambda m, i, o: (o[0],))
    with pytest.warns(UserWarning, match="since no inputs require gradients"):
        assert failure(layer(torch.ones(1, 1)).backward) == (
            "RuntimeError: Backward hook for Modules where no input requires gradient should "
            "always return None or None for all gradients."
        )


@pytest.mark.filterwarnings(UNREACHED)
@pytest.mark.parametrize("register", ["full_backward_hook", "full_backward_pre_hook"])
def test_what_a_hook_gives_is_in_a_tuple(torch, register):
    for rows in (1, 3):
        matrix, number = torch.ones(rows, 2), torch.tensor(5.0)
        for given, error in ((matrix, RuntimeError), (number, TypeError), (5, TypeError)):
            layer = torch.nn.Linear(2, 2)
            getattr(layer, f"register_{register}")(lambda *_, given=given: given)
            out = layer(torch.ones(rows, 2, requires_grad=True))
            with pytest.raises(error):
                out.sum().backward()


def test_an_output_that_is_no_tensor_is_left_alone_with_a_warning(torch):
    class Named(torch.nn.Module):
        def forward(self, x):
            return {"out": x * 2}

    module, x = Named(), torch.ones(1, requires_grad=True)
    module.register_full_backward_hook(lambda m, i, o: (i[0] * 100,))
    with pytest.warns(UserWarning, match="should be a Tensor or a tuple of Tensors"):
        out = module(x)
    out["out"].backward()
    assert x.grad.tolist() == [2.0]


@pytest.mark.filterwarnings(UNREACHED)
def test_modules_inside_others_are_passed_from_the_last_to_the_first(torch):
    net, seen = torch.nn.Sequential(doubling(torch), torch.nn.ReLU()), []
    for name, module in [("whole", net), ("first", net[0]), ("second", net[1])]:
        module.register_full_backward_hook(lambda m, i, o, name=name: seen.append(name))
    net(torch.ones(1, 1)).backward()
    assert sorted(seen) == ["first", "second", "whole"]
    assert seen.index("second") < seen.index("first")


def test_where_nothing_is_differentiated_hooks_are_silent(torch):
    layer, seen = doubling(torch), []
    layer.register_full_backward_hook(lambda m, i, o: seen.append("called"))
    with torch.no_grad():
        assert not layer(torch.ones(1, 1, requires_grad=True)).requires_grad
    assert seen == []


def test_a_hooked_modules_output_must_not_change_in_place(torch, failure):
    layer, x = torch.nn.ReLU(inplace=True), torch.ones(2, requires_grad=True)
    layer.register_full_backward_hook(lambda m, i, o: None)
    assert failure(layer, x * 2).startswith("RuntimeError: Output 0 of BackwardHookFunction")
