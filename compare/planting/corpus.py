"""Are the testing kit's wrong gradients found by `compare.check`, held against PyTorch?

A case of the corpus is a function and a gradient with a fault, in tensor operations. The same
function on PyTorch's tensors is what it is held against: the corpus says `torch` where it means
minigrad, so it is read once more with PyTorch under that name. Its NumPy functions have none, and
what is wrong from the third order on is beyond what is compared.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from minigrad import Tensor
from minigrad.testing import corpus
from minigrad.testing.corpus.case import WrongGradient, planted

from ..checking.check import check
from ..checking.report import CheckError
from ..row import failure
from .fault import ROOT, Fault
from .search import Finding

HIGHEST = 2  # order of what `check` compares
THEMES = "the kit's corpus, "
OURS, THEIRS = "import minigrad as torch\n", "import torch\n"
MODULES = tuple(
    module
    for module in vars(corpus).values()
    if isinstance(module, ModuleType) and hasattr(module, "CASES")
)


def findings(operations: Sequence[str] | None) -> Iterator[Finding]:
    """What became of each wrong gradient; of some operations, of theirs."""
    for theme, cases in corpus.WRONG.items():
        module = next(each for each in MODULES if each.CASES is cases)
        if any(case.correct is not None for case in cases):
            continue
        for case, twin in zip(cases, on_pytorch(module).CASES, strict=True):
            wanted = operations is None or case.operation in operations
            if wanted and case.options.get("order", 1) <= HIGHEST:
                yield finding(THEMES + theme, module, case, twin)


def on_pytorch(module: ModuleType) -> ModuleType:
    """The same file, with PyTorch in the place of minigrad."""
    source = inspect.getsource(module)
    assert source.count(OURS) == 1
    found = ModuleType(module.__name__)
    found.__package__ = module.__package__
    exec(compile(source.replace(OURS, THEIRS), module.__file__ or "", "exec"), vars(found))
    return found


def finding(theme: str, module: ModuleType, case: WrongGradient, twin: WrongGradient) -> Finding:
    """Hold the function with the wrong gradient, and with autograd's, against PyTorch's."""
    start = perf_counter()
    inputs = case.inputs()
    reference = partial(twin.forward, **twin.attributes)
    right = partial(case.forward, **case.attributes)
    wrong = planted(case.forward, case.gradient, case.attributes)
    failed = []
    if difference(right, reference, inputs) is None:
        found = difference(wrong, reference, inputs)
        failed = [] if found is None else [failure("check", found, case=case.operation)]
    path = Path(module.__file__ or "").relative_to(ROOT)
    fault = Fault(case.name, f"{module.__name__}:CASES", "", "", ("check",))
    return Finding(theme, fault, path.as_posix(), 1, failed, perf_counter() - start)


def difference(
    function: Callable[..., Any], reference: Callable[..., Any], inputs: Sequence[Any]
) -> str | None:
    """What `check` says, if anything."""
    dtypes = {each.dtype.name for each in inputs if isinstance(each, Tensor)}
    dtype = "float32" if "float64" not in dtypes else "float64"
    try:
        check(function, reference, *inputs, dtypes=[dtype], examples=1)
    except CheckError as error:
        return str(error).partition("\n")[0]
    except TypeError as error:
        return f"TypeError: {error}"
    return None
