"""Does it not matter how operands lie in memory?"""

from __future__ import annotations

from ...tensor import tensor_of
from ..layouts import LAYOUTS
from ..operations.case import Case, assert_same
from ..operations.sample import Manner
from .duty import Duty


def check(case: Case) -> None:
    plain = {
        name: tensor_of(each.array.copy(order="C"), requires_grad=each.requires_grad)
        for name, each in zip(case.names, case.tensors, strict=True)
        if each is not None
    }
    expected = case.results(plain, tensor_of(case.cotangent.array.copy(order="C")))
    assert_same(case.results(), expected, "depends on the operands' layouts")


DUTY = Duty(
    "layouts",
    "strides, order and alignment of operands change no bit",
    check,
    Manner(layouts=LAYOUTS),
)
