"""The native loop over an epoch's batches: gather rows, run a program, keep its results.

Like `native`, on which it builds, it is compiled by Numba and works on plain 64-bit integers.
"""

from __future__ import annotations

from .inner import inner
from .native import copy_bytes, load, run, store

# What begins the plan that `run_batches` reads. DONE and STATUS it writes; they are in memory
# because what a function returns is lost if Ctrl-C was pressed meanwhile.
(
    PLAN_DONE,
    PLAN_STATUS,
    PLAN_TABLES,
    PLAN_INSTRUCTIONS,
    PLAN_ROWS,
    PLAN_BATCH_SIZE,
    PLAN_ARGUMENTS,
    PLAN_RESULTS,
) = range(8)
PLAN_HEADER = 8
PLAN_ARGUMENT = 4  # address of the table, bytes from row to row, bytes of a row, where rows go
PLAN_RESULT = 3  # address in the program, bytes, where those of the first batch go


@inner  # type: ignore[untyped-decorator]
def run_batches(plan: int, last: int) -> int:
    """Run a program on batch after batch, from the first that is not done to `last` - 1.

    `plan` is the address of words: those named above, then PLAN_ARGUMENT words for each argument
    and PLAN_RESULT for each result. PLAN_ROWS is the address of the rows' numbers, batch after
    batch. Returns 0, or the status of `run` where one stopped it.
    """
    tables, size = load(plan + 8 * PLAN_TABLES), load(plan + 8 * PLAN_BATCH_SIZE)
    for batch in range(load(plan + 8 * PLAN_DONE), last):
        _gather(plan, load(plan + 8 * PLAN_ROWS) + 8 * size * batch, size)
        status = run(tables, 0, load(plan + 8 * PLAN_INSTRUCTIONS))
        if status != 0:
            store(plan + 8 * PLAN_STATUS, status)
            return status
        _keep_results(plan, batch)
        store(plan + 8 * PLAN_DONE, batch + 1)
    return 0


@inner  # type: ignore[untyped-decorator]
def _gather(plan: int, rows: int, size: int) -> None:
    """Copy the rows of one batch to where the program reads its arguments."""
    argument = plan + 8 * PLAN_HEADER
    for _ in range(load(plan + 8 * PLAN_ARGUMENTS)):
        table, step, count = load(argument), load(argument + 8), load(argument + 16)
        destination = load(argument + 24)
        for k in range(size):
            copy_bytes(destination + k * count, table + load(rows + 8 * k) * step, count)
        argument += 8 * PLAN_ARGUMENT


@inner  # type: ignore[untyped-decorator]
def _keep_results(plan: int, batch: int) -> None:
    """Copy what one batch gave to the place of its own that it has."""
    result = plan + 8 * (PLAN_HEADER + PLAN_ARGUMENT * load(plan + 8 * PLAN_ARGUMENTS))
    for _ in range(load(plan + 8 * PLAN_RESULTS)):
        count = load(result + 8)
        copy_bytes(load(result + 16) + batch * count, load(result), count)
        result += 8 * PLAN_RESULT
