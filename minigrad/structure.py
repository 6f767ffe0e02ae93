"""One counter that changes whenever something a recorded step depends on may have changed.

A recorded step (see `recording`) replays without running Python, so somebody has to notice
that a module went to `eval()`, that a parameter was replaced, that a hook was added. All of
them call `bump`. A replay compares one integer; only if it moved is everything looked at again.
"""

counter: int = 0


def bump() -> None:
    """Say that the structure of some module, optimiser or parameter has changed."""
    global counter
    counter += 1
