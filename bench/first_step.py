"""How long does this new process take from the import to the end of its first training step?

Prints the seconds. Run as `python -m bench.first_step torch 2`, with two threads.
"""

from time import perf_counter

START = perf_counter()

import sys  # noqa: E402 (the clock runs)

from .contenders import named  # noqa: E402
from .libraries import array_of, load, make_step  # noqa: E402
from .workloads import STEP  # noqa: E402


def main() -> None:
    contender = named(sys.argv[1])
    library = load(contender, int(sys.argv[2]))
    if contender.library == "jax":
        generator = library.random.key(0)
        x = library.random.uniform(generator, (STEP.batch, STEP.features))
        y = (library.random.uniform(generator, (STEP.batch, 1)) < 0.5).astype("float32")
    else:
        library.manual_seed(0)
        x = library.rand(STEP.batch, STEP.features)
        y = (library.rand(STEP.batch, 1) < 0.5).float()
    array_of(make_step(contender, library, STEP)(x, y))
    print(perf_counter() - START)


if __name__ == "__main__":
    main()
