"""How is a contender's library used: imported, given arrays, asked for a step and its numbers?"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

import numpy as np

from . import module_step, threads
from .contenders import Contender
from .module_step import Step
from .numbers import Numbers
from .workloads import Workload


def load(contender: Contender, count: int) -> Any:
    """The library, with so many threads."""
    library = import_module(contender.library)
    threads.pin(library, count)
    logging.getLogger("torch").setLevel(logging.ERROR)  # its compiler warns of what it leaves out
    return library


def make_step(
    contender: Contender, library: Any, workload: Workload, numbers: Numbers | None = None
) -> Step:
    """A new network and what takes a step with it."""
    if contender.library == "jax":
        from . import jax_step  # an import that fails where there is no JAX

        return jax_step.make_step(workload, numbers)
    return module_step.make_step(library, workload, contender.compiled, numbers)


def batches_of(contender: Contender, library: Any, numbers: Numbers) -> list[tuple[Any, Any]]:
    """Inputs and targets as the library wants them."""
    if contender.library == "jax":
        from . import jax_step

        return jax_step.batches_of(numbers)
    return module_step.batches_of(library, numbers)


def loss_of(workload: Workload, result: Any, y: Any) -> float:
    """What a step gave as one number: its loss, or that of the probabilities it gave."""
    found = array_of(result).astype("float64")
    if workload.optimizer is not None:
        return float(found)
    target = array_of(y)
    return float(-np.mean(np.log(np.where(target == 1, found, 1 - found))))


def array_of(tensor: Any) -> Any:
    """The values of any library's tensor."""
    return tensor.detach().numpy() if hasattr(tensor, "detach") else np.asarray(tensor)
