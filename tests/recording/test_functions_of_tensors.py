"""A compiled step over any function of tensors is the eager step, bit for bit.

A row is a function of a tensor x (4, 3) and another y (3,); to be added to.
"""

import numpy as np
import pytest

import minigrad as torch

ARITHMETIC = {
    "add": lambda x, y: torch.add(x, y, alpha=2) + 1,
    "sub": lambda x, y: torch.sub(2, x) - x.sub(y, alpha=0.5),
    "mul": lambda x, y: 2 * x * y,
    "div": lambda x, y: x / y + 2 / x,
    "div floor": lambda x, y: torch.div(x, y, rounding_mode="floor") * x,
    "div trunc": lambda x, y: torch.div(x, y, rounding_mode="trunc") * y,
    "floor_divide": lambda x, y: (x.detach() // y.detach()) * x,
    "remainder": lambda x, y: x % y + x % 2,
    "neg": lambda x, y: -x * y,
    "pow": lambda x, y: x.abs() ** y + 2**x + x**2 + x**0 + y.abs() ** 0.5,
    "square": lambda x, y: x.square() * y.reciprocal(),
}
POINTWISE = {
    "exp": lambda x, y: x.exp() + y.expm1(),
    "log": lambda x, y: x.abs().log() + y.abs().log1p() + x.abs().log2() + x.abs().log10(),
    "sqrt": lambda x, y: x.abs().sqrt() * y.abs().rsqrt(),
    "abs": lambda x, y: x.abs() * y.sign(),
    "tanh": lambda x, y: x.tanh() + y.sin() + x.cos(),
    "sigmoid": lambda x, y: x.sigmoid() * y.relu(),
    "round": lambda x, y: torch.round(x, decimals=1) * x + x.round() * y,
    "floor": lambda x, y: x.floor() * x.ceil() * y.trunc() * y,
    "clamp": lambda x, y: x.clamp(-0.5, 0.5) * x.clamp(min=y) * x.clamp(y, y + 1),
    "clamp_min": lambda x, y: x.clamp_min(0) * x.clamp_max(y),
}
COMPARISON = {
    "where": lambda x, y: torch.where(x > y, x, 0.5) * torch.where(y <= 0, 1.0, y),
    "maximum": lambda x, y: torch.maximum(x, y) * torch.minimum(x, y),
    "logical": lambda x, y: x * torch.logical_and(x > 0, y != 0) + y * ~(x > y) * (x == x),
    "isnan": lambda x, y: x * x.isfinite() + y * y.isnan().logical_not(),
    "isclose": lambda x, y: x * torch.isclose(x, y, rtol=0.5),
    "bitwise": lambda x, y: ((x > 0) & (y < 1) | (x >= y)) * x,
}
REDUCTIONS = {
    "sum": lambda x, y: x.sum() + x.sum(0) * y.sum(dtype=torch.float64),
    "mean": lambda x, y: x.mean(1, keepdim=True) * y.mean(),
    "prod": lambda x, y: x.prod(0) + x.prod() * y,
    "cumsum": lambda x, y: x.cumsum(0) * y.cumsum(-1),
    "max": lambda x, y: x.max(1).values + x.max() * x.min(0, keepdim=True).values.sum(),
    "max indices": lambda x, y: x.sum() * x.max(1).indices + y.argmin(),
    "amax": lambda x, y: x.amax((0, 1)) * x.amin(1, keepdim=True),
    "var": lambda x, y: x.var() * x.std(0) + y.std(correction=0),
    "norm": lambda x, y: x.norm() + y.norm(1) + x.norm(3, 0) + x.norm(float("inf"), 1).sum(),
    "any": lambda x, y: x * x.any() + y * (y > 0).all() + x.count_nonzero(0),
    "softmax": lambda x, y: x.softmax(1) * x.log_softmax(0) * y,
    "logsumexp": lambda x, y: x.logsumexp(0) * x.logsumexp((0, 1)) + y,
}
FUNCTIONS = {**ARITHMETIC, **POINTWISE, **COMPARISON, **REDUCTIONS}


def values(seed, shape):
    """Numbers with ties, zeros and, now and then, an infinity or NaN among them."""
    generator = np.random.default_rng(seed)
    drawn = generator.standard_normal(shape).round(1).astype(np.float32)
    special = generator.choice([0.0, -0.0, 1.0, np.inf, np.nan], shape)
    mixed = np.where(generator.random(shape) < 0.05 * (seed % 3), special, drawn)
    return torch.tensor(mixed.astype(np.float32))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_compiled_step_is_the_eager_step(worlds, name):
    function = FUNCTIONS[name]

    def build():
        weight = torch.tensor([0.5, -1.5, 2.0], requires_grad=True)

        def step(x, y):
            weight.grad = None
            out = function(x * weight, y + weight)
            (out * out).sum().backward()
            return out.detach()

        return worlds.World(step=step, weight=weight)

    twins = worlds.Twins(build)
    for seed in range(4):
        twins.call(lambda world, seed=seed: (values(seed, (4, 3)), values(seed + 10, (3,))))
    assert twins.ran == "replayed"
