"""Which rows does a comparison have?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from minigrad.fused import registry

from .cases import COMPOSED
from .devices import CPU
from .references.scalars import FUNCTIONS
from .row import Row, failure
from .subjects import (
    clipping,
    drawing,
    groups,
    initialisation,
    modes,
    modules,
    networks,
    optimisers,
    sampling,
    scalars,
    schedulers,
    shuffling,
    unrounded,
)
from .subjects.operations import compare_operation
from .subjects.second_order import compare_second_order

Rows = Callable[[str, bool], Iterator[Row]]  # on a device, with times or without

# What stands around operations.
AROUND: dict[str, Rows] = {
    "sgd": optimisers.compare_sgd,
    "adam": optimisers.compare_adam,
    "adamw": optimisers.compare_adamw,
    "rmsprop": optimisers.compare_rmsprop,
    "adagrad": optimisers.compare_adagrad,
    "modules": modules.compare_modules,
    "network": networks.compare_network,
    "clip_grad_norm_": clipping.compare_clip_grad_norm_,
    "groups": groups.compare_groups,
    "modes": modes.compare_modes,
    "unrounded": unrounded.compare_unrounded,
    "schedulers": schedulers.compare_schedulers,
}

# What must have PyTorch's random numbers. On the CPU only: the generator is that of PyTorch's CPU.
RANDOM: dict[str, Rows] = {
    "kaiming_uniform_": initialisation.compare_kaiming_uniform_,
    "linear_init": initialisation.compare_linear,
    "random_numbers": drawing.compare_drawing,
    "samplers": sampling.compare_samplers,
    "data_loader": shuffling.compare_data_loader,
}

SCALARS = {f"every {name}": name for name in FUNCTIONS}


def names() -> list[str]:
    """Everything that can be compared."""
    return [*registry, *COMPOSED, *SCALARS, *AROUND, *RANDOM]


def compare(
    chosen: Sequence[str],
    devices: Sequence[str] = (CPU,),
    *,
    timed: bool = False,
    exhaustive: bool = False,
) -> Iterator[Row]:
    """The rows of what is chosen, PyTorch's side computed on each device.

    Parameters
    ----------
    timed : whether rows tell how long a call takes
    exhaustive : whether functions of one number meet every float32 there is
    """
    for name in chosen:
        if name in AROUND:
            for device in devices:
                yield from with_failure(name, AROUND[name](device, timed), device)
        elif name in RANDOM:
            if CPU in devices:
                yield from with_failure(name, RANDOM[name](CPU, timed))
        elif name in SCALARS:
            yield from scalars.compare_scalar(SCALARS[name], devices, exhaustive, timed)
        else:
            yield from compare_operation(name, devices, timed)
            yield from compare_second_order(name, devices, timed)


def with_failure(name: str, rows: Iterator[Row], device: str = CPU) -> Iterator[Row]:
    """The rows, and one that fails if making them does."""
    try:
        yield from rows
    except Exception as error:  # whatever goes wrong is what has to be reported
        yield failure(name, f"{type(error).__name__}: {error}", device=device)
