"""Operations that draw random numbers, and the seed that they follow from."""

from __future__ import annotations

from hypothesis import strategies as st

from ....tensor import Tensor
from .conditions import Strategies, floating, floating_broadcast, full, numeric
from .operation import Operation, register


def _seed() -> Strategies:
    return {"seed": st.sampled_from([0, 1, 42, 2**40 + 3])}


def _size() -> Strategies:
    return {"size": st.lists(st.integers(0, 4), max_size=2).map(tuple)}


def _probability(*operands: Tensor) -> Strategies:
    return {"p": st.sampled_from([0.5, 0.0, 1.0, 0.2])}


def _deviation(*operands: Tensor) -> Strategies:
    return {"std": st.sampled_from([1.0, 0.0, 2.5])}


def _dropout(x: Tensor) -> Strategies:
    return {**_probability(), "training": st.booleans()}


def _bounds(x: Tensor) -> Strategies:
    return {"low": st.integers(-3, 0), "high": st.integers(1, 9)}


def _writing(name: str, arguments: str = "") -> Operation:
    source = f"{{0}}.{name}({arguments})"
    return Operation(name, (source,), floating, writes=True, random=True)


register(
    Operation("manual_seed", ("torch.manual_seed({seed})",), arguments=_seed, gives=False),
    *(
        Operation(name, (f"torch.{name}({{size}})",), arguments=_size, random=True)
        for name in ("rand", "randn")
    ),
    Operation("randint", ("torch.randint(-3, 9, {size})",), arguments=_size, random=True),
    Operation(
        "randperm",
        ("torch.randperm({count})",),
        arguments=lambda: {"count": st.integers(0, 6)},
        random=True,
    ),
    *(
        Operation(name, (f"torch.{name}({{0}})",), floating, random=True)
        for name in ("rand_like", "randn_like")
    ),
    Operation(
        "randint_like", ("torch.randint_like({0}, {low}, {high})",), numeric, _bounds, random=True
    ),
    Operation(
        "bernoulli",
        ("torch.bernoulli({0}.sigmoid())", "{0}.sigmoid().bernoulli()"),
        floating,
        random=True,
    ),
    Operation(
        "multinomial",
        ("torch.multinomial(({0} > 0) + 1.0, {count}, True)", "(({0} > 0) + 1.0).multinomial(1)"),
        lambda x: full(x) and x.ndim <= 2,
        lambda x: {"count": st.integers(1, 5)},
        random=True,
    ),
    Operation("normal", ("torch.normal({0}, {1}.abs())",), floating_broadcast, random=True),
    Operation("normal(mean)", ("torch.normal({0}, {std})",), floating, _deviation, random=True),
    Operation(
        "normal(size)",
        ("torch.normal(-1.0, {std}, {size})",),
        arguments=lambda: {**_deviation(), **_size()},
        random=True,
    ),
    Operation(
        "functional.dropout",
        ("torch.nn.functional.dropout({0}, {p}, {training})",),
        floating,
        _dropout,
        random=True,
    ),
    _writing("uniform_"),
    _writing("normal_"),
    _writing("random_", "0, 9"),
    _writing("bernoulli_", "0.5"),
)
