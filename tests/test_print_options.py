"""How many digits and elements are printed, on lines how long: as PyTorch does when told so."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad import print_options


@pytest.fixture
def torch(torch):
    yield torch
    torch.set_printoptions(profile="default")


def test_options(torch, printed):
    x = torch.arange(6.0) / 7
    torch.set_printoptions(precision=2)
    assert printed(x) == "tensor([0.00, 0.14, 0.29, 0.43, 0.57, 0.71])"
    torch.set_printoptions(threshold=5, edgeitems=1)
    assert printed(x) == "tensor([0.00,  ..., 0.71])"
    torch.set_printoptions(profile="default", sci_mode=True)
    assert printed(x[1:3]) == "tensor([1.4286e-01, 2.8571e-01])"
    torch.set_printoptions(linewidth=20)
    assert printed(x[1:4]) == "tensor([0.1429,\n        0.2857,\n        0.4286])"


def test_profiles(torch, printed):
    torch.set_printoptions(profile="full")
    assert "..." not in printed(torch.zeros(2000))
    torch.set_printoptions(profile="short", precision=1)
    assert printed(torch.ones(2000) / 8) == "tensor([0.1, 0.1,  ..., 0.1, 0.1])"


def test_the_context_puts_back_what_was():
    before = print_options.get_printoptions()
    with print_options.printoptions(precision=1, profile="short"):
        assert print_options.get_printoptions()["precision"] == 1
        assert print_options.get_printoptions()["edgeitems"] == 2
    assert print_options.get_printoptions() == before


NUMBERS = st.lists(st.floats(-1e5, 1e5, width=32), min_size=1, max_size=30)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "precision": st.integers(0, 8),
        "threshold": st.integers(0, 40),
        "edgeitems": st.integers(0, 4),
        "linewidth": st.integers(1, 100),
        "sci_mode": st.booleans(),
        "profile": st.sampled_from(["default", "short", "full"]),
    },
)


@given(NUMBERS, st.sampled_from([(-1,), (1, -1), (-1, 1)]), OPTIONS)
def test_any_options_print_what_pytorch_prints(numbers, shape, options):
    torch = pytest.importorskip("torch")
    texts = []
    for lib, chosen in ((minigrad, print_options), (torch, torch._tensor_str)):
        with chosen.printoptions(**options):
            texts.append(repr(lib.tensor(np.array(numbers, np.float32).reshape(shape))))
    assert texts[0] == texts[1]
