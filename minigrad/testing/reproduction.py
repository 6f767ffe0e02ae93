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

from .naming import named
from .subjects.tensors import array_of, library_of

LONGEST = 160  # characters that inputs may take in the script
IMPORT = "from minigrad.testing import gradcheck"


def script(
    func: Callable[..., Any],
    inputs: Sequence[Any],
    gradient: Callable[..., Any] | None,
    options: Mapping[str, Any],
) -> str:
    """The lines, for the options that are not the usual ones."""
    function = named(func, "func")
    functions = [function] if gradient is None else [function, named(gradient, "gradient")]
    written = [_written(each) for each in inputs]
    texts = [text for text in written if text is not None]
    line = f"inputs = [{', '.join(texts)}]"
    imports = [IMPORT, *[each for text in texts for each in _modules(text)]]
    target = function.expression
    if function.expression is None or len(texts) < len(inputs) or len(line) > LONGEST:
        kept = [func if function.expression is None else None, list(inputs)]
        path = _file(kept)
        if path is not None:
            line = f'func, inputs = pickle.load(open(r"{path}", "rb"))'
            imports = [IMPORT, "import pickle"]
            target = target or "func"
    imports += [each for one in functions for each in one.imports]
    remarks = [each.remark for each in functions if each.remark]
    call = [target or "func", "inputs"]
    if gradient is not None:
        call.append(f"gradient={functions[1].expression or 'gradient'}")
    call += [f"{name}={value!r}" for name, value in options.items()]
    first = "; ".join(dict.fromkeys(imports)) + (f"  # {'; '.join(remarks)}" if remarks else "")
    return f"{first}\n{line}\ngradcheck({', '.join(call)})"


def _modules(text: str) -> list[str]:
    known = {"np.": "import numpy as np", "minigrad.": "import minigrad", "torch.": "import torch"}
    return [statement for prefix, statement in known.items() if prefix in text]


def _written(value: Any) -> str | None:
    """An expression for an input, or None if there is none that is short."""
    library = library_of(value)
    if library is not None:
        name = library.__name__
        array = array_of(value)
        numbers = f"np.array({array.tolist()!r}, np.{array.dtype})"
        laid = numbers if array.flags.c_contiguous else _laid_out(array, numbers)
        wants = ".requires_grad_()" if value.requires_grad else ""
        if not np.all(np.isfinite(array)) or laid is None:
            return None
        if laid == numbers:
            return f"{name}.tensor({array.tolist()!r}, dtype={value.dtype}){wants}"
        return f"{name}.from_numpy({laid}){wants}"
    if isinstance(value, np.ndarray):
        numbers = f"np.array({value.tolist()!r}, np.{value.dtype})"
        laid = numbers if value.flags.c_contiguous else _laid_out(value, numbers)
        return laid if value.dtype.kind not in "fc" or np.all(np.isfinite(value)) else None
    if isinstance(value, np.generic):
        return f"np.{value!r}".removeprefix("np.") if repr(value)[:3] == "np." else None
    plain = value is None or isinstance(value, bool | int | float | str)
    return repr(value) if plain else None


def _laid_out(array: np.ndarray[Any, Any], numbers: str) -> str | None:
    """An expression for an array that lies in memory like this one: transposed, or with gaps."""
    if array.flags.f_contiguous:
        return f"np.asfortranarray({numbers})"
    step = array.strides[-1] // array.itemsize
    rows = np.repeat(array, abs(step), -1)[..., :: abs(step)] if step else array
    if step > 1 and rows.strides == array.strides:
        return f"np.repeat({numbers}, {step}, -1)[..., ::{step}]"
    if array[..., ::-1].flags.c_contiguous:
        return f"{numbers}[..., ::-1].copy()[..., ::-1]"
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
