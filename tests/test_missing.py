"""A name that minigrad does not have is an error that says what there is."""

import copy
import pickle

import pytest

import minigrad
from minigrad import nn, optim, utils


@pytest.mark.parametrize(
    ("owner", "name", "message"),
    [
        (minigrad, "conv2d", "minigrad has no conv2d; it covers tensors of float32"),
        (minigrad, "arrange", "Did you mean arange?"),
        (nn, "Conv2d", "minigrad.nn has no Conv2d; it covers"),
        (nn, "Linaer", "Did you mean Linear?"),
        (nn.functional, "conv2d", "minigrad.nn.functional has no conv2d; it covers"),
        (optim, "LBFGS", "minigrad.optim has no LBFGS; it covers"),
        (utils, "tensorboard", "minigrad.utils has no tensorboard; it covers"),
        (minigrad.ones(1), "half", "Tensor has no half; it covers"),
        (minigrad.ones(1), "unsqueze", "Did you mean unsqueeze?"),
    ],
)
def test_the_error_is_of_help(owner, name, message):
    with pytest.raises(AttributeError) as caught:
        getattr(owner, name)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_what_python_looks_for_itself_gets_pythons_answer():
    for owner in (minigrad, nn, nn.functional, optim, utils, minigrad.ones(1)):
        with pytest.raises(AttributeError, match="has no attribute '__wrapped__'"):
            owner.__wrapped__  # noqa: B018
        assert not hasattr(owner, "conv2d")
    x = minigrad.ones(1)
    assert copy.copy(x).item() == pickle.loads(pickle.dumps(x)).item() == 1.0
    with pytest.raises(AttributeError):
        x.attribute = 1


def test_all_that_is_announced_is_there():
    for module in (minigrad, nn, nn.functional, optim, utils):
        assert all(hasattr(module, name) for name in module.__all__)
        assert len(set(module.__all__)) == len(module.__all__)
