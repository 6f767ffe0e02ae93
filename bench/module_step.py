"""How does a library with PyTorch's names take a step: PyTorch, minigrad?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .network import build
from .numbers import Numbers
from .workloads import Workload

Step = Callable[[Any, Any], Any]


def make_step(
    library: Any, workload: Workload, compiled: bool, numbers: Numbers | None = None
) -> Step:
    """A new network and what trains it on a batch, or what gives its result."""
    model = build(library, workload.layers)
    if numbers is not None:
        with library.no_grad():
            for parameter, array in zip(model.parameters(), numbers.parameters, strict=True):
                parameter.copy_(library.tensor(array))
    if workload.evaluation:
        model.eval()
    if workload.optimizer is None:
        step = inference(library, model)
    else:
        step = training(library, model, workload.optimizer, workload.learning_rate)
    return library.compile(step) if compiled else step


def training(library: Any, model: Any, name: str, rate: float) -> Step:
    """The whole step: gradients from zero, loss, backward, the optimiser's update."""
    loss_function = library.nn.BCELoss()
    optimizer = getattr(library.optim, name)(model.parameters(), lr=rate)

    def step(x: Any, y: Any) -> Any:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def inference(library: Any, model: Any) -> Step:
    def step(x: Any, y: Any) -> Any:
        with library.no_grad():
            return model(x)

    return step


def batches_of(library: Any, numbers: Numbers) -> list[tuple[Any, Any]]:
    """Inputs and targets as tensors."""
    pairs = zip(numbers.x, numbers.y, strict=True)
    return [(library.tensor(x), library.tensor(y)) for x, y in pairs]
