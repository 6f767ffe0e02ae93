"""What runs when somebody types `python -m compare`?"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

TORCH = "2.13"
OTHERS = ("rich", "jinja2", "mpmath", "hypothesis")


def obstacle() -> str | None:
    """Why a comparison cannot be made here, if it cannot."""
    for name in ("torch", *OTHERS):
        try:
            found = version(name)
        except PackageNotFoundError:
            return f"{name} is not installed; pip install 'torch=={TORCH}.*' {' '.join(OTHERS)}"
        if name == "torch" and found.split(".")[:2] != TORCH.split("."):
            return f"PyTorch {TORCH} is what minigrad follows; PyTorch {found} is installed"
    return None


def main() -> int:
    reason = obstacle()
    if reason is not None:
        print(f"compare: {reason}", file=sys.stderr)
        return 2
    from compare.command import main as compare

    try:
        return compare()
    except KeyboardInterrupt:
        print("compare: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
