"""What tells that a graph, or what is refused of it, differs as it is known to?

Each function is of one row in SUPPORTED.md, as narrowly as what the row says can be tested.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import numpy as np
import torch

import minigrad
from minigrad.memory_order import is_dense

from .judge import Difference
from .rounding import RAISED, run
from .running import left_by

QUOTIENT = re.compile(r"(addcdiv_?\((?:\w+, )?)(\w+), (\w+), value=")
PRODUCT = re.compile(r"(\w+) = (?:torch\.matmul\()?(\w+)(?:, | @ |\.matmul\()(\w+)\)?")
LEAKY_IN_PLACE = re.compile(r"torch\.nn\.functional\.leaky_relu_\((\w+)((?:, [^()]+)?)\)")
WITH_A_FACTOR = re.compile(r"torch\.(add|sub)\((\w+), (\w+), alpha=(.*)\)")
MISFIT = r"a parameter of shape (.*) has a gradient or state of shape (.*), which does not fit"
MISFIT_OF_GRADIENTS = r"cannot add a gradient of (.*) to one of (.*)"
STALE = "its base or another view of its base has been modified inplace"
WITHOUT = "with torch.no_grad(): "
RESHAPED = r"transpose_\(|swap(axes|dims)_\(|\bt_\(|(un)?squeeze_\("
WITHOUT_A_GRAPH = r"no_grad\(\): \w+(, \w+)*,? = "
OF_HISTORY = "modified by an inplace|graph a second time|was created in no_grad mode"
OF_SHAPES = "expected shape compatible|match the broadcast shape|at non-singleton dimension"
KEEPING = r"\b(l1_loss|L1Loss|cross_entropy|CrossEntropyLoss)\("
CROSS_ENTROPIES = r"cross_entropy(_with_logits)?\(|BCELoss\(|BCEWithLogitsLoss\("
WHOLE = r"eq|ne|not_equal|lt|less|le|less_equal|gt|greater|ge|greater_equal|logical_\w+"


def of_a_gradient(difference: Difference) -> bool:
    """How a gradient lies that is given or retained, with no gaps, in nobody's memory but here."""
    if difference.kind not in ("being a view", "strides"):
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    ours, theirs = (left_by(library, lines) for library in (minigrad, torch))
    path = difference.path
    given = re.search(rf"\b{re.escape(path)} = torch\.autograd\.grad\(", difference.source)
    owner = ours.get(path.removesuffix(".grad"))
    retained = path.endswith(".grad") and owner is not None and not owner.is_leaf
    if not (given or retained) or path not in ours or path not in theirs:
        return False
    return is_dense(ours[path].array) and sharing(path, ours) <= sharing(path, theirs)


def sharing(path: str, variables: dict[str, Any]) -> set[str]:
    """The other variables whose memory that of one is."""
    arrays = {
        name: each.data.numpy(force=True)
        for name, each in variables.items()
        if hasattr(each, "requires_grad")
    }
    return {
        name for name in arrays.keys() - {path} if np.shares_memory(arrays[name], arrays[path])
    }


def two_mistakes(difference: Difference) -> bool:
    """Both refuse, and what they say is not about the same."""
    mine, theirs = difference.mine, difference.theirs
    if not (isinstance(mine, Exception) and isinstance(theirs, Exception)):
        return False
    return difflib.SequenceMatcher(None, str(mine), str(theirs)).ratio() < 0.5


def refused_only_there(names: str, message: str, before: str = "") -> Callable[[Difference], bool]:
    """PyTorch says so of a line, in a program, that match these, and minigrad goes on."""

    def explains(difference: Difference) -> bool:
        called = re.search(names, difference.source) and re.search(before, difference.program)
        refused = difference.kind == "exception" and re.search(message, str(difference.theirs))
        return bool(called and refused and difference.mine is None)

    return explains


def second_of_what_changed(difference: Difference) -> bool:
    """PyTorch refuses to differentiate a cross entropy's gradient, and minigrad goes on."""
    if not re.search(CROSS_ENTROPIES, difference.program):
        return False
    firsts = re.findall(
        r"^(\w+) = .*autograd\.grad\(.*create_graph=True", difference.program, re.M
    )
    called = rf"\b({'|'.join(firsts)})\.backward\(|autograd\.grad\(({'|'.join(firsts)})\b"
    return bool(firsts) and refused_only_there(called, "modified by an inplace")(difference)


def whole_numbers_with_a_gradient(difference: Difference) -> bool:
    """What a comparison or a logical function has written into a tensor of whole numbers."""
    written = re.search(rf"\.({WHOLE})_\(", difference.source) is not None
    return (
        written
        and difference.kind in ("requires_grad", "is_leaf")
        and not (difference.kind == "requires_grad" and difference.mine)
    )


def kept_by_a_loss(difference: Difference) -> bool:
    """Its tensors are kept here, and in PyTorch at times what was computed of them."""
    if difference.kind != "exception" or not re.search(KEEPING, difference.program):
        return False
    refused = re.search("modified by an inplace|has been detached in-place", str(difference.mine))
    return difference.theirs is None and refused is not None


def kept_by_a_product(difference: Difference) -> bool:
    """Refused, as an operand has other numbers since, of which PyTorch has taken a copy."""
    refused = re.search(r"modified by an inplace.*Tensor (\[.*?\])\]", str(difference.mine))
    if difference.kind != "exception" or difference.theirs is not None or not refused:
        return False
    *before, _ = difference.program.splitlines()[: difference.line + 1]
    course = run(before)
    products = [(number, PRODUCT.fullmatch(line)) for number, line in enumerate(before)]
    return any(
        str([*course[number][name].shape]) == refused[1]
        and not np.array_equal(course[number][name], course[-1][name])
        and is_copied(name, before[: number + 1], course[number][found[1]].shape[:-2])
        for number, found in products
        if found is not None
        for name in (found[2], found[3])
    )


def kept_by_a_quotient(difference: Difference) -> bool:
    """Refused, as PyTorch keeps what addcdiv divides by even if it has no gradient to compute."""
    refused = re.search("modified by an inplace", str(difference.theirs))
    if difference.kind != "exception" or difference.mine is not None or not refused:
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    for number, line in enumerate(lines):
        called = QUOTIENT.search(line)
        if called is None:
            continue
        known = left_by(torch, lines[:number])
        if not any(known[name].requires_grad for name in called.groups()[1:]):
            lines[number] = QUOTIENT.sub(r"\1\2, \3.clone(), value=", line)
    return not run(lines)[-1][RAISED]


def is_copied(name: str, lines: list[str], batch: tuple[int, ...]) -> bool:
    """Whether no view makes one dimension of a batch that an operand is broadcast to."""
    matrix = f"*{name}.shape[-2:]"
    flattened = f"{name}.expand(*{batch}, {matrix}).view(-1, {matrix})"
    return bool(run([*lines, flattened])[-1][RAISED])


def quotient_of_a_view(difference: Difference) -> bool:
    """Refused, where PyTorch does not look for a gradient."""
    called = re.search(r"floor_divide_\(| //= ", difference.program)
    if difference.theirs is not None or "autograd.grad(" not in difference.source or not called:
        return False
    return "aten::floor_divide is not implemented" in str(difference.mine)


def arrived_before_refusal(difference: Difference) -> bool:
    """A gradient is there or not, after a node without a derivative was met before or after it."""
    refused = re.fullmatch(r"derivative for aten::\w+ is not implemented", difference.raised)
    return bool(refused) and difference.kind == "gradient" and difference.beyond is None


def refused_after_reshaping(difference: Difference) -> bool:
    """A gradient has not the shape that a result had, to which PyTorch has summed it from more."""
    reshaped = re.search(rf"no_grad\(\): \w+\.({RESHAPED})", difference.program)
    if difference.kind != "exception" or difference.theirs is not None or not reshaped:
        return False
    return "which the result had before it got another one in place" in str(difference.mine)


def added_after_reshaping(difference: Difference) -> bool:
    """A leaf's gradient has the shape that it had before, and PyTorch has summed another to it."""
    shapes = re.fullmatch(MISFIT_OF_GRADIENTS, str(difference.mine))
    if difference.kind != "exception" or difference.theirs is not None or shapes is None:
        return False
    *before, _ = difference.program.splitlines()[: difference.line + 1]
    left = run(before)[-1]
    reshaped = re.findall(rf"no_grad\(\): (\w+)\.(?:{RESHAPED})", difference.program)
    return any(
        [str(left[path].shape) for path in (leaf, f"{leaf}.grad")] == [*shapes.groups()]
        for leaf, *_ in reshaped
        if f"{leaf}.grad" in left
    )


def shape_of_a_leaf(difference: Difference) -> bool:
    """The gradient's is the leaf's, where PyTorch's is one that the leaf had before."""
    given = re.search(r"autograd\.grad\(\w+, (\w+),|backward\(", difference.source)
    if difference.kind != "shape" or given is None:
        return False
    leaf = given[1] or difference.path.removesuffix(".grad")
    if not re.search(rf"no_grad\(\): {re.escape(leaf)}\.({RESHAPED})", difference.program):
        return False
    *before, _ = difference.program.splitlines()[: difference.line + 1]
    shapes = [each[leaf].shape for each in run(before) if leaf in each]
    return difference.mine == shapes[-1] and difference.theirs in shapes[:-1]


def retained_by_a_view(difference: Difference) -> bool:
    """Refused as PyTorch refuses whatever else asks for the history of the view."""
    view = re.fullmatch(r"(\w+)\.retain_grad\(\)", difference.source)
    if view is None or difference.kind != "exception" or difference.theirs is not None:
        return False
    *before, _ = difference.program.splitlines()[: difference.line + 1]
    refused = run([*before, f"{view[1]}.grad_fn"])[-1][RAISED]
    return STALE in str(difference.mine) and bool(refused)


def step_after_reshaping(difference: Difference) -> bool:
    """Refused, where what belongs to a parameter's former shape broadcasts to the one it has."""
    misfit = re.fullmatch(MISFIT, str(difference.mine))
    reshaped = re.search(rf"no_grad\(\): \w+\.({RESHAPED})", difference.program)
    if not difference.source.endswith(".step()") or difference.theirs is not None:
        return False
    if difference.kind != "exception" or misfit is None or not reshaped:
        return False
    *before, _ = difference.program.splitlines()[: difference.line + 1]
    shapes = {path: str([*values.shape]) for path, values in run(before)[-1].items()}
    belongs = [shape for path, shape in shapes.items() if ".grad" in path or ".state[" in path]
    return misfit[1] != misfit[2] and misfit[1] in shapes.values() and misfit[2] in belongs


def product_as_a_view(difference: Difference) -> bool:
    product = re.search(r" @ |matmul\(", difference.source) is not None
    return product and difference.kind == "being a view" and not difference.mine


def linear_as_a_view(difference: Difference) -> bool:
    """A view here unless the bias is broadcast, in PyTorch unless one of the three has gaps."""
    called = re.search(r"(\w+) = .*functional\.linear\((\w+), (\w+), (\w+)\)", difference.source)
    if difference.kind != "being a view" or called is None or called[1] != difference.path:
        return False
    known = left_by(torch, difference.program.splitlines()[: difference.line])
    given = [known[name] for name in called.groups()[1:]]
    x, weight, bias = given
    no_gaps = all(each.is_contiguous() for each in given)
    stretched = bias.shape != weight.shape[:1]
    return x.dim() != 2 and (difference.mine, difference.theirs) == (not stretched, no_gaps)


def unique_of_a_view(difference: Difference) -> bool:
    """Refused, where PyTorch does not ask for a derivative that leads nowhere."""
    if difference.kind != "exception" or difference.theirs is not None:
        return False
    if "derivative for '_unique2' is not implemented" not in str(difference.mine):
        return False
    known = left_by(torch, difference.program.splitlines()[: difference.line])
    names = re.findall(r"torch\.unique\((\w+)|(\w+)\.unique\(", difference.program)
    sources = [known[first or second] for first, second in names]
    return any(
        each.requires_grad and each._base is not None and node_of(each) is None for each in sources
    )


def derivative_of_all_factors(difference: Difference) -> bool:
    """A constant, as it is in PyTorch where that multiplies and does not divide by a factor."""
    if (difference.kind, difference.mine, difference.theirs) != ("requires_grad", False, True):
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    if not ("create_graph=True" in difference.source and ".prod(" in difference.program):
        return False
    with (
        mock.patch.object(torch, "prod", multiplied),
        mock.patch.object(torch.Tensor, "prod", multiplied),
    ):
        found = left_by(torch, lines).get(difference.path)
    return found is not None and not found.requires_grad


def slope_by_itself(difference: Difference) -> bool:
    """A constant, as it is in PyTorch where leaky ReLU's slope is not taken from the result."""
    if (difference.kind, difference.mine, difference.theirs) != ("requires_grad", False, True):
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    others = [LEAKY_IN_PLACE.sub(r"\1.copy_(torch.nn.functional.leaky_relu(\1.clone()\2))", line)
              for line in lines]  # fmt: skip
    found = left_by(torch, others).get(difference.path)
    return others != lines and found is not None and not found.requires_grad


def multiplied(x: torch.Tensor, dim: int | None = None, keepdim: bool = False) -> torch.Tensor:
    """The product over a dimension or of all, step by step; of one, with a slope in the graph."""
    factors = (x.reshape(-1) if dim is None else x).unbind(dim or 0)
    product = factors[0] if len(factors) > 1 else factors[0] + 0 * factors[0] * factors[0]
    for factor in factors[1:]:
        product = product * factor
    return product.unsqueeze(dim) if keepdim and dim is not None else product


def of_a_converted_operand(difference: Difference) -> bool:
    """No graph, as in PyTorch if a leaf's conversion had been made before it had a gradient."""
    if (difference.kind, difference.mine, difference.theirs) != ("requires_grad", False, True):
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    if "create_graph=True" not in difference.source:
        return False
    known = left_by(torch, lines)
    for number, line in enumerate(lines):
        leaf = re.fullmatch(r"(\w+)\.requires_grad_\(\)", line.removeprefix(WITHOUT))
        if leaf is None:
            continue
        dtype = dtypes_of(known).get(leaf[1])
        converted = f"{leaf[1]}.{'float' if dtype is torch.float64 else 'double'}()"
        used = re.compile(rf"(?<== )(.*)\b{leaf[1]}\b(?!\.)")
        changed = [
            used.sub(rf"\1{converted}", each) if is_of_two_dtypes(each, known) else each
            for each in lines[:number]
        ]
        others = left_by(torch, [*changed, *lines[number:]])
        if others.get(difference.path) is not None and dtypes_of(others) == dtypes_of(known):
            return not others[difference.path].requires_grad
    return False


def is_of_two_dtypes(line: str, variables: dict[str, Any]) -> bool:
    """Whether floating-point variables in a line are of two dtypes."""
    dtypes = dtypes_of(variables)
    found = {dtypes[name] for name in re.findall(r"\w+", line) if name in dtypes}
    return {torch.float32, torch.float64} <= found


def dtypes_of(variables: dict[str, Any]) -> dict[str, torch.dtype]:
    """Those of the tensors."""
    return {name: each.dtype for name, each in variables.items() if isinstance(each, torch.Tensor)}


def of_a_sum_with_a_factor(difference: Difference) -> bool:
    """In the order of both, the second times alpha, as PyTorch's are where it is taken before."""
    changed = WITH_A_FACTOR.sub(r"torch.\1(\2, \3 * \4)", difference.source)
    if difference.kind != "strides" or changed == difference.source:
        return False
    before = difference.program.splitlines()[: difference.line]
    found = left_by(torch, [*before, changed]).get(difference.path)
    return found is not None and found.stride() == difference.mine


def of_zeros_without_memory(difference: Difference) -> bool:
    """As the operands lie, where PyTorch has zeros for one that it has made no memory for."""
    if difference.kind != "strides" or f"{difference.path} = " not in difference.source:
        return False
    known = left_by(torch, difference.program.splitlines()[: difference.line + 1])
    result = known.get(difference.path)
    operands = [known.get(name) for name in re.findall(r"\w+", difference.source)]
    zeros = any(isinstance(each, torch.Tensor) and each._is_zerotensor() for each in operands)
    return zeros and result is not None and result.is_contiguous()


def node_of(tensor: torch.Tensor) -> Any:
    """The node of a tensor; None of a view that is not to be used any more."""
    try:
        return tensor.grad_fn
    except RuntimeError:
        return None


def graph_of_an_empty_view(difference: Difference) -> bool:
    """A gradient has a graph, where PyTorch has zeros for a view of what changed in place."""
    if (difference.kind, difference.mine, difference.theirs) != ("requires_grad", True, False):
        return False
    known = left_by(torch, difference.program.splitlines()[: difference.line])
    return "create_graph=True" in difference.source and any(
        each.numel() == 0 and type(node_of(each)).__name__ == "AsStridedBackward0"
        for each in known.values()
        if isinstance(each, torch.Tensor)
    )
