"""How does a nested object become tensors by name and a line of JSON, and how does it come back?

In the JSON a tensor is its name; every other value stands with its kind, as in

    {"dict": [["step", {"value": 3}], ["weights", {"list": [{"tensor": "weights.0"}]}]]}

so that keys may be numbers and tuples stay tuples. An ordered dictionary has beside its items the
attribute `_metadata`, in which a module's state keeps the versions of its format.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from .. import dtypes
from ..devices import device
from ..nn.parameter import Parameter
from ..size import Size
from ..tensor import Tensor

KEY = "minigrad"  # of the metadata
RESERVED = "__metadata__"  # which the format keeps for itself
PLAIN = (bool, int, float, str, type(None))
AS_IT_WAS: dict[str, Callable[[Tensor], Tensor]] = {  # what a tensor is besides its elements
    "tensor": lambda x: x,
    "requires_grad": lambda x: x.requires_grad_(),
    "parameter": Parameter,
    "frozen": lambda x: Parameter(x, requires_grad=False),
}
DTYPES = {each.name: each for each in dtypes.EVERY}


def flattened(obj: Any) -> tuple[dict[str, Tensor], str]:
    """The tensors in an object by name, and its structure.

    >>> from minigrad import tensor
    >>> flattened({"a": [tensor(1), 2]})
    ({'a.0': tensor(1)}, '{"dict":[["a",{"list":[{"tensor":"a.0"},{"value":2}]}]]}')
    """
    tensors: dict[str, Tensor] = {}
    structure = _taken_apart(obj, "", tensors, ())
    return tensors, json.dumps(structure, separators=(",", ":"))


def rebuilt(structure: str, tensors: Mapping[str, Tensor]) -> Any:
    """The object of this structure; ValueError if it is no structure of these tensors."""
    unused = dict(tensors)
    obj = _put_together(json.loads(structure), tensors, unused)
    if unused:
        raise ValueError(f"it does not mention the tensors {sorted(unused)}")
    return obj


def _taken_apart(
    obj: Any, path: str, tensors: dict[str, Tensor], above: tuple[int, ...]
) -> dict[str, Any]:
    """The structure of what stands at a dotted path; its tensors are added to `tensors`."""
    if isinstance(obj, Tensor):
        name = _free_name(path or "tensor", tensors)
        tensors[name] = obj
        return {_kind_of(obj): name}
    if isinstance(obj, PLAIN):
        return {"value": _plain(obj)}
    if isinstance(obj, dtypes.dtype):
        return {"dtype": obj.name}
    if isinstance(obj, device) and str(obj) == "cpu":
        return {"device": str(obj)}
    if isinstance(obj, Size):
        return {"size": list(obj)}
    place = f"at {path!r}" if path else "as a whole"
    if id(obj) in above:
        raise ValueError(f"save: the container {place} contains itself")
    above = (*above, id(obj))
    if isinstance(obj, Mapping):
        for key in obj:
            if not isinstance(key, PLAIN):
                raise TypeError(
                    f"save: keys must be str, int, float, bool or None, got "
                    f"{type(key).__name__} in the dictionary {place}"
                )
        items = [
            [_plain(key), _taken_apart(each, _joined(path, key), tensors, above)]
            for key, each in obj.items()
        ]
        if not isinstance(obj, OrderedDict):
            return {"dict": items}
        metadata = getattr(obj, "_metadata", None)
        return {"ordered": [items, _taken_apart(metadata, f"{path}._metadata", tensors, above)]}
    if isinstance(obj, (list, tuple)):
        parts = [
            _taken_apart(each, _joined(path, position), tensors, above)
            for position, each in enumerate(obj)
        ]
        return {"list" if isinstance(obj, list) else "tuple": parts}
    hint = "; save its state_dict()" if hasattr(obj, "state_dict") else ""
    raise TypeError(
        "save: expected tensors, numbers, strings, None, sizes, dtypes, devices, and dicts, lists "
        f"and tuples of these, got {type(obj).__name__} {place}{hint}"
    )


def _kind_of(x: Tensor) -> str:
    if isinstance(x, Parameter):
        return "parameter" if x.requires_grad else "frozen"
    return "requires_grad" if x.requires_grad else "tensor"


def _put_together(node: Any, tensors: Mapping[str, Tensor], unused: dict[str, Tensor]) -> Any:
    if not isinstance(node, dict) or len(node) != 1:
        raise ValueError(f"{str(node)[:80]!r} is not one value with its kind")
    [(kind, content)] = node.items()
    if kind in AS_IT_WAS and isinstance(content, str):
        if unused.pop(content, None) is None:
            raise ValueError(f"there is no tensor {content!r}, or it is mentioned twice")
        if kind != "tensor" and not tensors[content].is_floating_point():
            raise ValueError(f"the tensor {content!r} can have no gradient")
        return AS_IT_WAS[kind](tensors[content])
    if kind == "dtype" and isinstance(content, str) and content in DTYPES:
        return DTYPES[content]
    if kind == "device" and content == "cpu":
        return device(content)
    if kind == "value" and isinstance(content, PLAIN):
        return content
    if not isinstance(content, list):
        raise ValueError(f"{kind!r} is no kind of value, or has not what belongs to it")
    if kind == "dict":
        return dict(_items(content, tensors, unused))
    if kind == "ordered" and len(content) == 2 and isinstance(content[0], list):
        ordered = OrderedDict(_items(content[0], tensors, unused))
        metadata = _put_together(content[1], tensors, unused)
        if metadata is not None:
            setattr(ordered, "_metadata", metadata)  # noqa: B010
        return ordered
    if kind == "size" and all(type(each) is int for each in content):
        return Size(content)
    if kind in ("list", "tuple"):
        parts = [_put_together(each, tensors, unused) for each in content]
        return parts if kind == "list" else tuple(parts)
    raise ValueError(f"{kind!r} is no kind of value")


def _items(
    content: list[Any], tensors: Mapping[str, Tensor], unused: dict[str, Tensor]
) -> list[tuple[Any, Any]]:
    """What a dictionary is made of."""
    pairs = [_pair(each) for each in content]
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a dictionary has a key twice")
    return [(key, _put_together(each, tensors, unused)) for key, each in pairs]


def _pair(item: Any) -> tuple[Any, Any]:
    if not isinstance(item, list) or len(item) != 2 or not isinstance(item[0], PLAIN):
        raise ValueError(f"{str(item)[:80]!r} is not a key with its value")
    return item[0], item[1]


def _plain(value: Any) -> Any:
    """A number or string of exactly the kind that JSON has: NumPy's float64 is a float."""
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return None


def _joined(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _free_name(name: str, taken: Mapping[str, Tensor]) -> str:
    """The name, with a number behind it if it is taken or reserved."""
    free, number = name, 1
    while free in taken or free == RESERVED:
        number += 1
        free = f"{name}#{number}"
    return free
