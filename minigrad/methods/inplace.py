"""Tensors are changed in place: by arithmetic, by copying, by filling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions
from ..functions.sizes import NOT_GIVEN
from .operands import is_operand

if TYPE_CHECKING:
    from ..tensor import Number, Operand, Tensor


class Inplace:
    """The functions of `functions.inplace` and `.drawing`; their names end in an underscore."""

    __slots__ = ()

    def add_(self: Tensor, other: Operand, *last: Operand, alpha: Number = NOT_GIVEN) -> Tensor:
        """`add`, in place."""
        return functions.inplace.changed(self, functions.addition.add, other, *last, alpha=alpha)

    def sub_(self: Tensor, other: Operand, *last: Operand, alpha: Number = NOT_GIVEN) -> Tensor:
        """`sub`, in place."""
        return functions.inplace.changed(self, functions.addition.sub, other, *last, alpha=alpha)

    def subtract_(
        self: Tensor, other: Operand, *last: Number, alpha: Number = NOT_GIVEN
    ) -> Tensor:
        """`subtract`, in place."""
        subtract = functions.addition.subtract
        return functions.inplace.changed(self, subtract, other, *last, alpha=alpha)

    def mul_(self: Tensor, other: Operand) -> Tensor:
        """`mul`, in place."""
        return functions.inplace.changed(self, functions.arithmetic.mul, other)

    def div_(self: Tensor, other: Operand, *, rounding_mode: str | None = NOT_GIVEN) -> Tensor:
        """`div`, in place."""
        return functions.inplace.changed(
            self, functions.arithmetic.div, other, rounding_mode=rounding_mode
        )

    def floor_divide_(self: Tensor, other: Operand) -> Tensor:
        """`floor_divide`, in place."""
        return functions.inplace.changed(self, functions.arithmetic.floor_divide, other)

    def remainder_(self: Tensor, other: Operand) -> Tensor:
        """`remainder`, in place."""
        return functions.inplace.changed(self, functions.arithmetic.remainder, other)

    def pow_(self: Tensor, exponent: Operand) -> Tensor:
        """`pow`, in place."""
        return functions.inplace.changed(self, functions.powers.pow, exponent)

    def addcmul_(
        self: Tensor, tensor1: Tensor, tensor2: Tensor, *last: Tensor, value: Number = NOT_GIVEN
    ) -> Tensor:
        """`addcmul`, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> average, grad = torch.tensor([1.0, 4.0]), torch.tensor([2.0, 0.0])
        >>> average.mul_(0.5).addcmul_(grad, grad, value=0.5)
        tensor([2.5000, 2.0000])
        """
        function = functions.adding_products.addcmul
        return functions.inplace.changed(self, function, tensor1, tensor2, *last, value=value)

    def addcdiv_(
        self: Tensor, tensor1: Tensor, tensor2: Tensor, *last: Tensor, value: Number = NOT_GIVEN
    ) -> Tensor:
        """`addcdiv`, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> weight = torch.tensor([1.0, 1.0])
        >>> weight.addcdiv_(torch.tensor([1.0, 2.0]), torch.tensor([0.5, 4.0]), value=-0.1)
        tensor([0.8000, 0.9500])
        """
        function = functions.adding_products.addcdiv
        return functions.inplace.changed(self, function, tensor1, tensor2, *last, value=value)

    def lerp_(self: Tensor, end: Tensor, weight: Number | Tensor) -> Tensor:
        """`lerp`, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> average = torch.tensor([1.0, 2.0])
        >>> average.lerp_(torch.tensor([2.0, 0.0]), 0.1)
        tensor([1.1000, 1.8000])
        """
        return functions.inplace.changed(self, functions.interpolation.lerp, end, weight)

    def copy_(self: Tensor, other: Tensor, non_blocking: bool = False) -> Tensor:
        """Take over another tensor's values, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2, 2).copy_(torch.tensor([1, 2]))  # broadcast and converted
        tensor([[1., 2.],
                [1., 2.]])
        """
        functions.dimensions.require_bool(non_blocking, "copy_", "non_blocking")
        return functions.inplace.copy_(self, other)

    def fill_(self: Tensor, value: Number | Tensor) -> Tensor:
        """Set all elements to a number, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2, dtype=torch.int64).fill_(3)
        tensor([3, 3])
        """
        return functions.inplace.fill_(self, value)

    def fill_diagonal_(self: Tensor, fill_value: Number, wrap: bool = False) -> Tensor:
        """Set the elements of the diagonal to a number, in place.

        Parameters
        ----------
        fill_value : number
        wrap : bool
            Whether the diagonal of a matrix that is taller than wide begins again, one row under
            its end.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.ones(2, 2).fill_diagonal_(0)
        tensor([[0., 1.],
                [1., 0.]])
        """
        return functions.inplace_diagonal.fill_diagonal_(self, fill_value, wrap)

    def zero_(self: Tensor) -> Tensor:
        """Set all elements to 0, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.ones(2)
        >>> _ = x[0].zero_()
        >>> x
        tensor([0., 1.])
        """
        return functions.inplace.fill_(self, 0, "ZeroBackward0")

    def masked_fill_(self: Tensor, mask: Tensor, value: Number | Tensor) -> Tensor:
        """`masked_fill`, in place."""
        return functions.inplace.masked_fill_(self, mask, value)

    def uniform_(self: Tensor, *bounds: Any, generator: Any = None, **named: Any) -> Tensor:
        """Draw all elements uniformly from [0, 1), or between two bounds, in place.

        By name they are `from`, which Python only takes as ``**{"from": -1}``, and `to`.

        Examples
        --------
        >>> import minigrad as torch
        >>> _ = torch.manual_seed(0)
        >>> torch.empty(3).uniform_(-1, 1)
        tensor([-0.0075,  0.5364, -0.8230])
        """
        return functions.drawing.uniform_(self, bounds, named, generator)

    def normal_(self: Tensor, mean: Any = 0.0, std: Any = 1.0, *, generator: Any = None) -> Tensor:
        """Draw all elements from a normal distribution, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> _ = torch.manual_seed(0)
        >>> torch.empty(3).normal_(10, 0.1)
        tensor([10.1541,  9.9707,  9.7821])
        """
        return functions.drawing.normal_(self, mean, std, generator)

    def random_(self: Tensor, *bounds: Any, generator: Any = None, **named: Any) -> Tensor:
        """Draw integers: all that the dtype holds, below one bound, or between two, in place.

        By name they are `from` and `to`, as for `uniform_`.

        Examples
        --------
        >>> import minigrad as torch
        >>> _ = torch.manual_seed(0)
        >>> torch.empty(4).random_(2, 5)
        tensor([4., 2., 4., 2.])
        """
        return functions.drawing.random_(self, bounds, named, generator)

    def bernoulli_(self: Tensor, p: Any = 0.5, *, generator: Any = None) -> Tensor:
        """Set each element to 1 with probability `p`, else to 0, in place.

        Examples
        --------
        >>> import minigrad as torch
        >>> _ = torch.manual_seed(0)
        >>> torch.empty(4).bernoulli_(torch.tensor([0.0, 0.5, 0.5, 1.0]))
        tensor([0., 0., 1., 1.])
        """
        return functions.drawing.bernoulli_(self, p, generator)

    def __iadd__(self: Tensor, other: Any) -> Tensor:
        return self.add_(other) if is_operand(other) else NotImplemented

    def __isub__(self: Tensor, other: Any) -> Tensor:
        return self.sub_(other) if is_operand(other) else NotImplemented

    def __imul__(self: Tensor, other: Any) -> Tensor:
        return self.mul_(other) if is_operand(other) else NotImplemented

    def __itruediv__(self: Tensor, other: Any) -> Tensor:
        return self.div_(other) if is_operand(other) else NotImplemented

    def __ifloordiv__(self: Tensor, other: Any) -> Tensor:
        return self.floor_divide_(other) if is_operand(other) else NotImplemented

    def __imod__(self: Tensor, other: Any) -> Tensor:
        return self.remainder_(other) if is_operand(other) else NotImplemented

    def __ipow__(self: Tensor, exponent: Any) -> Tensor:
        return self.pow_(exponent) if is_operand(exponent) else NotImplemented

    multiply_, divide_, true_divide_ = mul_, div_, div_
