"""One call of a compiled step for each batch of a loader: `step.epoch(loader)`.

Rows of tensors are picked and trained on natively (`batches`); before that is possible, and for
the last batch if it is smaller, steps are called as in a loop of the user's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..primitives import joining
from ..tensor import Array, Tensor, tensor_of
from ..utils.data import DataLoader
from .batches import Kept, native_batches
from .progress import shown
from .rows import full_batches, picks_rows

if TYPE_CHECKING:
    from .step import CompiledStep


class Epochs:
    """What a compiled step has besides being called."""

    def _bound(self) -> tuple[CompiledStep[..., Any], tuple[Any, ...]]:
        """The step, and what it gets before the arguments of each call."""
        raise NotImplementedError

    def epoch(self, loader: Iterable[Any], progress: bool = False) -> Any:
        """Call the step on every batch of a loader, as `[step(*batch) for batch in loader]` does.

        With a `DataLoader` over a `TensorDataset`, or over a `Subset` of one, the loop is native
        as soon as the step is: no Python runs between two batches. They are the same batches, and
        what the step does is the same to the bit. With other loaders, and with steps that need
        Python at each call (to shuffle, for example), this is the loop above.

        Parameters
        ----------
        loader : iterable of batches
            A batch that is no list or tuple is passed as one argument.
        progress : bool
            Show a progress bar, which needs rich, where the standard error is a terminal.

        Returns
        -------
        Tensor or list
            The batches' results: a tensor without history, stacked along a new first dimension,
            if each is a tensor of one shape and dtype, as a loss is; otherwise a list.

        Raises
        ------
        Exception
            What the step or the loader raises, with a note that says in which batch. Then, and
            after Ctrl-C, things are as the loop above would have left them.

        >>> import minigrad as torch
        >>> from minigrad.utils.data import DataLoader, TensorDataset
        >>> w = torch.zeros(1, requires_grad=True)
        >>> optimizer = torch.optim.SGD([w], lr=0.25)
        >>> @torch.compile
        ... def step(x):
        ...     optimizer.zero_grad()
        ...     loss = torch.nn.functional.mse_loss(w, x)
        ...     loss.backward()
        ...     optimizer.step()
        ...     return loss
        >>> loader = DataLoader(TensorDataset(torch.ones(4)), batch_size=1)
        >>> step.epoch(loader)
        tensor([1.0000, 0.2500, 0.0625, 0.0156])
        """
        step, leading = self._bound()
        return run(step, loader, progress, leading)


def run(
    step: CompiledStep[..., Any],
    loader: Iterable[Any],
    progress: bool,
    leading: tuple[Any, ...],
) -> Any:
    """Call the step on all batches; `leading` is what it gets before each."""
    if not (hasattr(loader, "__iter__") or hasattr(loader, "__getitem__")):
        raise TypeError(f"epoch: loader must give batches, got {type(loader).__name__}")
    if not isinstance(progress, bool):
        raise TypeError(f"epoch: progress must be a bool, got {type(progress).__name__}")
    with shown(progress, loader) as advance:
        epoch = Epoch(step, leading, advance)
        try:
            if picks_rows(loader):
                epoch.over_rows(loader)
            else:
                for batch in loader:
                    epoch.call(batch)
        except Exception as error:
            error.add_note(f"in batch {epoch.number} of an epoch, counted from 0")
            raise
    return joined(epoch.results)


class Epoch:
    """An epoch that is under way."""

    def __init__(
        self,
        step: CompiledStep[..., Any],
        leading: tuple[Any, ...],
        advance: Callable[[int], None],
    ) -> None:
        self.step, self.leading, self.advance = step, leading, advance
        self.number = 0  # of the batch that is next
        self.results: list[Any] = []  # of single batches, or `Kept` of several

    def call(self, batch: Any) -> None:
        """Run the step on one batch."""
        arguments = batch if isinstance(batch, list | tuple) else (batch,)
        self.results.append(self.step(*self.leading, *arguments))
        self.number += 1
        self.advance(1)

    def over_rows(self, loader: DataLoader[Any]) -> None:
        """Run the step on the batches of a loader that picks rows."""
        indices = loader._begin()
        # One after the last of them would make some samplers draw again.
        full = list(islice(indices, full_batches(loader)))
        while self.number < len(full):
            if not self._run_natively(loader, full):
                self.call(loader._load(full[self.number]))
        for smaller in indices:
            self.call(loader._load(smaller))

    def _run_natively(self, loader: DataLoader[Any], full: list[Any]) -> bool:
        """Run the step on all batches that are left, if native code can."""
        step = self.step
        if step._running.locked():
            return False  # a call says what is wrong
        with step._running:
            ready = native_batches(step, loader, full, self.number, self.leading)
            if ready is None:
                return False
            try:
                ready.run(self.advance)
            finally:
                self.number += ready.done
        self.results += ready.results.parts()
        return True


def joined(results: list[Any]) -> Any:
    """One tensor of all results if each is one of the same shape and dtype; else a list."""
    stacks = [_stacked(each) for each in results]
    arrays = tuple(each for each in stacks if each is not None)
    kinds = {(each.shape[1:], each.dtype) for each in arrays}
    if len(kinds) == 1 and len(arrays) == len(results):
        return tensor_of(joining.cat.compute(arrays, axis=0))
    found: list[Any] = []
    for each in results:
        found += each.each() if isinstance(each, Kept) else [each]
    return found


def _stacked(result: Any) -> Array | None:
    """A result, or several that are kept, as an array with a dimension of batches."""
    if isinstance(result, Kept):
        return result.stacked()
    return result.array[None] if isinstance(result, Tensor) else None
