"""Inner functions: the same results as Numba's own, in compiled functions and from Python."""

import numpy as np
import pytest
from numba import njit

from minigrad.kernels.inner import inner


@inner(error_model="numpy")
def quotient(a, b):
    return a / b


@inner
def last(x):
    if x.size == 0:
        raise ValueError("nothing is the last of nothing")
    return x[x.size - 1]


@njit
def of_the_last(x, y):
    return quotient(last(x), last(y))


def test_inner_functions_call_each_other_with_their_own_options():
    assert of_the_last(np.array([1.0, 3.0]), np.array([2.0])) == 1.5
    assert of_the_last(np.array([1.0]), np.array([0.0])) == np.inf  # Numba's own would raise


def test_an_exception_comes_through():
    with pytest.raises(ValueError, match="nothing is the last of nothing"):
        of_the_last(np.array([]), np.array([1.0]))


def test_each_type_is_compiled_by_itself():
    assert of_the_last(np.array([7]), np.array([2], np.float32)) == 3.5


def test_python_can_call_it_as_well():
    assert quotient(1.0, 0.0) == np.inf
    with pytest.raises(ValueError, match="nothing is the last of nothing"):
        last(np.array([]))
    assert quotient.py_func(3.0, 2.0) == 1.5


def test_it_leaves_no_machine_code_of_its_own():
    of_the_last(np.array([1.0]), np.array([1.0]))
    assert is_machine_code(of_the_last)
    assert not is_machine_code(quotient)


def is_machine_code(function):
    compiled = next(iter(function.overloads.values()))
    engine = compiled.library.codegen._engine
    return engine.is_symbol_defined(compiled.fndesc.llvm_func_name)
