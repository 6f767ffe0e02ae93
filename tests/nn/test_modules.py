"""Modules by the paths that PyTorch has them under, which scripts import them from."""

import importlib
import inspect

import pytest

PATHS = ["activation", "batchnorm", "container", "dropout", "flatten", "linear", "loss", "module"]


@pytest.mark.parametrize("path", PATHS)
def test_every_module_is_at_its_place(path):
    """Where PyTorch has a class is where it is found here, and it is that of `nn`."""
    theirs = pytest.importorskip(f"torch.nn.modules.{path}")
    ours = importlib.import_module(f"minigrad.nn.modules.{path}")
    nn = importlib.import_module("minigrad.nn")
    defined = {
        name
        for name in nn.__all__
        if inspect.isclass(getattr(theirs, name, None))
        and getattr(theirs, name).__module__ == theirs.__name__
    }
    assert defined == {name for name in ours.__all__ if not name.startswith("_")}
    for name in defined:
        assert getattr(ours, name) is getattr(nn, name) is getattr(nn.modules, name)


def test_scripts_ask_for_a_base(torch):
    nn = torch.nn
    net = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), nn.modules.activation.ReLU())
    kinds = nn.modules.batchnorm._BatchNorm, nn.modules.linear.Linear
    assert [isinstance(each, kinds) for each in net] == [True, True, False]
    assert isinstance(nn.MSELoss(), nn.modules.loss._Loss)
    assert isinstance(nn.NLLLoss(), nn.modules.loss._WeightedLoss)
    assert not isinstance(nn.BCEWithLogitsLoss(), nn.modules.loss._WeightedLoss)


def test_a_loss_of_a_users_own(torch):
    class WeightedSquares(torch.nn.modules.loss._WeightedLoss):
        def forward(self, input, target):
            squares = self.weight * (input - target) ** 2
            return squares.mean() if self.reduction == "mean" else squares.sum()

    loss = WeightedSquares(torch.tensor([1.0, 3.0]), reduction="sum")
    assert [*loss.state_dict()] == ["weight"]
    assert loss(torch.ones(2), torch.zeros(2)).item() == 4.0
    with pytest.warns(UserWarning, match="size_average and reduce args will be deprecated"):
        assert WeightedSquares(torch.ones(2), size_average=False).reduction == "sum"
