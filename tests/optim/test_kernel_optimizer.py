"""What the optimisers here share: reading settings at each step, and what kernels rely on."""

import numpy as np
import pytest

import minigrad
from minigrad import arrays, optim, structure

ALL = ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad"]


def with_gradient(torch, *values):
    x = torch.tensor(list(values), requires_grad=True)
    x.grad = torch.ones(len(values))
    return x


@pytest.mark.parametrize("name", ALL)
def test_gradients_of_any_layout(name):
    values = np.arange(6.0, dtype=np.float32).reshape(3, 2)
    results = []
    for gradient in (values.T.copy(), values.T):
        x = minigrad.ones(2, 3, requires_grad=True)
        x.grad = minigrad.from_numpy(gradient)
        getattr(optim, name)([x], lr=0.1).step()
        results.append(x.tolist())
    assert results[0] == results[1]


@pytest.mark.parametrize("name", ALL)
def test_parameters_of_any_layout_and_dtype(torch, name):
    wide = torch.ones(3, 4)
    params = [wide.t()[1:3], torch.ones(2).double(), torch.ones(0), torch.tensor(1.0)]
    params = [each.detach().requires_grad_() for each in params]
    for each in params:
        each.grad = torch.ones_like(each)
    getattr(torch.optim, name)(params, lr=0.25, **{"SGD": {}}.get(name, {"eps": 0.0})).step()
    moved = params[3].item()
    assert moved < 1.0
    assert wide.t().tolist() == [[1.0] * 3, [moved] * 3, [moved] * 3, [1.0] * 3]
    assert params[1].tolist() == pytest.approx([moved] * 2, rel=1e-6)


@pytest.mark.parametrize("name", ALL)
def test_a_tensor_as_learning_rate(torch, name):
    results = []
    for rates in ((0.5, 0.25), [torch.tensor(0.5), torch.tensor([0.25])]):
        x = with_gradient(torch, 1.0, 2.0)
        optimizer = getattr(torch.optim, name)([x], lr=rates[0])
        optimizer.step()
        optimizer.param_groups[0]["lr"] = rates[1]
        optimizer.step()
        results.append(x.tolist())
    assert results[0] == pytest.approx(results[1], rel=1e-6)


def test_betas_as_tensors(torch):
    x, y = with_gradient(torch, 1.0), with_gradient(torch, 1.0)
    torch.optim.Adam([x], betas=(torch.tensor(0.5), torch.tensor([0.75]))).step()
    torch.optim.Adam([y], betas=(0.5, 0.75)).step()
    assert x.item() == pytest.approx(y.item())


def test_capturable_is_for_other_devices(torch):
    for name in ("Adam", "AdamW", "RMSprop"):
        x = torch.ones(1, requires_grad=True)
        optimizer = getattr(torch.optim, name)([x], capturable=True)
        optimizer.step()
        x.grad = torch.ones(1)
        with pytest.raises(AssertionError, match="If capturable=True, params and state_steps"):
            optimizer.step()


@pytest.mark.parametrize("settings", [{"foreach": True}, {"foreach": False}, {"fused": True}])
@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "Adagrad"])
def test_the_ways_to_run_are_accepted(torch, name, settings):
    x, y = with_gradient(torch, 1.0), with_gradient(torch, 1.0)
    getattr(torch.optim, name)([x], **settings).step()
    getattr(torch.optim, name)([y]).step()
    assert x.item() == pytest.approx(y.item())


@pytest.mark.parametrize("name", ALL)
def test_all_parameters_of_a_group_are_launched_at_once(name, monkeypatch):
    """Those in memory that kernels can work on; the others one by one."""
    turned = minigrad.ones(3, 2).t().requires_grad_()
    shapes = [(2, 3), (0,), (), (5,)]
    params = [minigrad.ones(shape, requires_grad=True) for shape in shapes]
    groups = [{"params": [*params[:2], turned, params[2]]}, {"params": params[3:]}]
    optimizer = getattr(optim, name)(groups, lr=0.1, **{"SGD": {"momentum": 0.9}}.get(name, {}))
    counts, launch_each = [], arrays.launch_each

    def counting(kernel, calls):
        counts.append(len(calls))
        launch_each(kernel, calls)

    monkeypatch.setattr(arrays, "launch_each", counting)
    for each in (*params, turned):
        each.grad = minigrad.ones_like(each)
    optimizer.step()
    assert counts == [3, 1]
    assert turned.tolist() == [[params[2].item()] * 3] * 2


@pytest.mark.parametrize(
    ("name", "setting"),
    [("SGD", "dampening"), ("Adam", "eps"), ("RMSprop", "alpha"), ("Adagrad", "lr_decay")],
)
def test_settings_of_a_group_must_be_numbers(failure, name, setting):
    x = with_gradient(minigrad, 1.0)
    optimizer = getattr(optim, name)([x], lr=0.1)
    expected = f"TypeError: setting '{setting}' of a group must be a number, got None"
    wrong = {"params": [minigrad.ones(1)], setting: None}
    assert failure(optimizer.add_param_group, wrong) == expected
    optimizer.param_groups[0][setting] = None
    assert failure(optimizer.step) == expected
    assert x.item() == 1.0 and len(optimizer.param_groups) == 1


def test_a_setting_that_is_a_tensor_is_followed_in_place(torch):
    """Not only learning rates and betas."""
    x, eps = with_gradient(torch, 1.0), torch.tensor(0.0)
    optimizer = torch.optim.Adagrad([x], lr=1.0, eps=eps)
    optimizer.step()
    eps.fill_(1e6)
    optimizer.step()
    assert x.item() == pytest.approx(0.0, abs=1e-5)


def test_groups_that_are_changed_by_hand(torch):
    a, b, c = (with_gradient(torch, 1.0) for _ in range(3))
    optimizer = torch.optim.SGD([{"params": [a]}, {"params": [b], "lr": 0.25}], lr=0.5)
    optimizer.step()
    del optimizer.param_groups[0]
    optimizer.step()
    assert (a.item(), b.item()) == (0.5, 0.5)
    optimizer.param_groups = [{**optimizer.param_groups[0], "params": [c], "lr": 1.0}]
    optimizer.step()
    assert (a.item(), b.item(), c.item()) == (0.5, 0.5, 0.0)


def test_a_group_may_maximise_or_decay_on_its_own(torch):
    a, b = with_gradient(torch, 1.0), with_gradient(torch, 1.0)
    groups = [{"params": [a], "maximize": True}, {"params": [b], "weight_decay": 1.0, "lr": -0.5}]
    torch.optim.SGD(groups, lr=0.5).step()
    assert (a.item(), b.item()) == (1.5, 2.0)


def test_the_structure_counts_groups_and_switched_settings():
    x = with_gradient(minigrad, 1.0)
    optimizer = optim.SGD([x], lr=0.1, momentum=0.5)
    optimizer.step()
    before = structure.counter
    optimizer.param_groups[0].update(lr=0.2, momentum=0.75)
    optimizer.step()
    assert structure.counter == before
    optimizer.param_groups[0]["momentum"] = 0
    optimizer.step()
    assert structure.counter > before
    before = structure.counter
    optimizer.add_param_group({"params": [minigrad.ones(1)]})
    assert structure.counter > before


@pytest.mark.parametrize("name", ALL)
def test_state_and_gradients_of_another_shape_are_refused(name):
    """Kernels trust the shapes: a wrong one would write into other memory."""
    settings = {"momentum": 0.9} if name == "SGD" else {}
    small, large = (minigrad.ones(n, requires_grad=True) for n in (2, 4000))
    kind = getattr(optim, name)
    first, second = kind([small], lr=0.1, **settings), kind([large], lr=0.1, **settings)
    for param, optimizer in ((small, first), (large, second)):
        param.sum().backward()
        optimizer.step()
    before = large.tolist()
    for key in first.state[small]:
        kept = second.state[large][key]
        second.state[large][key] = minigrad.ones(0) if key == "step" else first.state[small][key]
        with pytest.raises(RuntimeError, match=r"shape \[4000\] has a gradient or state of shape"):
            second.step()
        second.state[large][key] = kept
    assert large.tolist() == before
    small.data = minigrad.ones(4000)
    with pytest.raises(RuntimeError, match="does not fit"):
        first.step()


@pytest.mark.parametrize("name", ["Adam", "AdamW", "RMSprop", "Adagrad"])
@pytest.mark.parametrize("count", [0, 0.0, None])
def test_a_count_of_steps_that_a_script_puts_there_is_a_tensor(torch, failure, name, count):
    x = with_gradient(torch, 1.0, 2.0)
    optimizer = getattr(torch.optim, name)([x], lr=0.1)
    optimizer.step()
    optimizer.state[x]["step"] = torch.zeros(())
    optimizer.step()
    assert optimizer.state[x]["step"].item() == 1
    optimizer.state[x]["step"] = count
    assert failure(optimizer.step).startswith(
        "RuntimeError: API has changed, `state_steps` argument must contain a list of singleton"
    )


BEYOND = [
    ("SGD", {"lr": 1e39}),
    ("SGD", {"weight_decay": 1e39}),
    ("SGD", {"weight_decay": True}),
    ("SGD", {"momentum": True, "nesterov": True}),
    ("Adam", {"lr": 1e39}),
    ("Adam", {"weight_decay": True}),
    ("AdamW", {"lr": 1e39}),
    ("RMSprop", {"lr": 1e39}),
    ("RMSprop", {"alpha": 1e39}),
    ("Adagrad", {"weight_decay": 1e39}),
]


@pytest.mark.parametrize(("name", "settings"), BEYOND)
def test_a_step_is_made_with_numbers_that_the_parameters_dtype_has(torch, name, settings):
    x = with_gradient(torch, 1.0, 2.0)
    optimizer = getattr(torch.optim, name)([x], **settings)
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"without overflow|Boolean alpha only supported"):
            optimizer.step()
    if torch is minigrad:
        assert x.tolist() == [1.0, 2.0]
    for setting in settings:
        optimizer.param_groups[0][setting] = 0.5
    optimizer.step()


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("SGD", {"lr": True}),
        ("SGD", {"lr": 2**63}),
        ("SGD", {"momentum": [0.5], "nesterov": True}),
        ("AdamW", {"weight_decay": True}),
        ("Adam", {"eps": 1e39}),
        ("RMSprop", {"alpha": [0.5]}),
    ],
)
def test_settings_that_a_step_can_use_may_be_any_numbers_and_tensors(torch, name, settings):
    settings = meant(torch, settings)
    x = with_gradient(torch, 1.0, 2.0)
    getattr(torch.optim, name)([x], **settings).step()
    assert x.isfinite().all()


def meant(torch, settings):
    """Settings, in which a list of one number stands for a tensor."""
    return {
        name: torch.tensor(value[0]) if isinstance(value, list) else value
        for name, value in settings.items()
    }


@pytest.mark.parametrize("differentiable", [0, 1, None])
def test_whether_a_step_is_differentiable_is_a_bool(torch, differentiable):
    optimizer = torch.optim.SGD([with_gradient(torch, 1.0)], differentiable=differentiable)
    with pytest.raises(TypeError, match="must be bool"):
        optimizer.step()


def test_whole_numbers_cannot_be_changed():
    count = minigrad.tensor([1, 2])
    count.grad = minigrad.tensor([1, 1])
    with pytest.raises(RuntimeError, match=r"floating point tensors, got minigrad\.int64"):
        optim.SGD([count], lr=0.1).step()
    assert count.tolist() == [1, 2]


@pytest.mark.parametrize("name", ["Adam", "AdamW", "RMSprop", "Adagrad"])
@pytest.mark.parametrize("dtype", ["float64", "int64"])
def test_a_count_of_steps_may_be_of_any_numbers(torch, failure, name, dtype):
    x, other = with_gradient(torch, 1.0, 2.0), with_gradient(torch, 1.0, 2.0)
    kind = getattr(torch.optim, name)
    optimizer, usual = kind([x], lr=0.1), kind([other], lr=0.1)
    for each in (optimizer, usual):
        each.step()
    count = optimizer.state[x]["step"] = torch.tensor(1, dtype=getattr(torch, dtype))
    for each in (optimizer, usual):
        each.step()
    assert optimizer.state[x]["step"] is count and count.item() == 2
    assert count.dtype == getattr(torch, dtype)
    assert x.tolist() == other.tolist()
    optimizer.state[x]["step"] = torch.tensor(True)
    assert failure(optimizer.step).startswith("RuntimeError: result type Long can't be cast to")


@pytest.mark.parametrize("dtype", ["int64", "int32", "bool"])
@pytest.mark.parametrize(
    ("name", "settings", "kept"),
    [("SGD", {"momentum": 0.9}, "momentum_buffer"), ("Adagrad", {}, "sum"),
     ("RMSprop", {}, "square_avg")],
)  # fmt: skip
def test_slopes_are_not_kept_as_whole_numbers(torch, failure, name, settings, kept, dtype):
    x = with_gradient(torch, 1.0, 2.0)
    optimizer = getattr(torch.optim, name)([x], lr=0.1, **settings)
    optimizer.step()
    state = optimizer.state[x]
    state["seen"] = torch.tensor(1)  # what a script notes is its own affair
    optimizer.step()
    before = x.tolist()
    state[kept] = state[kept].to(getattr(torch, dtype))
    cast = "RuntimeError: result type Float can't be cast to the desired output type "
    assert failure(optimizer.step).startswith(cast + state[kept].type().split(".")[1][:-6])
    assert x.tolist() == before


CONVERTED = [
    ("SGD", {"momentum": 0.9}),
    ("SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1}),
    ("RMSprop", {"momentum": 0.9}),
    ("Adagrad", {"lr_decay": 0.1}),
]


@pytest.mark.parametrize("before", ["float32", "float64"])
@pytest.mark.parametrize(("name", "settings"), CONVERTED)
def test_state_of_another_dtype_than_its_parameters_goes_on(torch, name, settings, before):
    """It keeps its dtype, and the step is as good as the narrower of the two."""
    narrow, wide = (converted(torch, name, settings, before, into) for into in (True, False))
    assert narrow[0].dtype != wide[0].dtype == getattr(torch, before)
    assert [each.dtype for each in narrow[1:]] == [each.dtype for each in wide[1:]]
    for one, two in zip(narrow, wide, strict=True):
        assert torch.allclose(one.double(), two.double(), rtol=1e-5, atol=1e-6)


def converted(torch, name, settings, before, converts):
    """Weights after a few steps, and their state, with a conversion after the first or without."""
    dtypes = {"float32": torch.float64, "float64": torch.float32}
    layer = torch.nn.Linear(2, 1, dtype=getattr(torch, before))
    optimizer = getattr(torch.optim, name)(layer.parameters(), lr=0.1, **settings)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[0.5, -1.5]]))
        layer.bias.fill_(0.25)
    for turn in range(4):
        optimizer.zero_grad()
        x = torch.tensor([[1.0, 0.3], [-2.0, 0.7]], dtype=layer.weight.dtype)
        layer(x).square().sum().backward()
        optimizer.step()
        if converts and turn == 0:
            layer.to(dtypes[before])
    return [layer.weight.detach(), *optimizer.state[layer.weight].values()]


@pytest.mark.parametrize("name", ["Adam", "AdamW", "RMSprop"])
@pytest.mark.parametrize("before", ["float32", "float64"])
def test_averages_of_another_dtype_than_the_slope_are_refused(name, before):
    after = "float64" if before == "float32" else "float32"
    layer = minigrad.nn.Linear(2, 1, dtype=getattr(minigrad, before))
    settings = {"centered": True} if name == "RMSprop" else {}
    optimizer = getattr(optim, name)(layer.parameters(), lr=0.1, **settings)

    def step():
        optimizer.zero_grad()
        layer(minigrad.ones(3, 2, dtype=layer.weight.dtype)).sum().backward()
        optimizer.step()

    step()
    layer.to(getattr(minigrad, after))
    with pytest.raises(RuntimeError, match=rf"dtype minigrad.{after}, .* of minigrad.{before}: "):
        step()
    optimizer.load_state_dict(optimizer.state_dict())
    step()
    assert layer.weight.dtype == getattr(minigrad, after)
