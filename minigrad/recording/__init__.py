"""Recording a step once and replaying it as native calls: `minigrad.compile`."""

from .step import CompiledStep, compile

__all__ = ["CompiledStep", "compile"]
