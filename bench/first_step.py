"""How long does a new process take from the import to the end of its first training step?

Prints the seconds. Run as `python -m bench.first_step torch`.
"""

from time import perf_counter

START = perf_counter()

import sys  # noqa: E402 (the clock runs)

from .network import load, make_batches, make_step  # noqa: E402


def main() -> None:
    library = load(sys.argv[1])
    ((x, y),) = make_batches(library, 1)
    make_step(library, compiled=sys.argv[2:] == ["compiled"])(x, y).item()
    print(perf_counter() - START)


if __name__ == "__main__":
    main()
