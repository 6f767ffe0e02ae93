"""Which three lines repeat a check that failed?

One of imports, one with the inputs, one with the call. Inputs that would fill a screen, and
modules, which have weights, go to a file in the folder for temporary files, and the script reads
that.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..tensor import Array
from .naming import named
from .subjects.tensors import array_of, library_of

LONGEST = 320  # characters that inputs may take in the script
IMPORT = "from minigrad.testing import gradcheck"


def script(
    func: Callable[..., Any],
    inputs: Sequence[Any],
    gradient: Callable[..., Any] | None,
    options: Mapping[str, Any],
) -> str:
    """The lines, for the options that are not the usual ones."""
    functions = {"func": named(func, "func")}
    if gradient is not None:
        functions["gradient"] = named(gradient, "gradient")
    nameless = {"func": func, "gradient": gradient}
    kept: dict[str, Any] = {
        name: nameless[name] for name, each in functions.items() if each.expression is None
    }
    imports = [IMPORT, *[each for one in functions.values() for each in one.imports]]
    remarks = [each.remark for each in functions.values() if each.remark]
    line = _line(inputs)
    if kept or line is None:
        kept["inputs"] = list(inputs)
        path = _file(list(kept.values()) if len(kept) > 1 else kept["inputs"])
        imports.append("import pickle")
        line = f'{", ".join(kept)} = pickle.load(open(r"{path}", "rb"))'
        if path is None:
            line = f"{', '.join(kept)} = ..."
            remarks.append(f"{' and '.join(kept)} cannot be written down: those of the check")
    else:
        imports += _modules(line)
    call = [functions["func"].expression or "func", "inputs"]
    if gradient is not None:
        call.append(f"gradient={functions['gradient'].expression or 'gradient'}")
    call += [f"{name}={value!r}" for name, value in options.items()]
    remark = f"  # {'; '.join(remarks)}" if remarks else ""
    return f"{'; '.join(_merged(imports))}{remark}\n{line}\ngradcheck({', '.join(call)})"


def _merged(imports: Sequence[str]) -> list[str]:
    """Each import once, and what comes from one module in one of them."""
    names: dict[str, list[str]] = {}
    for each in dict.fromkeys(imports):
        module, _, name = each.partition(" import ")
        names.setdefault(module, []).extend([name] if name else [])
    return [
        f"{module} import {', '.join(found)}" if found else module
        for module, found in names.items()
    ]


def _line(inputs: Sequence[Any]) -> str | None:
    """The inputs, if they can be written down in a line."""
    texts = []
    for each in inputs:
        text = _written(each)
        if text is None:
            return None
        texts.append(text)
    line = f"inputs = [{', '.join(texts)}]"
    return line if len(line) <= LONGEST else None


def _modules(text: str) -> list[str]:
    known = {
        "np.": "import numpy as np",
        "minigrad.": "import minigrad",
        "torch.": "import torch",
        "tensor_of(": "from minigrad.tensor import tensor_of",
    }
    return [statement for prefix, statement in known.items() if prefix in text]


def _written(value: Any) -> str | None:
    """An expression for an input, or None if there is none that is short."""
    library = library_of(value)
    if library is not None:
        array, name = array_of(value), library.__name__
        numbers = _numbers(array)
        if numbers is None:
            return None
        if array.flags.c_contiguous:
            made = f"{name}.tensor({array.tolist()!r}, dtype={value.dtype})"
        else:  # with `from_numpy` memory must not run backwards, as it can in a tensor of ours
            backwards = any(each < 0 for each in array.strides)
            made = f"{'tensor_of' if backwards else f'{name}.from_numpy'}({numbers})"
        return f"{made}.requires_grad_()" if value.requires_grad else made
    if isinstance(value, np.ndarray):
        return _numbers(value)
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({value.item()!r})" if np.isfinite(value) else None
    plain = value is None or isinstance(value, bool | int | float | str)
    return repr(value) if plain else None


def _numbers(array: Array) -> str | None:
    """An expression for an array, in its layout."""
    if array.size > LONGEST or not np.all(np.isfinite(array)):
        return None
    dtype = "" if array.dtype == np.float64 else f", np.{array.dtype}"
    numbers = f"np.array({array.tolist()!r}{dtype})"
    return numbers if array.flags.c_contiguous else _laid_out(array, numbers)


def _laid_out(array: Array, numbers: str) -> str | None:
    """An expression for an array that lies in memory like this one."""
    order = np.argsort([-abs(each) for each in array.strides], kind="stable").tolist()
    if array.transpose(order).flags.c_contiguous:
        back = np.argsort(order).tolist()
        return f"{numbers}.transpose({order}).copy().transpose({back})"
    step = array.strides[-1] // array.itemsize
    if step > 1 and np.repeat(array, step, -1)[..., ::step].strides == array.strides:
        return f"np.repeat({numbers}, {step}, -1)[..., ::{step}]"
    backwards = tuple(axis for axis, each in enumerate(array.strides) if each < 0)
    if np.flip(array, backwards).flags.c_contiguous:
        return f"np.flip(np.flip({numbers}, {backwards}).copy(), {backwards})"
    return None


def _file(value: Any) -> Path | None:
    """Where a value is kept for the script, or None if it cannot be kept."""
    try:
        data = pickle.dumps(value)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    name = f"gradcheck-{hashlib.sha256(data).hexdigest()[:12]}.pickle"
    path = Path(tempfile.gettempdir()) / name
    path.write_bytes(data)
    return path
