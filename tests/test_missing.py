"""A name that minigrad does not have is an error that says what there is."""

import copy
import pickle
import sys

import pytest

import minigrad
from minigrad import autograd, cuda, nn, optim, random, testing, utils

MODULES = [
    minigrad,
    autograd,
    autograd.functional,
    cuda,
    nn,
    nn.functional,
    nn.init,
    nn.modules,
    nn.utils,
    optim,
    optim.lr_scheduler,
    random,
    testing,
    utils,
    utils.data,
]


@pytest.mark.parametrize(
    ("owner", "name", "message"),
    [
        (minigrad, "conv2d", "minigrad has no conv2d; it covers tensors of float32"),
        (minigrad, "arrange", "Did you mean arange?"),
        (nn, "Conv2d", "minigrad.nn has no Conv2d; it covers"),
        (nn, "Linaer", "Did you mean Linear?"),
        (nn.functional, "conv2d", "minigrad.nn.functional has no conv2d; it covers"),
        (optim, "LBFGS", "minigrad.optim has no LBFGS; it covers"),
        (optim.lr_scheduler, "CyclicLR", "minigrad.optim.lr_scheduler has no CyclicLR; it covers"),
        (nn.init, "zeros", "Did you mean zeros_?"),
        (nn.utils, "rnn", "minigrad.nn.utils has no rnn; it covers"),
        (autograd, "profiler", "minigrad.autograd has no profiler; it covers backward"),
        (minigrad, "gradcheck", "use minigrad.testing.gradcheck"),
        (autograd.functional, "jacobain", "Did you mean jacobian?"),
        (
            random,
            "thread_safe_generator",
            "minigrad.random has no thread_safe_generator; it covers",
        ),
        (cuda, "synchronize", "minigrad.cuda has no synchronize; it covers"),
        (utils.data, "DistributedSampler", "minigrad.utils.data has no DistributedSampler"),
        (minigrad, "float16", "it covers tensors of float32, float64, bool and integers"),
        (minigrad, "assert_close", "use minigrad.testing.assert_close"),
        (utils, "tensorboard", "minigrad.utils has no tensorboard; it covers"),
    ],
)
def test_the_error_is_of_help(owner, name, message):
    with pytest.raises(AttributeError) as caught:
        getattr(owner, name)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_what_python_looks_for_itself_gets_pythons_answer():
    for owner in (*MODULES, minigrad.ones(1)):
        with pytest.raises(AttributeError, match="has no attribute '__wrapped__'"):
            owner.__wrapped__  # noqa: B018
        assert not hasattr(owner, "conv2d")
    x = minigrad.ones(1)
    assert copy.copy(x).item() == pickle.loads(pickle.dumps(x)).item() == 1.0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("from minigrad.nn import Conv2d", "cannot import name 'Conv2d' from 'minigrad.nn'"),
        ("from minigrad import fft", "cannot import name 'fft' from 'minigrad'"),
        ("import minigrad.fft", "No module named 'minigrad.fft'"),
        ("import minigrad.nn.modules.conv", "No module named 'minigrad.nn.modules.conv'"),
    ],
)
def test_an_import_names_what_there_is_not(line, message):
    with pytest.raises(ImportError) as caught:
        exec(line)
    assert message in str(caught.value)


def test_all_that_is_announced_is_there():
    for module in MODULES:
        assert all(hasattr(module, name) for name in module.__all__)
        assert len(set(module.__all__)) == len(module.__all__)


def test_the_name_that_may_be_meant_is_told_once(capsys):
    with pytest.raises(AttributeError) as caught:
        minigrad.nn.functional.logsigmoid  # noqa: B018 (looking is what fails)
    sys.__excepthook__(caught.type, caught.value, caught.tb)
    assert capsys.readouterr().err.endswith("activations and losses. Did you mean sigmoid?\n")
