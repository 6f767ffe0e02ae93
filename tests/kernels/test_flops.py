"""Does every kernel do as many floating-point operations as it declares?"""

import pkgutil
import warnings
from functools import cache
from importlib import import_module

import numpy as np
import pytest

import minigrad
from minigrad.kernels import native
from minigrad.kernels.flops import count_flops
from minigrad.kernels.kernel import Flat, Kernel, Matrix, Scalar, kernel
from minigrad.random.launched import DRAWS

from .counting import counted_flops
from .launches import launches

NEED_MORE = ("minigrad.__main__", "minigrad.demo")  # packages that need not be installed
RANDOM = "minigrad.random."  # most of these are called by Python functions that are launched


def kernels():
    """Every kernel of the package."""
    names = [each.name for each in pkgutil.walk_packages(minigrad.__path__, "minigrad.")]
    modules = [import_module(name) for name in names if not name.startswith(NEED_MORE)]
    found = {id(each): each for module in modules for each in vars(module).values()}
    launched = [
        each
        for each in found.values()
        if isinstance(each, Kernel)
        and (each in DRAWS or not each.function.__module__.startswith(RANDOM))
    ]
    return sorted(launched, key=repr)


@cache
def counts():
    """Of each kernel, for each number that it declares, all the numbers that it turned out to be.

    A declaration is the most there can be, so of many launches one has to reach it.
    """
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for each in launches():
            if isinstance(each.kernel, Kernel):
                operands = seen(each.kernel, each.operands)
                declared = count_flops(each.kernel, operands)
                known = found.setdefault(each.kernel.name, {}).setdefault(declared, set())
                known.add(counted_flops(each.kernel, operands))
    return found


def seen(kernel, operands):
    """Operands as a kernel sees them."""
    described = zip(kernel.operands, operands, strict=True)
    return [each.ravel() if how.ndim == native.FLAT else each for how, each in described]


@pytest.mark.parametrize("kernel", kernels(), ids=lambda kernel: kernel.name)
def test_what_is_declared_is_what_is_counted(kernel):
    assert kernel.flops is not None, f"{kernel} must declare its floating-point operations"
    found = counts().get(kernel.name)
    assert found, f"no work in launches.py launches {kernel}"
    assert {declared: max(each) for declared, each in found.items()} == {
        declared: declared for declared in found
    }


@kernel(writes=("out",))
def silent(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = 2 * x[i]


@kernel(writes=("out",), flops=lambda out, factor: (2 if factor else 1) * out.shape[1])
def told(x: Flat, factor: Scalar, out: Matrix) -> None:
    for i in range(x.size):
        out[0, i] = factor * (x[i] + 1)


def test_a_declaration_is_by_element_or_a_function_of_the_operands_it_names():
    x = np.ones((2, 3), np.float32)
    assert count_flops(silent, [x, x]) is None
    assert count_flops(minigrad.arrays.add, [x, x]) == 6
    out = np.broadcast_to(np.zeros(()), (7, 5))
    assert count_flops(told, [x, 0.0, out]) == 5
    assert count_flops(told, [x, 1.0, out]) == 10


def test_counting_is_of_the_text():
    x = np.ones(3, np.float32)
    assert counted_flops(silent, [x, x]) == 3
    assert counted_flops(told, [x, 2.0, np.ones((1, 3))]) == 6
    assert x.tolist() == [1.0, 1.0, 1.0]
