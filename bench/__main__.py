"""What runs when somebody types `python -m bench`?"""

from __future__ import annotations

import sys


def main() -> int:
    from .command import main as bench

    try:
        return bench()
    except KeyboardInterrupt:
        print("bench: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
