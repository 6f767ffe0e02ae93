"""Which views must not be changed in place where gradients flow, and what is then said?

Nor may one be used after its base was changed.
"""

from __future__ import annotations

from ..grad_mode import mode

NO_GRAD = (
    "A view was created in no_grad mode and is being modified inplace with grad mode enabled. "
    "Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify "
    "your code by moving both the view and the inplace either both inside the no_grad block (if "
    "you don't want the inplace to be tracked) or both outside (if you want the inplace to be "
    "tracked)."
)
INFERENCE_MODE = NO_GRAD.replace("no_grad block", "inference_mode block").replace(
    "no_grad mode and is being modified inplace with grad mode enabled",
    "inference mode and is being modified inplace in normal mode",
)

# Operations that give several views.
SEVERAL_VIEWS = {
    f"{operation}Backward0": (
        f"Output 0 of {operation} is a view and is being modified inplace. This view is the "
        "output of a function that returns multiple views. Such functions do not allow the output "
        "views to be modified inplace. You should replace the inplace operation by an "
        "out-of-place one."
    )
    for operation in ("Unbind", "Split", "SplitWithSizes")
}


def restriction(named: str | None) -> str:
    """What is said when a view that is made now, under a name, is changed; empty if it may be."""
    if mode.inference:
        return INFERENCE_MODE
    return SEVERAL_VIEWS.get(named or "", "") if mode.grad_enabled else NO_GRAD


def forbidden_after_change(forbidden: str) -> str:
    """The same for a view that is used although its base was changed."""
    by_another = "its base or another view of its base has been modified inplace"
    return forbidden.replace("is being modified inplace", by_another, 1)
