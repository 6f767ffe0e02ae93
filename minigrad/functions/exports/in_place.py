"""Which methods in place are functions as well, as in PyTorch: `torch.exp_(x)` for `x.exp_()`?"""

import inspect
from collections.abc import Callable
from typing import Any

from minigrad.tensor import Tensor

from ..arguments import require_tensor

__all__ = [
    "abs_",
    "ceil_",
    "clamp_",
    "clamp_max_",
    "clamp_min_",
    "clip_",
    "cos_",
    "detach_",
    "exp_",
    "expm1_",
    "fill_",
    "fix_",
    "floor_",
    "log1p_",
    "log2_",
    "log10_",
    "log_",
    "neg_",
    "negative_",
    "reciprocal_",
    "relu_",
    "round_",
    "rsqrt_",
    "sigmoid_",
    "sin_",
    "sqrt_",
    "square_",
    "tanh_",
    "trunc_",
    "zero_",
]


def _function(name: str) -> Callable[..., Tensor]:
    """A method as a function, which takes the tensor as `input`."""

    def in_place(input: Tensor, *given: Any, **named: Any) -> Tensor:
        require_tensor(input, name)
        changed: Tensor = getattr(input, name)(*given, **named)
        return changed

    of_method = inspect.signature(getattr(Tensor, name))
    itself, *others = of_method.parameters.values()
    signature = of_method.replace(parameters=[itself.replace(name="input"), *others])
    in_place.__dict__["__signature__"] = signature
    in_place.__name__ = in_place.__qualname__ = name
    in_place.__doc__ = f"`Tensor.{name}` as a function: it changes `input` and returns it."
    return in_place


abs_ = _function("abs_")
ceil_ = _function("ceil_")
clamp_ = _function("clamp_")
clamp_max_ = _function("clamp_max_")
clamp_min_ = _function("clamp_min_")
clip_ = _function("clip_")
cos_ = _function("cos_")
detach_ = _function("detach_")
exp_ = _function("exp_")
expm1_ = _function("expm1_")
fill_ = _function("fill_")
fix_ = _function("fix_")
floor_ = _function("floor_")
log10_ = _function("log10_")
log1p_ = _function("log1p_")
log2_ = _function("log2_")
log_ = _function("log_")
neg_ = _function("neg_")
negative_ = _function("negative_")
reciprocal_ = _function("reciprocal_")
relu_ = _function("relu_")
round_ = _function("round_")
rsqrt_ = _function("rsqrt_")
sigmoid_ = _function("sigmoid_")
sin_ = _function("sin_")
sqrt_ = _function("sqrt_")
square_ = _function("square_")
tanh_ = _function("tanh_")
trunc_ = _function("trunc_")
zero_ = _function("zero_")
