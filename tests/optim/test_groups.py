"""Which groups of parameters does an optimiser take, and in which words does it refuse others?"""

from importlib import import_module

import pytest


def test_parameters_with_names(torch):
    a, b, c = (torch.ones(1, requires_grad=True) for _ in range(3))
    optimizer = torch.optim.SGD([("a", a), ("b", b)], lr=0.1)
    assert optimizer.param_groups[0]["params"] == [a, b]
    assert optimizer.param_groups[0]["param_names"] == ["a", "b"]
    optimizer.add_param_group({"params": [("c", c)]})
    saved = optimizer.state_dict()["param_groups"]
    assert [group["param_names"] for group in saved] == [["a", "b"], ["c"]]
    saved[0]["param_names"] = ["x", "y"]
    del saved[1]["param_names"]
    optimizer.load_state_dict({"state": {}, "param_groups": saved})
    assert [group["param_names"] for group in optimizer.param_groups] == [["x", "y"], ["c"]]
    assert list(optimizer.param_groups[0]) == list(saved[0])  # settings stand in the saved order
    assert list(optimizer.param_groups[1]) == [*saved[1], "param_names"]


def test_named_parameters_of_a_module(torch):
    net = torch.nn.Linear(2, 3)
    optimizer = torch.optim.Adam(net.named_parameters())
    assert optimizer.param_groups[0]["param_names"] == ["weight", "bias"]


def test_a_parameter_that_is_listed_twice(torch):
    x = torch.ones(1, requires_grad=True)
    with pytest.warns(UserWarning, match="a parameter group with duplicate parameters"):
        optimizer = torch.optim.SGD([x, x], lr=0.25)
    x.grad = torch.ones(1)
    optimizer.step()
    assert x.item() == 0.5
    assert optimizer.state_dict()["param_groups"][0]["params"] == [1, 1]


def test_whole_numbers_may_be_listed(torch):
    count = torch.tensor([1, 2])
    optimizer = torch.optim.SGD([count, torch.ones(1)], lr=0.1)
    optimizer.step()
    assert count.tolist() == [1, 2]


@pytest.mark.parametrize("name", ["SGD", "Adam", "RMSprop", "Adagrad"])
def test_a_group_may_hold_tensors_of_ones_own(torch, name):
    weight, mask = torch.ones(3, requires_grad=True), torch.tensor([1.0, 0.0, 1.0])
    optimizer = getattr(torch.optim, name)([{"params": [weight], "mask": mask}], lr=0.1)
    weight.grad = torch.ones(3)
    optimizer.step()
    assert optimizer.param_groups[0]["mask"] is mask and (weight < 1).all()
    optimizer.load_state_dict(optimizer.state_dict())
    assert optimizer.param_groups[0]["mask"].tolist() == mask.tolist()


def test_settings_without_a_default(torch):
    required = import_module(f"{torch.__name__}.optim.optimizer").required
    assert repr(required) == "<required parameter>"
    with pytest.raises(ValueError, match=r"didn't specify a value of required .* lr"):
        torch.optim.Optimizer([torch.ones(1)], {"lr": required})
    group = {"params": torch.ones(1), "lr": 2.0}
    optimizer = torch.optim.Optimizer([group], {"lr": required})
    assert optimizer.param_groups[0]["lr"] == 2.0


def with_names(torch, *named):
    return [(f"{k}", torch.ones(1)) if each else torch.ones(1) for k, each in enumerate(named)]


REFUSED = [
    (lambda torch: torch.optim.SGD([]), "ValueError: optimizer got an empty parameter list"),
    (lambda torch: torch.optim.SGD([{"params": {torch.ones(1)}}]),
     "TypeError: optimizer parameters need to be organized in ordered collections, but the "
     "ordering of tensors in sets will change between runs. Please use a list instead."),
    (lambda torch: torch.optim.SGD([1]),
     "TypeError: optimizer can only optimize Tensors, but one of the params is int"),
    (lambda torch: torch.optim.SGD([torch.ones(1, requires_grad=True) * 2]),
     "ValueError: can't optimize a non-leaf Tensor"),
    (lambda torch: torch.optim.SGD([{"params": [x := torch.ones(1)]}, {"params": [x]}]),
     "ValueError: some parameters appear in more than one parameter group"),
    (lambda torch: torch.optim.SGD([torch.ones(1)]).add_param_group([torch.ones(1)]),
     "TypeError: param_group must be a dict, but got <class 'list'>"),
    (lambda torch: torch.optim.SGD(with_names(torch, True, False)),
     "ValueError: all optimizer params should be with/without names. Some param names are "
     "missing"),
    (lambda torch: torch.optim.SGD(with_names(torch, True)).add_param_group(
        {"params": with_names(torch, False)}),
     "ValueError: all optimizer param groups should be with/without names. cannot add param group "
     "without names to the optimizer"),
    (lambda torch: torch.optim.SGD(torch.ones(1)),
     "TypeError: params argument given to the optimizer should be an iterable of Tensors or "
     "dicts, but got minigrad.FloatTensor"),
    (lambda torch: torch.optim.SGD([torch.ones(1)], fused=True, foreach=True),
     "RuntimeError: `fused` and `foreach` cannot be `True` together."),
    (lambda torch: torch.optim.Adagrad([torch.ones(1)], fused=True, differentiable=True),
     "RuntimeError: `fused` does not support `differentiable`"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "expected"), REFUSED)
def test_refused(torch, failure, wrong, expected):
    assert failure(wrong, torch) == expected


def test_a_refused_group_is_left_as_it_was(torch):
    optimizer = torch.optim.SGD([x := torch.ones(1)], lr=0.1)
    with pytest.raises(ValueError, match="appear in more than one"):
        optimizer.add_param_group({"params": [torch.ones(1), x]})
    assert len(optimizer.param_groups) == 1


def test_a_parameter_with_state_that_left_its_group(torch):
    """The state of what is in no group has no number: saving it is an error."""
    first, second = (torch.ones(1, requires_grad=True) for _ in range(2))
    optimizer = torch.optim.Adam([first, second])
    (first + second).sum().backward()
    optimizer.step()
    optimizer.state["note"] = {"kept": 1}
    assert set(optimizer.state_dict()["state"]) == {0, 1, "note"}
    optimizer.param_groups[0]["params"].pop()
    with pytest.raises(KeyError):
        optimizer.state_dict()
