"""Are an instruction's bytes those of its operands, and its operations those of its kernel?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F
from minigrad.recording.program import Moving
from minigrad.recording.work import operands, works


def program(step, *arguments):
    compiled = torch.compile(step)
    compiled(*arguments)
    return compiled.program.program


sizes = st.integers(1, 5)


@given(rows=sizes, inputs=sizes, outputs=sizes, dtype=st.sampled_from(["float32", "float64"]))
def test_of_a_layer(rows, inputs, outputs, dtype):
    net = nn.Linear(inputs, outputs, dtype=getattr(torch, dtype))
    x = torch.rand(rows, inputs, dtype=getattr(torch, dtype))
    (work,) = works(program(lambda x: net(x).detach(), x))
    numbers = rows * inputs + outputs * inputs + outputs + rows * outputs
    assert work == (np.dtype(dtype).itemsize * numbers, 2 * rows * inputs * outputs)


@pytest.mark.parametrize(("weight_decay", "each"), [(0.0, 3), (0.5, 5)])
def test_settings_decide_about_operations(weight_decay, each):
    w = torch.ones(3, 4, requires_grad=True)
    w.grad = torch.ones(3, 4)
    optimizer = optim.SGD([w], lr=0.1, weight_decay=weight_decay)
    (work,) = works(program(optimizer.step))
    assert work == (2 * 48 + 6 * 8, 12 * each)  # a parameter, a gradient and six settings


def test_of_functions_in_python_only_bytes_are_known():
    whole = torch.ones(3, 4, dtype=torch.int64)  # floating point is joined by a kernel
    (work,) = works(program(lambda x: torch.cat([x, x[:1]]), whole))  # in a list
    assert work == (96 + 32 + 128, None)
    assert works(program(lambda x: x.sin(), torch.ones(3, 4)))[-1].flops is None


def test_what_an_expanded_operand_repeats_is_read_once():
    for dtype, size, flops in ((torch.float32, 4, 0), (torch.int64, 8, None)):  # a kernel, NumPy
        row = torch.ones(1, 4, dtype=dtype)
        (work,) = works(program(lambda x: x.expand(100, 4).clone(), row))
        assert work == (404 * size, flops)
    (work,) = works(program(lambda x: x.clone(), torch.ones(0, 4)))
    assert work == (0, None)


def test_operands_are_where_a_call_supplies_them_or_where_they_stay():
    w = torch.ones(4)
    between = program(lambda x: F.relu(torch.remainder(F.relu(x), w)), torch.ones(3, 4))
    first, second = operands(between)[::2]
    assert isinstance(first[0], Moving) and first[0].layout.shape == (12,)  # seen flat
    assert isinstance(second[-1], Moving)  # the result
    assert isinstance(second[0], np.ndarray)
    (remainder,) = operands(program(lambda x: torch.remainder(x, w), torch.ones(3, 4)))
    assert [type(each) for each in remainder] == [Moving, np.ndarray, Moving]
    assert np.shares_memory(remainder[1], w.array)
