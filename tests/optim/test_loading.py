"""State saved by an optimiser, here or in PyTorch, is taken over whole or not at all."""

import copy

import numpy as np
import pytest

import minigrad

CASES = [
    ("SGD", {"momentum": 0.9, "nesterov": True}),
    ("SGD", {}),
    ("Adam", {"amsgrad": True}),
    ("AdamW", {"weight_decay": 0.1}),
    ("RMSprop", {"momentum": 0.5, "centered": True}),
    ("Adagrad", {"lr_decay": 0.1, "initial_accumulator_value": 0.5}),
]
SHAPES = [(2, 3), (4,), ()]


def trained(library, name, settings, steps=3, start=0):
    """Two groups of parameters after some steps, the last of them without gradients."""
    params = [library.tensor(np.full(shape, 1.5, np.float32)) for shape in SHAPES]
    params = [each.requires_grad_() for each in params]
    groups = [{"params": params[:1]}, {"params": params[1:], "lr": 0.02}]
    optimizer = getattr(library.optim, name)(groups, lr=0.01, **settings)
    train(library, params, optimizer, steps, start)
    return params, optimizer


def train(library, params, optimizer, steps, start):
    for step in range(start, start + steps):
        for k, param in enumerate(params[:-1]):
            values = np.cos(step + k + np.arange(param.numel())).reshape(tuple(param.shape))
            param.grad = library.tensor(values.astype(np.float32))
        optimizer.step()


def values(params):
    return [each.tolist() for each in params]


def in_other_tensors(value, convert):
    """A state dict with every tensor converted."""
    if isinstance(value, dict):
        return {key: in_other_tensors(each, convert) for key, each in value.items()}
    if isinstance(value, list):
        return [in_other_tensors(each, convert) for each in value]
    return convert(value.detach().numpy()) if hasattr(value, "detach") else value


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_training_goes_on_after_loading(torch, name, settings):
    params, optimizer = trained(torch, name, settings)
    saved = copy.deepcopy(optimizer.state_dict())
    others, other = trained(torch, name, settings, steps=0)
    for mine, theirs in zip(others, params, strict=True):
        with torch.no_grad():
            mine.copy_(theirs)
    other.load_state_dict(saved)
    train(torch, others, other, 3, 3)
    assert values(params) != values(others)
    train(torch, params, optimizer, 3, 3)
    assert values(params) == values(others)
    assert other.param_groups[1]["lr"] == 0.02


@pytest.mark.parametrize("convert", ["tensors of ours", "arrays", "as they are"])
@pytest.mark.parametrize(("name", "settings"), CASES)
def test_state_that_pytorch_saved(name, settings, convert):
    torch = pytest.importorskip("torch")
    converters = {"tensors of ours": minigrad.tensor, "arrays": np.array}
    theirs, their_optimizer = trained(torch, name, settings)
    saved = copy.deepcopy(their_optimizer.state_dict())
    if convert in converters:
        saved = in_other_tensors(saved, converters[convert])
    ours, optimizer = trained(minigrad, name, settings, steps=0)
    for mine, other in zip(ours, theirs, strict=True):
        mine.array[...] = other.detach().numpy()
    optimizer.load_state_dict(saved)
    train(torch, theirs, their_optimizer, 3, 3)
    train(minigrad, ours, optimizer, 3, 3)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine.array, other.detach().numpy(), rtol=1e-6)


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_state_for_pytorch(name, settings):
    torch = pytest.importorskip("torch")
    ours, optimizer = trained(minigrad, name, settings)
    theirs, their_optimizer = trained(torch, name, settings)
    saved, wanted = optimizer.state_dict(), their_optimizer.state_dict()
    assert saved["param_groups"] == wanted["param_groups"]
    assert saved["state"].keys() == wanted["state"].keys()
    for position, state in wanted["state"].items():
        assert saved["state"][position].keys() == state.keys()
        for key, tensor in state.items():
            mine = saved["state"][position][key]
            assert tuple(mine.shape) == tuple(tensor.shape)
            assert str(mine.dtype).split(".")[1] == str(tensor.dtype).split(".")[1]
    their_optimizer.load_state_dict(in_other_tensors(saved, torch.tensor))
    for mine, other in zip(ours, theirs, strict=True):
        other.data.copy_(torch.from_numpy(mine.array))
    train(minigrad, ours, optimizer, 3, 3)
    train(torch, theirs, their_optimizer, 3, 3)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine.array, other.detach().numpy(), rtol=1e-6)


def test_loaded_state_has_memory_and_dtype_of_its_own():
    params, optimizer = trained(minigrad, "Adam", {})
    saved = optimizer.state_dict()
    wide = [each.detach().double() for each in params]
    other = minigrad.optim.Adam([{"params": wide[0]}, {"params": wide[1:]}])
    other.load_state_dict(saved)
    state = other.state[other.param_groups[0]["params"][0]]
    assert state["exp_avg"].dtype is minigrad.float64
    assert state["step"].dtype is minigrad.float32
    before = state["exp_avg"].tolist()
    saved["state"][0]["exp_avg"].zero_()
    assert state["exp_avg"].tolist() == before


@pytest.mark.parametrize("count", [3, 3.0, np.float32(3)])
def test_a_count_of_steps_may_be_a_number(count):
    params, optimizer = trained(minigrad, "Adam", {})
    saved = copy.deepcopy(optimizer.state_dict())
    saved["state"][0]["step"] = count
    optimizer.load_state_dict(saved)
    train(minigrad, params, optimizer, 1, 3)
    assert optimizer.state[params[0]]["step"].item() == 4.0


@pytest.mark.parametrize("dtype", ["float64", "int64"])
def test_a_count_of_steps_keeps_the_dtype_that_it_is_loaded_in(torch, dtype):
    params, optimizer = trained(torch, "Adam", {})
    saved = copy.deepcopy(optimizer.state_dict())
    saved["state"][0]["step"] = torch.tensor(3, dtype=getattr(torch, dtype))
    optimizer.load_state_dict(saved)
    train(torch, params, optimizer, 1, 3)
    count = optimizer.state[params[0]]["step"]
    assert (count.item(), count.dtype) == (4, getattr(torch, dtype))


def test_settings_that_older_versions_did_not_save(torch):
    params, optimizer = trained(torch, "Adam", {})
    saved = optimizer.state_dict()
    for group in saved["param_groups"]:
        for name in ("amsgrad", "maximize", "foreach", "decoupled_weight_decay", "fused"):
            del group[name]
    optimizer.load_state_dict(saved)
    train(torch, params, optimizer, 1, 3)
    assert optimizer.param_groups[0]["amsgrad"] is False


def without(key):
    def change(saved):
        del saved["state"][1][key]

    return change


def resized(saved):
    saved["state"][1]["exp_avg_sq"] = minigrad.zeros(3)


def shortened(saved):
    saved["param_groups"][1]["params"] = [1]


def without_groups(saved):
    saved["param_groups"] = saved["param_groups"][:1]


def with_a_number(saved):
    saved["state"][1]["exp_avg"] = 0.5


def of_sgd(saved):
    saved["state"][1] = {"momentum_buffer": minigrad.zeros(4)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (resized, "ValueError: loaded state dict has a 'exp_avg_sq' of shape [3] for a parameter "
         "of shape [4]"),
        (with_a_number, "ValueError: loaded state dict has 0.5 as 'exp_avg', where a tensor of "
         "shape [4] is expected"),
        (shortened, "ValueError: loaded state dict contains a parameter group that doesn't match "
         "the size of optimizer's group"),
        (without_groups, "ValueError: loaded state dict has a different number of parameter "
         "groups"),
        (without("exp_avg"), 'KeyError: "loaded state dict has no \'exp_avg\' for a parameter of '
         'shape [4]: is it of another optimiser?"'),
        (of_sgd, 'KeyError: "loaded state dict has no \'step\' for a parameter of shape [4]: is '
         'it of another optimiser?"'),
    ],
)  # fmt: skip
def test_what_does_not_fit_changes_nothing(failure, change, expected):
    params, optimizer = trained(minigrad, "Adam", {})
    saved = copy.deepcopy(trained(minigrad, "Adam", {}, steps=5)[1].state_dict())
    saved["param_groups"][0]["lr"] = 7.0
    change(saved)
    before = copy.deepcopy(optimizer.state_dict())
    kept = optimizer.state[params[0]]
    assert failure(optimizer.load_state_dict, saved) == expected
    after = optimizer.state_dict()
    assert after["param_groups"] == before["param_groups"]
    assert optimizer.state[params[0]] is kept
    for position, state in before["state"].items():
        assert {key: each.tolist() for key, each in state.items()} == {
            key: each.tolist() for key, each in after["state"][position].items()
        }


def test_groups_keep_their_dicts():
    _, optimizer = trained(minigrad, "SGD", {})
    group = optimizer.param_groups[0]
    saved = optimizer.state_dict()
    saved["param_groups"][0]["lr"] = 0.75
    optimizer.load_state_dict(saved)
    assert optimizer.param_groups[0] is group and group["lr"] == 0.75


def test_groups_that_share_a_learning_rate_go_on_sharing_it(torch):
    rate = torch.tensor(0.5)
    groups = [{"params": [torch.ones(1)], "lr": rate} for _ in range(2)]
    optimizer = torch.optim.SGD(groups)
    optimizer.load_state_dict(optimizer.state_dict())
    first, second = (group["lr"] for group in optimizer.param_groups)
    assert first is second is not rate


def test_two_optimisers_may_work_on_one_state(torch):
    """Until it is converted: what has the dtype of the parameter is the dictionary's tensor."""
    _, optimizer = trained(torch, "Adam", {})
    params, other = trained(torch, "Adam", {}, steps=0)
    other.load_state_dict(optimizer.state_dict())
    kept = [optimizer.state_dict()["state"][0], other.state_dict()["state"][0]]
    assert kept[0] is not kept[1]
    assert all(kept[0][name] is kept[1][name] for name in ("step", "exp_avg", "exp_avg_sq"))
    train(torch, params, other, 1, 0)
    assert kept[0]["step"].item() == 4
    wide = torch.nn.Parameter(params[0].detach().double())
    third = torch.optim.Adam([{"params": [wide]}, {"params": params[1:]}])
    third.load_state_dict(optimizer.state_dict())
    assert third.state[wide]["exp_avg"].dtype == torch.float64
    assert kept[0]["exp_avg"].dtype == torch.float32


@pytest.mark.parametrize(
    ("name", "setting"), [("SGD", "lr"), ("Adam", "betas"), ("RMSprop", "eps"), ("Adagrad", "lr")]
)
@pytest.mark.parametrize("steps", [0, 2])
def test_a_setting_that_is_not_loaded_may_be_given_until_the_next_step(
    torch, failure, name, setting, steps
):
    params, optimizer = trained(torch, name, {}, steps=steps)
    saved = optimizer.state_dict()
    expected = saved["param_groups"][0].pop(setting)
    optimizer.load_state_dict(saved)
    assert setting not in optimizer.param_groups[0]
    for each in params:
        each.grad = torch.ones_like(each)
    assert failure(optimizer.step) == f"KeyError: {setting!r}"
    before = params[0].tolist()
    optimizer.param_groups[0][setting] = expected
    optimizer.step()
    assert params[0].tolist() != before
