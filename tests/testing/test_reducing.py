"""What is left of a program when everything that can go is gone."""

import pytest

import minigrad
from minigrad.testing import Input, Instruction, Program, reduced


def test_all_that_a_failure_does_not_need_goes():
    program = Program(
        (
            Input("a", (2, 2), minigrad.float64, [[2.5, 1.0], [3.0, 7.0]], requires_grad=True),
            Input("b", (2,), minigrad.float64, [9.0, 8.0]),
        ),
        (
            Instruction("exp", "{0}.exp()", ("a",), results=("c",)),
            Instruction("add", "{0} + {1}", ("c", "b"), results=("d",), in_graph=False),
            Instruction("unbind", "{0}.unbind()", ("d",), results=("e", "f"), several=True),
            Instruction("mul", "{0} * {1}", ("f", "e"), results=("g",)),
        ),
    )
    without_a_graph = reduced(program, lambda each: "no_grad" in str(each))
    assert str(without_a_graph).splitlines()[2:] == [
        "a = torch.tensor(0.0, dtype=torch.float64)",
        "with torch.no_grad(): b = a + a",
    ]
    large = reduced(program, lambda each: any(str(given).count(",") > 3 for given in each.inputs))
    assert len(large.inputs) == 1 and len(large.instructions) == 1
    with pytest.raises(ValueError, match="program must be one for which"):
        reduced(program, lambda each: False)
