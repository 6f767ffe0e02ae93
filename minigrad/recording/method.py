"""A compiled step that was written as a method, with the object that it was looked up in."""

from __future__ import annotations

from types import MethodType
from typing import TYPE_CHECKING, Any

from .epoch import Epochs

if TYPE_CHECKING:
    from .step import CompiledStep


class CompiledMethod(Epochs):
    """What `trainer.step` is if the class decorates `step` with `minigrad.compile`.

    A plain bound method would do but for `epoch`, which has to know the object as well.
    """

    __wrapped__: MethodType  # where a walk over what a step can reach finds both

    def __init__(self, step: CompiledStep[..., Any], instance: Any) -> None:
        self.__wrapped__ = MethodType(step, instance)
        self.__doc__ = step.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.__wrapped__(*args, **kwargs)

    def _bound(self) -> tuple[CompiledStep[..., Any], tuple[Any, ...]]:
        step: Any = self.__wrapped__.__func__
        return step, (self.__wrapped__.__self__,)

    def __getattr__(self, name: str) -> Any:
        return getattr(vars(self).get("__wrapped__"), name)
