"""What runs when somebody types `python -m compare`?

Nearly all is imported within `main`: an import takes seconds, in which it can be interrupted.
"""

from __future__ import annotations

import sys

TORCH = "2.13"
OTHERS = ("rich", "jinja2", "mpmath", "hypothesis")


def obstacle() -> str | None:
    """Why a comparison cannot be made here, if it cannot."""
    from importlib import metadata

    for name in ("torch", *OTHERS):
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            return f"{name} is not installed; pip install 'torch=={TORCH}.*' {' '.join(OTHERS)}"
        if name == "torch" and found.split(".")[:2] != TORCH.split("."):
            return f"PyTorch {TORCH} is what minigrad follows; PyTorch {found} is installed"
    return None


def run() -> int:
    """Compare, if that can be done here."""
    reason = obstacle()
    if reason is not None:
        print(f"compare: {reason}", file=sys.stderr)
        return 2
    from .asked import refuse_device

    refuse_device(sys.argv[1:])
    from .command import main

    return main()


def main() -> int:
    try:
        return run()
    except KeyboardInterrupt:
        print("compare: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
