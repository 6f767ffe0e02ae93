"""How a kernel is held against the definition of its update rule, under any settings."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing.strategies import numbers, shapes, tensors

STEPS = 5


@pytest.fixture(scope="session")
def agrees() -> Callable[..., None]:
    """Check some steps with drawn parameters and gradients against the definition in float64."""

    def agrees(
        kind: Any,
        definition: Callable[..., Any],
        settings: dict[str, Any],
        dtype: Any,
        data: Any,
        tolerance: float = 500,
    ) -> None:
        shape = data.draw(shapes(2, 3))
        # Gradients that are 0 or far from it: between, a quotient amplifies their rounding.
        slopes = numbers(0.5, 2.0, 0.0, of=dtype)
        start = data.draw(tensors(shape, dtype, numbers(1.0, 2.0, of=dtype), requires_grad=False))
        param = start.clone().requires_grad_()
        optimizer = kind([param], **settings)
        truth, state = start.double(), beginning(optimizer, param)
        sign = -1.0 if settings["maximize"] else 1.0
        for _ in range(STEPS):
            grad = data.draw(tensors(shape, dtype, slopes, requires_grad=False)) * sign
            param.grad = grad
            optimizer.step()
            truth, state = definition(truth, grad.double(), state, optimizer.defaults)
        eps = np.finfo(dtype.numpy).eps
        np.testing.assert_allclose(param.array, truth.array, atol=tolerance * eps, rtol=0)
        kept = optimizer.state[param]
        assert set(kept) == set(state)
        for name, expected in state.items():
            np.testing.assert_allclose(
                kept[name].array, expected.array, atol=tolerance * eps, rtol=0, err_msg=name
            )
        assert param._version == STEPS and param.is_leaf and param.requires_grad

    return agrees


def beginning(optimizer: Any, param: Any) -> dict[str, Any]:
    """A parameter's state before the first step, in float64; SGD has none."""
    if optimizer.state.get(param):
        return {name: kept.clone().double() for name, kept in optimizer.state[param].items()}
    if isinstance(optimizer, torch.optim.SGD):
        return {}
    names = optimizer.needed(optimizer.param_groups[0])
    zeros = {name: torch.zeros(param.shape).double() for name in names}
    return {"step": torch.tensor(0.0).double(), **zeros}
