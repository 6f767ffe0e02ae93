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


NAN = float("nan")


@pytest.mark.parametrize(
    ("given", "is_needed", "left"),
    [
        (((3, 4), [[5.0] * 4] * 3), lambda each: True, ((), 0.0)),
        (((3, 4), [[5.0] * 4] * 3), lambda each: each.shape, ((1, 1), [[0.0]])),
        (((3, 4), [[5.0] * 4] * 3), lambda each: sum(each.shape) > 3, ((1, 3), [[0.0] * 3])),
        (((3,), [5.0, 6.0, 7.0]), lambda each: each.values != 0.0, ((), 1.0)),
        (((1, 2), [[5.0, 6.0]]), lambda each: each.values in ([[5.0, 6.0]], 5.0), ((), 5.0)),
        (((3,), [5.0, 6.0, 7.0]), lambda each: each.shape == (3,), ((3,), [0.0] * 3)),
        (((2,), [5.0, 6.0]), lambda each: each.values in ([1.0, 1.0], [5.0, 6.0]),
         ((2,), [1.0, 1.0])),
        (((2,), [0.5, 0.0]), lambda each: each.values in ([1.0, 1.0], [0.5, 0.0]),
         ((2,), [0.5, 0.0])),  # which is nearer to 0
        (((2,), [NAN, 6.0]), lambda each: each.shape and each.values[0] != 0, ((1,), [1.0])),
        (((), -3.0), lambda each: each.values != 0, ((), 1.0)),
        (((0, 2), []), lambda each: True, ((), 0.0)),
        (((2, 0), [[], []]), lambda each: each.shape, ((1, 0), [[]])),
    ],
)  # fmt: skip
def test_inputs_are_as_small_and_simple_as_can_be(given, is_needed, left):
    program = Program(
        (Input("a", given[0], minigrad.float64, given[1]),),
        (Instruction("exp", "{0}.exp()", ("a",), results=("b",)),),
    )
    (found,) = reduced(program, lambda each: each.inputs and is_needed(each.inputs[0])).inputs
    assert (found.shape, found.values) == left


def test_an_operand_becomes_the_first_that_does_and_a_gradient_goes_unless_it_is_needed():
    program = Program(
        tuple(Input(name, (), minigrad.int64, 3) for name in "abc"),
        (
            Instruction("add", "{0} + {1}", ("b", "c"), results=("d",)),
            Instruction("mul", "{0} * {1}", ("d", "c"), results=("e",)),
        ),
    )

    def script(is_needed):
        return str(reduced(program, is_needed)).splitlines()[2:]

    assert script(lambda each: "*" in str(each)) == ["a = torch.tensor(0)", "b = a * a"]
    assert script(lambda each: "*" in str(each) and len(each.inputs) >= 2) == [
        "a = torch.tensor(0)",
        "b = torch.tensor(0)",
        "c = a * b",
    ]
    wanted = Program((Input("a", (), minigrad.float32, 3.0, True),), program.instructions[:0])
    assert reduced(wanted, lambda each: bool(each.inputs)).inputs[0].requires_grad is False
    assert reduced(wanted, lambda each: each.inputs[0].requires_grad).inputs[0].requires_grad
