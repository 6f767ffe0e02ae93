"""What are `FloatTensor` and its like? Dtypes, as scripts name them that are older than dtypes."""

from __future__ import annotations

from typing import Any

from . import dtypes, layouts


class TensorType:
    """Called, it makes tensors of its dtype as `Tensor` does of the default one.

    Tensors of its dtype are its instances.

    Examples
    --------
    >>> import minigrad as torch
    >>> labels = torch.LongTensor([2, 0])
    >>> labels, isinstance(labels, torch.LongTensor)
    (tensor([2, 0]), True)
    >>> labels.type(torch.FloatTensor)
    tensor([2., 0.])
    """

    __slots__ = ("dtype",)

    is_cuda = False
    is_sparse = False
    layout = layouts.strided

    def __init__(self, dtype: dtypes.dtype) -> None:
        self.dtype = dtype

    def __call__(self, *given: Any, **named: Any) -> tensor.Tensor:
        return constructor.constructed(tensor.Tensor, given, named, self.dtype)

    def __instancecheck__(self, instance: object) -> bool:
        return isinstance(instance, tensor.Tensor) and instance.dtype is self.dtype

    def __repr__(self) -> str:
        return f"<class 'minigrad.{self.__name__}'>"

    def __reduce__(self) -> str:
        return self.__name__

    @property
    def __name__(self) -> str:
        return f"{self.dtype.scalar_type}Tensor"


FloatTensor, DoubleTensor = TensorType(dtypes.float32), TensorType(dtypes.float64)
LongTensor, BoolTensor = TensorType(dtypes.int64), TensorType(dtypes.bool)
ByteTensor, CharTensor = TensorType(dtypes.uint8), TensorType(dtypes.int8)
ShortTensor, IntTensor = TensorType(dtypes.int16), TensorType(dtypes.int32)

# Below, because conversions know these types.
from . import tensor  # noqa: E402
from .creation import constructor  # noqa: E402
