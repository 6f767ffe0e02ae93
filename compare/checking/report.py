"""What is somebody told of a check: where, how far off, how far was allowed, how to repeat it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minigrad import Tensor
from minigrad.testing.naming import named
from minigrad.testing.printed import literal, tensor_source

from ..report.numbers import number
from .agreement import Agreement

BY_OPTION = {"np": "import numpy as np", "torch": "import torch"}


class CheckError(AssertionError):
    """A function does not give what its reference gives.

    `agreement` says of which result, in which dtype, where, how far off and how far was allowed;
    `inputs` are those that it shows at, as small as they could be made. The message ends with a
    script that repeats it.
    """

    def __init__(
        self, agreement: Agreement, inputs: Sequence[Any], script: Callable[[], str]
    ) -> None:
        super().__init__(f"{agreement.name} in {agreement.dtype}")
        self.agreement, self.inputs, self._script = agreement, list(inputs), script

    def __str__(self) -> str:
        # The script is made when it is read: Hypothesis raises many of these.
        lines = [*told(self.agreement), "inputs", *(f"  {source(each)}" for each in self.inputs)]
        lines += ["to repeat it:", *(f"  {line}" for line in self._script().splitlines())]
        return "\n".join([heading(self.agreement), *(f"  {line}" for line in lines)])


def heading(found: Agreement) -> str:
    place = f" at {found.where}" if found.where else ""
    return f"{found.name}{place}, {found.dtype}: not what the reference gives"


def told(found: Agreement) -> list[str]:
    if found.note:
        return [found.note]
    lines = [f"function   {found.given!r}", f"reference  {found.reference!r}"]
    if found.error is not None:
        own = "" if found.reference_error is None else number(found.reference_error)
        lines.append(f"in float64 {found.truth!r}")
        lines.append(f"off by     {number(found.error)} ulp, the reference {own}")
        lines.append(f"allowed    {number(found.allowed)} ulp: {found.reason}")
    else:
        lines.append(f"allowed    {found.reason}")
    return [*lines, f"wrong      {found.wrong} of {found.size} elements"]


@dataclass(frozen=True, repr=False)
class CheckResult:
    """What a check has looked at.

    Parameters
    ----------
    examples : at how many inputs
    worst : of each result in each dtype, the one that was the most of what is allowed away
    """

    examples: int
    worst: tuple[Agreement, ...]

    def __repr__(self) -> str:
        dtypes = " and ".join(dict.fromkeys(each.dtype for each in self.worst))
        width = max(len(each.name) for each in self.worst)
        lines = [f"check passed: {self.examples} inputs, in {dtypes}"]
        for each in self.worst:
            if each.error is None:
                lines.append(f"  {each.dtype}  {each.name:<{width}}  equal")
                continue
            error, own = number(each.error), number(each.reference_error)
            lines.append(
                f"  {each.dtype}  {each.name:<{width}}  {error} ulp, the reference {own}, "
                f"allowed {number(each.allowed)}"
            )
        return "\n".join(lines)


def script(functions: Mapping[str, Any], inputs: Sequence[Any], options: Mapping[str, Any]) -> str:
    """The lines that repeat a check at some inputs, with options that are not the usual ones."""
    imports, remarks, parts = ["from compare import check", "import minigrad"], [], []
    given = [f"{name}={value}" for name, value in options.items()]
    imports += [BY_OPTION[each] for name, each in options.items() if name == "library"]
    for role, function in functions.items():
        found = named(function, role)
        text = found.expression or role
        if role == "gradient":
            given.insert(0, f"gradient={text}")
        else:
            parts.append(text)
        imports += found.imports
        remarks.append(found.remark or ("" if found.expression else f"{role} is yours"))
    texts = [source(each) for each in inputs]
    if any("laid_out(" in text for text in texts):
        imports += [
            "import numpy as np",
            "from minigrad.testing.strategies import laid_out, tensor_of",
        ]
    remark = "; ".join(filter(None, remarks))
    head = "; ".join(dict.fromkeys(imports)) + (f"  # {remark}" if remark else "")
    return f"{head}\ncheck({', '.join([*parts, *texts, *given])})"


def source(value: Any) -> str:
    """The Python that makes an input again."""
    if isinstance(value, Tensor):
        return tensor_source(value).replace("torch.", "minigrad.")
    return literal(value).replace("torch.", "minigrad.")
