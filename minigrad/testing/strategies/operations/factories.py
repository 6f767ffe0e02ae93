"""Operations that make tensors of nothing but numbers."""

from __future__ import annotations

from hypothesis import strategies as st

from ....dtypes import ALL
from .conditions import Strategies
from .operation import Operation, register


def _size() -> Strategies:
    sizes = st.lists(st.integers(0, 3), max_size=2).map(tuple)
    return {"size": sizes, "dtype": st.sampled_from(ALL)}


def _range() -> Strategies:
    step = st.sampled_from([1, 2, 0.5])
    return {"start": st.integers(-2, 1), "end": st.integers(1, 4), "step": step}


def _steps() -> Strategies:
    ends = st.sampled_from([0.0, 1.0, -2.0, 0.1])
    return {"start": ends, "end": ends, "steps": st.integers(0, 5)}


register(
    *(
        Operation(name, (f"torch.{name}({{size}}, dtype={{dtype}})",), arguments=_size)
        for name in ("zeros", "ones")
    ),
    Operation("full", ("torch.full({size}, 2, dtype={dtype})",), arguments=_size),
    Operation("arange", ("torch.arange({start}, {end}, {step})",), arguments=_range),
    Operation("linspace", ("torch.linspace({start}, {end}, {steps})",), arguments=_steps),
    Operation(
        "eye",
        ("torch.eye({rows}, {columns})",),
        arguments=lambda: {"rows": st.integers(0, 3), "columns": st.integers(0, 3)},
    ),
)
