"""How does a nested object become tensors by name and a line of JSON, and how does it come back?

In the JSON a tensor is its name; every other value stands with its kind, as in

    {"dict": [["step", {"value": 3}], ["weights", {"list": [{"tensor": "weights.0"}]}]]}

so that keys may be numbers and tuples stay tuples.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..tensor import Tensor

KEY = "minigrad"  # of the metadata
RESERVED = "__metadata__"  # which the format keeps for itself
PLAIN = (bool, int, float, str, type(None))


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
        return {"tensor": name}
    if isinstance(obj, PLAIN):
        return {"value": _plain(obj)}
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
        return {"dict": items}
    if isinstance(obj, (list, tuple)):
        parts = [
            _taken_apart(each, _joined(path, position), tensors, above)
            for position, each in enumerate(obj)
        ]
        return {"list" if isinstance(obj, list) else "tuple": parts}
    hint = "; save its state_dict()" if hasattr(obj, "state_dict") else ""
    raise TypeError(
        "save: expected tensors, numbers, strings, None, and dicts, lists and tuples of these, "
        f"got {type(obj).__name__} {place}{hint}"
    )


def _put_together(node: Any, tensors: Mapping[str, Tensor], unused: dict[str, Tensor]) -> Any:
    if not isinstance(node, dict) or len(node) != 1:
        raise ValueError(f"{str(node)[:80]!r} is not one value with its kind")
    [(kind, content)] = node.items()
    if kind == "tensor" and isinstance(content, str):
        if unused.pop(content, None) is None:
            raise ValueError(f"there is no tensor {content!r}, or it is mentioned twice")
        return tensors[content]
    if kind == "value" and isinstance(content, PLAIN):
        return content
    if not isinstance(content, list):
        raise ValueError(f"{kind!r} is no kind of value, or has not what belongs to it")
    if kind == "dict":
        pairs = [_pair(each) for each in content]
        found = {key: _put_together(each, tensors, unused) for key, each in pairs}
        if len(found) < len(pairs):
            raise ValueError("a dictionary has a key twice")
        return found
    if kind in ("list", "tuple"):
        parts = [_put_together(each, tensors, unused) for each in content]
        return parts if kind == "list" else tuple(parts)
    raise ValueError(f"{kind!r} is no kind of value")


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
