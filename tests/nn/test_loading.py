"""Classes that load and save in a way of their own, and what then happens to the others."""

import pytest

import minigrad


def renaming(torch):
    """A layer whose weight was once called `scale`, between two others."""

    class Renaming(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = torch.nn.Parameter(torch.zeros(2))
            self.seen = []

        def _load_from_state_dict(self, state_dict, prefix, local_metadata, strict, *told):
            self.seen.append((prefix, local_metadata, strict, [len(each) for each in told]))
            if prefix + "scale" in state_dict:
                state_dict[prefix + "weight"] = state_dict.pop(prefix + "scale")
            super()._load_from_state_dict(state_dict, prefix, local_metadata, strict, *told)
            self.seen.append(self.weight.tolist())

        def _save_to_state_dict(self, destination, prefix, keep_vars):
            super()._save_to_state_dict(destination, prefix, keep_vars)
            destination[prefix + "scale"] = destination.pop(prefix + "weight")

    return torch.nn.Sequential(torch.nn.Linear(1, 1), Renaming(), torch.nn.Linear(1, 1))


def test_a_class_may_know_other_names(torch, printed):
    net = renaming(torch)
    assert list(net.state_dict()) == ["0.weight", "0.bias", "1.scale", "2.weight", "2.bias"]
    values = net.state_dict() | {"1.scale": torch.ones(2)}
    assert printed(net.load_state_dict(values)) == "<All keys matched successfully>"
    assert list(values)[2] == "1.scale"  # it is a copy that the class changes
    assert net[1].seen == [("1.", {}, True, [0, 0, 0]), [1.0, 1.0]]
    net.load_state_dict(net.state_dict(), assign=True)
    assert net[1].seen[2] == (
        "1.",
        {"version": 1, "assign_to_params_buffers": True},
        True,
        [0] * 3,
    )


@pytest.mark.parametrize("strict", [True, False])
def test_what_a_class_reports_is_told_with_the_rest(torch, failure, strict):
    class Complaining(torch.nn.Linear):
        def _load_from_state_dict(self, state_dict, prefix, metadata, strict, *told):
            own = [], [], []
            super()._load_from_state_dict(state_dict, prefix, metadata, strict, *own)
            told[0].extend(f"{name}?" for name in own[0])

    net = torch.nn.Sequential(Complaining(1, 1), torch.nn.Linear(1, 1))
    values = {"1.weight": torch.ones(1, 1), "0.more": torch.ones(1)}
    if not strict:
        found = net.load_state_dict(values, strict=False)
        assert found.missing_keys == ["0.weight?", "0.bias?", "1.bias"]
        assert found.unexpected_keys == []
        return
    assert failure(net.load_state_dict, values) == (
        "RuntimeError: Error(s) in loading state_dict for Sequential:\n\tMissing key(s) in "
        'state_dict: "0.weight?", "0.bias?", "1.bias". '
    )


def test_a_module_can_be_asked_to_load_what_it_holds_itself(torch):
    layer, missing, unexpected = torch.nn.Linear(1, 1), [], []
    values = {"at.weight": torch.ones(1, 1), "at.more": torch.ones(1)}
    layer._load_from_state_dict(values, "at.", {}, True, missing, unexpected, [])
    assert (layer.weight.item(), missing, unexpected) == (1.0, ["at.bias"], ["at.more"])
    layer._load_from_state_dict(values, "at.", {}, False, missing, unexpected, [])
    assert (missing, unexpected) == (["at.bias"], ["at.more"])


def test_others_stay_as_they_were_if_something_does_not_fit():
    net = renaming(minigrad)
    before = [each.tolist() for each in (net[0].weight, net[2].weight)]
    values = {name: minigrad.ones(*each.shape) for name, each in net.state_dict().items()}
    values["2.bias"] = minigrad.ones(7)
    with pytest.raises(RuntimeError, match=r"size mismatch for 2\.bias"):
        net.load_state_dict(values)
    assert [each.tolist() for each in (net[0].weight, net[2].weight)] == before
    assert net[1].weight.tolist() == [1.0, 1.0]
