"""What is a network trained on: inputs, targets, and a loss that takes both?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ... import nn
from ...dtypes import dtype, float32, int64
from ...tensor import Tensor
from .modules import Network
from .shapes import Shape
from .tensors import Values, tensors
from .values import numbers

LOSSES = (
    "MSELoss",
    "L1Loss",
    "SmoothL1Loss",
    "HuberLoss",
    "BCEWithLogitsLoss",
    "CrossEntropyLoss",
    "BCELoss",
    "NLLLoss",
)
REDUCTIONS = ("", "reduction='sum'", "reduction='none'")


@dataclass(frozen=True)
class Batch:
    """Inputs, targets, and the call that makes the loss.

    Examples
    --------
    >>> import minigrad as torch
    >>> batch = Batch(torch.tensor([[1.0]]), torch.tensor([[3.0]]), "nn.MSELoss()")
    >>> batch.criterion()(batch.input, batch.target)
    tensor(4.)
    """

    input: Tensor
    target: Tensor
    loss: str

    def criterion(self, library: Any = None) -> Any:
        """The loss, of minigrad or of a library with its names."""
        return eval(self.loss, {"nn": nn if library is None else library.nn})


@st.composite
def batches(
    draw: Any,
    of: Network | Shape,
    *,
    max_rows: int = 4,
    dtype: dtype = float32,
    values: Values | None = None,
    losses: Sequence[str] = LOSSES,
    layouts: str | Sequence[str] = "contiguous",
) -> Batch:
    """A batch for a network, or of a shape: then the inputs are what the loss is given.

    Parameters
    ----------
    of : a network from `modules`, or the shape of predictions
    max_rows : how many rows the batch of a network has at most
    dtype : of inputs, and of targets that are no classes
    values : of the inputs, as in `tensors`; by default between -3 and 3, or what the loss takes
    losses : names among `LOSSES`; those that the outputs do not suit are left out
    layouts : of the inputs, as in `tensors`

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import batches
    >>> find(batches((2, 3), losses=["CrossEntropyLoss"]), lambda batch: True).target.shape
    minigrad.Size([2])
    """
    network = of if isinstance(of, Network) else None
    if network is None and not (
        isinstance(of, tuple) and all(isinstance(each, int) for each in of)
    ):
        raise TypeError(f"batches: of must be a Network or a shape, got {of!r}")
    if network is None:
        shape = outputs = tuple(of)  # type: ignore[arg-type]
    else:
        rows = draw(st.integers(1 + network.needs_several_rows, max_rows))
        shape, outputs = network.input_shape(rows), (rows, network.outputs)
    loss = draw(st.sampled_from(_suitable(losses, network, outputs)))
    arguments = draw(st.sampled_from(REDUCTIONS))
    if values is None:
        values = _taken(loss, dtype) if network is None else numbers(-3.0, 3.0, 0.0, of=dtype)
    given = draw(tensors(shape, dtype, values, layouts, requires_grad=network is None))
    target = draw(_targets(loss, outputs, dtype))
    return Batch(given, target, f"nn.{loss}({arguments})")


def _suitable(losses: Sequence[str], network: Network | None, outputs: Shape) -> list[str]:
    unknown = [each for each in losses if each not in LOSSES]
    if unknown:
        raise ValueError(
            f"batches: losses has {unknown[0]!r}; expected some of {', '.join(LOSSES)}"
        )
    found = list(losses)
    if len(outputs) < 2 or outputs[1] == 0:
        found = [each for each in found if each not in ("CrossEntropyLoss", "NLLLoss")]
    if network is not None and not network.gives_probabilities:
        found = [each for each in found if each != "BCELoss"]
    if network is not None and not network.gives_logarithms:
        found = [each for each in found if each != "NLLLoss"]
    if network is not None and "Dropout(0.5)" in network.layers:
        found = [each for each in found if each != "BCELoss"]  # it doubles probabilities
    if not found:
        raise ValueError(f"batches: none of losses {list(losses)} suits outputs of {outputs}")
    return found


def _taken(loss: str, of: dtype) -> st.SearchStrategy[float]:
    """What the loss takes as predictions: for BCELoss, probabilities."""
    if loss == "BCELoss":
        return numbers(0.0, 1.0, 0.0, 1.0, 0.5, of=of)
    return numbers(-3.0, 3.0, 0.0, of=of)


def _targets(loss: str, outputs: Shape, of: dtype) -> st.SearchStrategy[Tensor]:
    """Classes, probabilities, or any numbers: whatever the loss compares outputs with."""
    if loss in ("CrossEntropyLoss", "NLLLoss"):
        classes = st.sampled_from([*range(outputs[1]), -100])
        return tensors((outputs[0], *outputs[2:]), int64, classes, "contiguous")
    if loss in ("BCELoss", "BCEWithLogitsLoss"):
        probabilities = numbers(0.0, 1.0, 0.0, 1.0, of=of)
        return tensors(outputs, of, probabilities, "contiguous", requires_grad=False)
    goals = numbers(-3.0, 3.0, 0.0, 1.0, of=of)
    return tensors(outputs, of, goals, "contiguous", requires_grad=False)
