"""Which of the mutants are tried? So many of them, chosen at random, the same ones each time.

`python tests/mutation/sampling.py SESSION COUNT` skips the others in a session of Cosmic Ray's,
made by `cosmic-ray init`.
"""

import random
import sys

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkerOutcome, WorkResult

SEED = 0


def place(item):
    """What tells a mutant from others, in every session."""
    mutation = item.mutations[0]
    return str(mutation.module_path), mutation.operator_name, mutation.occurrence


def main(session, count):
    with use_db(session, WorkDB.Mode.open) as database:
        pending = sorted(database.pending_work_items, key=place)
        chosen = {item.job_id for item in random.Random(SEED).sample(pending, int(count))}
        others = [item.job_id for item in pending if item.job_id not in chosen]
        database.set_multiple_results(others, WorkResult(WorkerOutcome.SKIPPED))
    print(f"{count} of {len(pending)} mutants are tried")


if __name__ == "__main__":
    main(*sys.argv[1:])
