"""How is a function compiled that only other compiled functions call?

`@inner` is Numba's `@njit` for the functions that kernels are made of. Numba takes each of those
through all of LLVM by itself, to machine code that could be called from Python, though kernels
inline them. An inner function is handed on as it is after type inference, and LLVM optimises it
once, as a part of whatever calls it. It can do less: it neither prints nor calls Python, the texts
of its exceptions are fixed, and two inner functions do not call each other in turn.

>>> import numba
>>> from minigrad.kernels.inner import inner
>>> @inner
... def twice(x):
...     return 2 * x
>>> @numba.njit
... def six_times(x):
...     return 3 * twice(x)
>>> six_times(7)
42

To try it out, it can be called from Python too. Then `njit` compiles it.

>>> twice(7)
14

Measured on an Intel Xeon with AVX-512: the first cross entropy of a new cache folder, forward and
backward, takes 11 s instead of 22 s, softmax 2.9 s instead of 7.9 s.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from numba import _dynfunc, njit
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering


class Inner(CPUDispatcher):  # type: ignore[misc]
    """An inner function as Python sees it, and by which compiled functions know it."""

    @cached_property
    def for_python(self) -> Any:
        options = {name: each for name, each in self.targetoptions.items() if name != "nopython"}
        return njit(**options)(self.py_func)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.for_python(*arguments, **named)


class InnerLibrary(JITCodeLibrary):  # type: ignore[misc]
    """An inner function's code, with all that it calls, for others to link in."""

    def finalize(self) -> None:
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            if hasattr(self, "_reload_init"):  # not in Numba 0.62
                self._reload_init.update(library._reload_init)
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        self._final_module.verify()
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class InnerLowering(NativeLowering):  # type: ignore[misc]
    """Numba's step from typed code to LLVM's, without the one from there to machine code."""

    _name = "inner_lowering"

    def run_pass(self, state: Any) -> bool:
        context, flags = state.targetctx, state.flags
        state.library = InnerLibrary(context.codegen(), state.func_id.func_qualname)
        flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
        super().run_pass(state)
        lowered, name = state.cr, state.func_id.func_name
        # Numba knows a compiled function by an object like this; the address is 0, as of nothing.
        entry = _dynfunc.make_function(
            lowered.fndesc.lookup_module(), name, "", 0, lowered.env, (state.library,)
        )
        context.insert_user_function(entry, lowered.fndesc, [state.library])
        state.cr = lowered._replace(cfunc=entry)
        return True


class InnerCompiler(CompilerBase):  # type: ignore[misc]
    """Numba's compiler with that step exchanged."""

    def define_pipelines(self) -> list[Any]:
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state, "inner")
        passes.passes = [
            (InnerLowering if each is NativeLowering else each, says)
            for each, says in passes.passes
        ]
        passes.finalize()
        return [passes]


def inner(function: Callable[..., Any] | None = None, **options: Any) -> Any:
    """Declare a function to be compiled as a part of those that call it.

    `options` are those of `njit` that decide about the code, such as `fastmath`.
    """
    if function is None:
        return partial(inner, **options)
    return Inner(
        function,
        targetoptions={"nopython": True, "boundscheck": None, **options},
        pipeline_class=InnerCompiler,
    )
