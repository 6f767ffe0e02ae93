"""Which of the mutants are tried? So many of them, chosen at random, the same ones each time.

`python tests/mutation/sampling.py SESSION COUNT [AFTER]` skips the others in a session of Cosmic
Ray's, made by `cosmic-ray init`. The mutants have a random order; AFTER says how many of it to
leave out, as they were tried before.

What Cosmic Ray takes for an operator is none in `def f(x, *, y)`, which becomes no Python, nor in
`x: int | None`, which nothing computes: these are no mutants.
"""

import ast
import random
import sys
from functools import cache
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkerOutcome, WorkResult

SEED = 0


def place(item):
    """What tells a mutant from others, in every session."""
    mutation = item.mutations[0]
    return str(mutation.module_path), mutation.operator_name, mutation.occurrence


def without_annotations(node):
    """A node and all below it that is computed."""
    yield node
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns"):
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    yield from without_annotations(each)


@cache
def between_operands(path):
    """Where a file has operators: from the end of one operand to the begin of the other."""
    text = Path(path).read_text()
    lines = text.encode().splitlines()

    def position(line, column):  # in characters; Python counts bytes
        return line, len(lines[line - 1][:column].decode())

    return [
        (
            position(node.left.end_lineno, node.left.end_col_offset),
            position(node.right.lineno, node.right.col_offset),
        )
        for node in without_annotations(ast.parse(text))
        if isinstance(node, ast.BinOp)
    ]


def is_one(item):
    """Does it change what is computed?"""
    mutation = item.mutations[0]
    if "ReplaceBinaryOperator" not in mutation.operator_name:
        return True
    intervals = between_operands(mutation.module_path)
    return any(begin <= tuple(mutation.start_pos) < end for begin, end in intervals)


def main(session, count, after="0"):
    with use_db(session, WorkDB.Mode.open) as database:
        pending = sorted(database.pending_work_items, key=place)
        mutants = [item for item in pending if is_one(item)]
        random.Random(SEED).shuffle(mutants)
        first, last = int(after), int(after) + int(count)
        chosen = {item.job_id for item in mutants[first:last]}
        others = [item.job_id for item in pending if item.job_id not in chosen]
        database.set_multiple_results(others, WorkResult(WorkerOutcome.SKIPPED))
    print(f"of {len(mutants)} mutants those from {first} to {last} are tried")


if __name__ == "__main__":
    main(*sys.argv[1:])
