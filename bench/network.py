"""What is a workload's network, in a library with PyTorch's names?"""

from __future__ import annotations

from typing import Any

from .workloads import Layers


def build(library: Any, layers: Layers) -> Any:
    """The network with the library's own first weights."""
    nn = library.nn
    return nn.Sequential(*(getattr(nn, name)(*sizes) for name, *sizes in layers))
