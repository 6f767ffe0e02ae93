"""Modules take and refuse the same odd arguments as PyTorch's, when made or when called."""

import inspect
import warnings

import numpy as np
import pytest

import minigrad

ODD = {
    "True": lambda torch: True,
    "False": lambda torch: False,
    "a float": lambda torch: 2.0,
    "a fraction": lambda torch: 0.5,
    "negative": lambda torch: -1,
    "zero": lambda torch: 0,
    "NaN": lambda torch: float("nan"),
    "NumPy's integer": lambda torch: np.int64(2),
    "NumPy's float": lambda torch: np.float64(0.5),
    "NumPy's bool": lambda torch: np.bool_(True),
    "a string": lambda torch: "2",
    "None": lambda torch: None,
    "a tensor": lambda torch: torch.tensor(2),
    "a tensor of a float": lambda torch: torch.tensor(0.5),
    "a tuple": lambda torch: (2,),
    "a list": lambda torch: [2],
}
NEEDED = {
    "Linear": {"in_features": 3, "out_features": 3},
    "BatchNorm1d": {"num_features": 3},
    "Unflatten": {"dim": 1, "unflattened_size": (1, 3)},
}
MODULES = [
    name
    for name in minigrad.nn.modules.__all__
    if name not in ("Module", "Sequential", "ModuleList", "ModuleDict", "ParameterList")
    and name != "ParameterDict"
]
USES = [
    (name, argument)
    for name in MODULES
    for argument in inspect.signature(getattr(minigrad.nn, name)).parameters
    if argument not in ("device", "dtype", "args", "kwargs")
]


def outcome(torch, name, argument, odd):
    """The printed form and what two calls give, or else which exceptions there are."""
    found = []
    torch.manual_seed(0)
    try:
        module = getattr(torch.nn, name)(**{**NEEDED.get(name, {}), argument: ODD[odd](torch)})
        found.append(repr(module).replace("minigrad", "torch"))
        for training in (True, False):
            try:
                module.train(training)
                found.append(called(torch, name, module))
            except Exception as error:
                found.append(type(error))
    except Exception as error:
        found.append(type(error))
    return found


def called(torch, name, module):
    x = torch.tensor([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.3, 0.2, 0.9]], requires_grad=True)
    if name in ("CrossEntropyLoss", "NLLLoss"):
        return module(x, torch.tensor([0, 1, 2])).tolist()
    return (module(x, torch.full((3, 3), 0.5)) if name.endswith("Loss") else module(x)).tolist()


@pytest.mark.parametrize(("name", "argument"), USES)
def test_the_same_as_pytorch(name, argument):
    torch = pytest.importorskip("torch")
    for odd in ODD:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mine, theirs = (outcome(library, name, argument, odd) for library in (minigrad, torch))
        assert len(mine) == len(theirs), (odd, mine, theirs)
        for here, there in zip(mine, theirs, strict=True):
            if isinstance(there, list | float):
                np.testing.assert_allclose(here, there, rtol=1e-4, atol=1e-6, err_msg=odd)
            else:
                assert here == there, odd
