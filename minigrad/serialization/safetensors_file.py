"""How are tensors kept in a file? As safetensors, in which nothing can be executed.

A file is a header and the bytes of tensors by name; the format and its checks are the safetensors
library's. A dictionary of tensors, such as a module's state, is a plain file of that format, which
others read and write as well. What else a nested object holds (an optimiser's settings, the number
of an epoch) stands as JSON in the file's metadata: `nested.py` turns one into the other.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

import numpy as np
import safetensors
import safetensors.numpy

from .. import devices, dtypes
from ..launch import reading_value
from ..tensor import Tensor, tensor_of
from .atomic_file import replace_file
from .nested import KEY, flattened, rebuilt

DTYPES = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "BOOL": "|u1"}
DTYPES |= {"U8": "|u1", "I8": "|i1", "I16": "<i2", "I32": "<i4"}
CONVERSION = (
    "Where there is PyTorch, safetensors.torch.save_file(torch.load(file, weights_only=True), "
    "new_file) makes of a module's state a file that can be loaded"
)


def save(obj: Any, f: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write tensors, and what stands between them, to a file.

    Whatever happens meanwhile, there is afterwards either what was there before or all of the new.
    Tensors that share memory, or are one, are written one by one and come back apart; parameters
    come back as parameters, NumPy's numbers as Python's.

    Parameters
    ----------
    obj : Tensor, dict, list, tuple, number, str, bool, None, Size, dtype or device
        Containers may be nested; keys are strings, numbers, bools or None. The state of a module,
        that of an optimiser, or a dictionary of both.
    f : path, or file open for writing bytes

    Raises
    ------
    TypeError
        For an object that is none of these; it says where it stands.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import io
    >>> import minigrad as torch
    >>> file = io.BytesIO()
    >>> torch.save({"weight": torch.tensor([1.0, 2.0]), "epoch": 3}, file)
    >>> _ = file.seek(0)
    >>> torch.load(file)
    {'weight': tensor([1., 2.]), 'epoch': 3}
    """
    _begin(f, "save", "write")
    tensors, structure = flattened(obj)
    arrays = {name: np.asarray(each.array, order="C") for name, each in tensors.items()}
    data = safetensors.numpy.save(arrays, metadata={KEY: structure})
    if isinstance(f, (str, os.PathLike)):
        replace_file(f, data)
    else:
        f.write(data)


def load(
    f: str | os.PathLike[str] | IO[bytes],
    map_location: Any = None,
    *,
    weights_only: bool | None = None,
) -> Any:
    """Read what `save`, or another program that writes safetensors, has written.

    Parameters
    ----------
    f : path, or file open for reading bytes
    map_location : optional
        Where tensors go: None, "cpu", a dictionary that says so of "cpu", or a function, as in
        `lambda storage, location: storage`, which is not called.
    weights_only : bool, optional
        Accepted; nothing in such a file can be executed.

    Returns
    -------
    What was saved; of a file of another program, a dictionary of tensors by name.

    Raises
    ------
    ValueError
        If the file is something else, damaged, or holds what minigrad has no dtype for; the
        message names the file.

    Examples
    --------
    >>> import io
    >>> import minigrad as torch
    >>> file = io.BytesIO()
    >>> torch.save([torch.ones(2), 3], file)
    >>> file = io.BytesIO(file.getvalue())
    >>> torch.load(file)
    [tensor([1., 1.]), 3]
    """
    _begin(f, "load", "read")
    _require_cpu(map_location)
    if isinstance(f, (str, os.PathLike)):
        name = os.fspath(f)
        with open(f, "rb") as file:
            data = file.read()
    else:
        name, data = str(getattr(f, "name", "the file")), f.read()
        if not isinstance(data, bytes):
            raise TypeError(f"{name}: load: expected a file open for reading bytes, not text")
    try:
        views = safetensors.deserialize(data)
    except safetensors.SafetensorError as error:
        raise ValueError(f"{name}: {_what_it_is(data)} ({error})") from None
    tensors = {key: _tensor(f"{name}: tensor '{key}'", view) for key, view in views}
    structure = _metadata(name, data).get(KEY)
    if structure is None:
        return tensors
    try:
        return rebuilt(structure, tensors)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{name}: its metadata do not fit its tensors ({error})") from None


def _require_cpu(map_location: Any) -> None:
    """Raise if tensors are to go elsewhere."""
    if callable(map_location):
        return
    place = map_location.get("cpu") if isinstance(map_location, dict) else map_location
    if place is None:
        return
    if not isinstance(place, (str, devices.device)):
        raise TypeError(f"map_location must be None, 'cpu', a dict or a function, got {place!r}")
    if str(place) != "cpu":
        raise RuntimeError(f"map_location must be None or 'cpu', got {place!r}")


def _begin(f: object, function: str, method: str) -> None:
    """Raise unless `f` is a path or an open file, and this is no recorded step."""
    if not isinstance(f, (str, os.PathLike)) and not hasattr(f, method):
        raise AttributeError(
            f"{function}: expected 'f' to be string, path, or a file-like object with a "
            f"'{method}' attribute, got {type(f).__name__}"
        )
    reading_value(f"{function}()")


def _metadata(name: str, data: bytes) -> Mapping[str, str]:
    """The metadata of a file that the library has found to be sound."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        [(key, count)] = Counter(key for key, _ in pairs).most_common(1) or [("", 0)]
        if count > 1:
            raise ValueError(f"{name}: its header has {key!r} twice")
        return dict(pairs)

    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length], object_pairs_hook=once)
    found: Mapping[str, str] = header.get("__metadata__") or {}
    return found


def _tensor(place: str, view: Mapping[str, Any]) -> Tensor:
    known = DTYPES.get(view["dtype"])
    if known is None:
        raise ValueError(
            f"{place} has the dtype {view['dtype']}; minigrad has {', '.join(DTYPES)}. Convert it "
            "before it is saved, with .float() or .long()"
        )
    try:
        array = np.frombuffer(view["data"], known).reshape(view["shape"])
    except ValueError as error:  # more dimensions than NumPy has
        raise ValueError(f"{place}: {error}") from None
    if view["dtype"] == "BOOL":
        if array.size and array.max() > 1:
            raise ValueError(f"{place} is of bools, but some bytes are neither 0 nor 1")
        array = array.view(np.bool_)
    return tensor_of(dtypes.canonical(np.array(array, dtype=array.dtype.newbyteorder("="))))


def _what_it_is(data: bytes) -> str:
    """What bytes that are no sound safetensors file look like."""
    if data[:4] == b"PK\x03\x04":
        return f"this is a zip archive, as torch.save writes them, not safetensors. {CONVERSION}"
    if data[:1] == b"\x80" and data[1:2] in b"\x02\x03\x04\x05":
        return f"this is a pickle, as torch.save once wrote them, not safetensors. {CONVERSION}"
    if len(data) < 8:
        return f"this is not a safetensors file: it has {len(data)} bytes"
    return "this is not a safetensors file, or a damaged one"
