"""How does a module give its values away as a dictionary, and take them from one?"""

from collections import OrderedDict

import pytest
from hypothesis import given, strategies as st

import minigrad

KEYS = [
    "hidden.weight", "hidden.bias", "norm.weight", "norm.bias", "norm.running_mean",
    "norm.running_var", "norm.num_batches_tracked",
]  # fmt: skip


def network(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = torch.nn.Linear(3, 4)
            self.norm = torch.nn.BatchNorm1d(4)

    return Net()


def test_a_state_is_an_ordered_dictionary_of_tensors_that_share_memory(torch):
    net = network(torch)
    state = net.state_dict()
    assert type(state) is OrderedDict and list(state) == KEYS
    assert not any(value.requires_grad for value in state.values())
    with torch.no_grad():
        net.hidden.bias.fill_(7)
    assert state["hidden.bias"].tolist() == [7.0] * 4
    assert net.state_dict(keep_vars=True)["hidden.bias"] is net.hidden.bias
    given = {}
    assert net.state_dict(destination=given, prefix="net.") is given
    assert list(given) == ["net." + key for key in KEYS]


def test_loading_copies_values_into_the_present_tensors(torch, printed):
    source, net = network(torch), network(torch)
    source.norm(torch.ones(2, 4))
    weight = net.hidden.weight
    assert printed(net.load_state_dict(source.state_dict())) == "<All keys matched successfully>"
    assert net.hidden.weight is weight
    assert [value.tolist() for value in net.state_dict().values()] == [
        value.tolist() for value in source.state_dict().values()
    ]
    with torch.no_grad():
        source.hidden.weight.zero_()
    assert weight.tolist() != source.hidden.weight.tolist()


def test_values_are_converted_to_the_dtype_of_the_module_unless_they_are_assigned(torch):
    net = network(torch)
    state = dict(net.state_dict(), **{"hidden.bias": torch.ones(4, dtype=torch.float64)})
    net.load_state_dict(state)
    assert net.hidden.bias.dtype == torch.float32 and net.hidden.bias.tolist() == [1.0] * 4
    net.load_state_dict(state, assign=True)
    assert net.hidden.bias.dtype == torch.float64 and net.hidden.bias.requires_grad
    assert type(net.hidden.bias) is torch.nn.Parameter


def test_everything_that_does_not_fit_is_told_at_once(torch, failure):
    net = network(torch)
    state = dict(net.state_dict())
    del state["hidden.bias"]
    state.update(
        {
            "extra": torch.zeros(1),
            "hidden.more": torch.zeros(1),
            "norm.weight": torch.zeros(5),
            "norm.bias": 3,
        }
    )
    rest = (
        "size mismatch for norm.weight: copying a param with shape minigrad.Size([5]) from "
        "checkpoint, the shape in current model is minigrad.Size([4]).\n\t"
        'While copying the parameter named "norm.bias", expected minigrad.Tensor or Tensor-like '
        "object from checkpoint but received <class 'int'>"
    )
    heading = "RuntimeError: Error(s) in loading state_dict for Net:\n\t"
    assert failure(net.load_state_dict, state) == (
        heading + 'Missing key(s) in state_dict: "hidden.bias". \n\t'
        'Unexpected key(s) in state_dict: "extra", "hidden.more". \n\t' + rest
    )
    assert failure(net.load_state_dict, state, strict=False) == heading + rest


def test_without_strict_the_differing_names_are_returned(torch, printed):
    net = network(torch)
    state = dict(net.state_dict(), extra=torch.zeros(1))
    del state["hidden.bias"]
    result = net.load_state_dict(state, strict=False)
    assert printed(result) == (
        "_IncompatibleKeys(missing_keys=['hidden.bias'], unexpected_keys=['extra'])"
    )
    assert result.missing_keys == ["hidden.bias"] and result.unexpected_keys == ["extra"]


def test_only_a_dictionary_is_a_state(torch, failure):
    assert failure(network(torch).load_state_dict, [1]) == (
        "TypeError: Expected state_dict to be dict-like, got <class 'list'>."
    )


def test_a_state_of_the_present_format_must_have_the_counter_an_older_one_need_not(torch, failure):
    net = network(torch)
    net.norm(torch.ones(2, 4))
    state = net.state_dict()
    del state["norm.num_batches_tracked"]
    assert failure(net.load_state_dict, state) == (
        "RuntimeError: Error(s) in loading state_dict for Net:\n\t"
        'Missing key(s) in state_dict: "norm.num_batches_tracked". '
    )
    net.load_state_dict(dict(state))
    assert net.norm.num_batches_tracked.item() == 1


def test_arguments_by_position_are_deprecated(torch):
    given = {}
    with pytest.warns(FutureWarning, match="Positional args are being deprecated"):
        assert network(torch).state_dict(given, "net.") is given
    assert list(given) == ["net." + key for key in KEYS]


@pytest.mark.parametrize(
    ("name", "value", "assign", "message"),
    [
        ("norm.running_var", minigrad.zeros(5), False, r"size mismatch for norm\.running_var"),
        ("norm.running_var", minigrad.zeros(5), True, r"size mismatch for norm\.running_var"),
        ("norm.weight", minigrad.zeros(4).long(), True, r'named "norm\.weight".* floating point'),
    ],
)
def test_a_state_that_fits_in_part_changes_nothing(name, value, assign, message):
    net = network(minigrad)
    present = dict(net.named_parameters())
    before = [value.tolist() for value in net.state_dict().values()]
    state = {**network(minigrad).state_dict(), name: value}
    with pytest.raises(RuntimeError, match=message):
        net.load_state_dict(state, assign=assign)
    assert [value.tolist() for value in net.state_dict().values()] == before
    assert all(net.get_parameter(name) is each for name, each in present.items())


def test_values_that_cannot_be_written_are_told(torch, failure):
    net = network(torch)
    net.norm.running_var = torch.ones(1).expand(4)
    assert failure(net.load_state_dict, network(torch).state_dict()) == (
        "RuntimeError: Error(s) in loading state_dict for Net:\n\t"
        'While copying the parameter named "norm.running_var", whose dimensions in the model are '
        "minigrad.Size([4]) and whose dimensions in the checkpoint are minigrad.Size([4]), an "
        "exception occurred : ('unsupported operation: more than one element of the written-to "
        "tensor refers to a single memory location. Please clone() the tensor before performing "
        "the operation.',)."
    )


def test_a_scalar_may_come_with_one_dimension(torch):
    net = network(torch)
    net.load_state_dict(dict(net.state_dict(), **{"norm.num_batches_tracked": torch.tensor([5])}))
    assert net.norm.num_batches_tracked.item() == 5


def loaded(torch, changes, strict):
    """What loading a changed state says, and what it changes if it does not fail.

    PyTorch leaves a network half loaded that a state does not fit; minigrad as it was.
    """
    net = network(torch)
    state = dict(net.state_dict())
    for key, length in changes:
        if length is None:
            state.pop(key, None)
        else:
            state[key] = torch.full((length,), 2.0)
    before = [value.tolist() for value in net.state_dict().values()]
    try:
        result = repr(net.load_state_dict(state, strict=strict))
    except RuntimeError as error:
        if torch is minigrad:
            assert [value.tolist() for value in net.state_dict().values()] == before
        return str(error).replace("torch.", "minigrad."), None
    changed = [[2.0] * 4 == value.tolist() for value in net.state_dict().values()]
    return result.replace("torch.", "minigrad."), changed


changes = st.lists(
    st.tuples(
        st.sampled_from([*KEYS, "hidden", "hidden.weight.x", "norm.", "other", "0.weight"]),
        st.sampled_from([None, 1, 4]),
    ),
    max_size=6,
)


@given(changes, st.booleans())
def test_any_changed_state_loads_or_fails_as_in_pytorch(changes, strict):
    torch = pytest.importorskip("torch")
    assert loaded(minigrad, changes, strict) == loaded(torch, changes, strict)
