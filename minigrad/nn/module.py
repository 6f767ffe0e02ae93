"""What is a module?

An object that computes something in `forward` from its arguments and from the parameters,
buffers and child modules it holds. Holding them is `members.Members`, walking through them
`tree.Tree`; this file adds calling, modes, conversion, saving, and the printed form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from .. import dtypes, launch, structure
from ..tensor import RemovableHandle, Tensor
from . import state
from .conversion import convert, require_cpu
from .hooks import Hook, add_hook, run_with_hooks
from .tree import Tree

PACKAGE = __name__.partition(".")[0] + "."


class Module(Tree):
    """Base class of everything with parameters; a network is a subclass with a `forward`.

    Attributes
    ----------
    training : bool
        Whether the module is in training mode; set by `train` and `eval`.

    Examples
    --------
    >>> from minigrad import nn
    >>> class Net(nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.hidden = nn.Linear(9, 16)
    ...         self.activation = nn.ELU()
    ...
    ...     def forward(self, input):
    ...         return self.activation(self.hidden(input))
    >>> Net()
    Net(
      (hidden): Linear(in_features=9, out_features=16, bias=True)
      (activation): ELU(alpha=1.0)
    )
    """

    training: bool
    _version = 1  # of the format that state_dict writes
    _forward_pre_hooks: dict[int, Hook]
    _forward_hooks: dict[int, Hook]

    def __init__(self) -> None:
        super().__init__()
        self.__dict__.update(training=True, _forward_pre_hooks={}, _forward_hooks={})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._forward_hooks or self._forward_pre_hooks:
            return run_with_hooks(self, args, kwargs)
        if launch.installed is not None and not self._module_names and _is_ours(type(self)):
            with launch.one_line():  # no code of the user's will run in here
                return self.forward(*args, **kwargs)
        return self.forward(*args, **kwargs)

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the output; every subclass defines its own."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    def register_forward_pre_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, args)` before each forward.

        Parameters
        ----------
        hook : callable
            What it returns, unless None, replaces the arguments.
        prepend : bool
            Whether it comes before the hooks registered already.
        with_kwargs : bool
            Whether it is called as `hook(module, args, kwargs)`, and returns both or None.
        """
        return add_hook(self._forward_pre_hooks, Hook(hook, with_kwargs), prepend)

    def register_forward_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, args, output)` after each forward.

        Parameters
        ----------
        hook : callable
            What it returns, unless None, replaces the output.
        prepend : bool
            Whether it comes before the hooks registered already.
        with_kwargs : bool
            Whether it is called as `hook(module, args, kwargs, output)`.
        """
        return add_hook(self._forward_hooks, Hook(hook, with_kwargs), prepend)

    def train(self, mode: bool = True) -> Self:
        """Put this module and all below it into training mode, or with False out of it."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for child in self.children():
            child.train(mode)
        return self

    def eval(self) -> Self:
        """Put this module and all below it into evaluation mode."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Say for all parameters whether gradients are computed for them."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        structure.bump()
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters, or with False fill them with zeros."""
        for parameter in self.parameters():
            if set_to_none:
                parameter.grad = None
                continue
            gradient = parameter.grad
            if gradient is None:
                continue
            if gradient.requires_grad:
                parameter.grad = gradient = gradient.detach()
            gradient.zero_()

    def apply(self, fn: Callable[[Module], Any]) -> Self:
        """Call `fn` on every module below this one, children first, and on this one last.

        Examples
        --------
        >>> from minigrad import nn
        >>> net = nn.Sequential(nn.ReLU(), nn.ELU())
        >>> _ = net.apply(lambda module: print(type(module).__name__))
        ReLU
        ELU
        Sequential
        """
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def to(
        self,
        target: dtypes.dtype | Tensor | str | None = None,
        dtype: dtypes.dtype | None = None,
        non_blocking: bool = False,
        *,
        device: str | None = None,
    ) -> Self:
        """Convert all floating-point parameters and buffers, in place.

        Parameters
        ----------
        target : dtype, Tensor or device, optional
            The dtype to convert to, a tensor that has it, or the device: there is only "cpu".
        dtype : dtype, optional
            The dtype to convert to.
        non_blocking : bool
            Without effect on a CPU.
        device : str, optional
            "cpu".
        """
        if isinstance(target, dtypes.dtype):
            dtype = target
        elif isinstance(target, Tensor):
            dtype = target.dtype
        elif target is not None:
            device = target
        require_cpu(device)
        return self if dtype is None else convert(self, dtype)

    def float(self) -> Self:
        """Convert all floating-point parameters and buffers to float32, in place."""
        return convert(self, dtypes.float32)

    def double(self) -> Self:
        """Convert all floating-point parameters and buffers to float64, in place."""
        return convert(self, dtypes.float64)

    def cpu(self) -> Self:
        """Do nothing: all values are on the CPU already."""
        return self

    def state_dict(
        self,
        *,
        destination: dict[str, Any] | None = None,
        prefix: str = "",
        keep_vars: bool = False,
    ) -> dict[str, Any]:
        """Give the parameters and persistent buffers by their dotted names.

        Parameters
        ----------
        destination : dict, optional
            Where to write them.
        prefix : str
            Put in front of each name.
        keep_vars : bool
            Whether to give the parameters themselves, not tensors that share their memory
            and need no gradient.

        Examples
        --------
        >>> from minigrad import nn
        >>> list(nn.Sequential(nn.Linear(2, 3), nn.ReLU()).state_dict())
        ['0.weight', '0.bias']
        """
        return state.save(self, destination, prefix, keep_vars)

    def load_state_dict(
        self, state_dict: dict[str, Any], strict: bool = True, assign: bool = False
    ) -> state.IncompatibleKeys:
        """Copy values from a dictionary such as `state_dict` gives.

        Parameters
        ----------
        state_dict : dict
            Tensors by dotted name.
        strict : bool
            Whether a missing or an unexpected name is an error.
        assign : bool
            Whether the tensors themselves replace the present ones, dtype included.

        Returns
        -------
        IncompatibleKeys
            The names that were missing and those that were unexpected.
        """
        return state.load(self, state_dict, strict, assign)

    def _complete_state(self, values: dict[str, Any], prefix: str, version: int | None) -> None:
        """Add to `values` what an older version of the format lacks."""

    def extra_repr(self) -> str:
        """Say what stands between the brackets of the printed form."""
        return ""

    def _get_name(self) -> str:
        return type(self).__name__

    def __repr__(self) -> str:
        extra = self.extra_repr().split("\n") if self.extra_repr() else []
        children = [
            f"({name}): " + repr(child).replace("\n", "\n  ")
            for name, child in self._modules.items()
        ]
        if len(extra) == 1 and not children:
            return f"{self._get_name()}({extra[0]})"
        lines = "".join(f"\n  {line}" for line in extra + children)
        return f"{self._get_name()}({lines}\n)" if lines else f"{self._get_name()}()"


def _is_ours(kind: type) -> bool:
    """Whether a class is the package's, so that no method of it is a user's."""
    return kind.__module__.startswith(PACKAGE)
