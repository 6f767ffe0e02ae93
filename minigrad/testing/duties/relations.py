"""Do the relations hold that a sample declares?"""

from __future__ import annotations

from ..operations.case import Case
from ..operations.sample import Manner
from .duty import Duty


def check(case: Case) -> None:
    for relation in case.sample.relations:
        try:
            relation(case)
        except AssertionError as error:
            name = relation.__name__.replace("_", " ")
            raise AssertionError(f"{name}: {error}") from error


def declared(case: Case) -> bool:
    return bool(case.sample.relations)


DUTY = Duty(
    "relations", "what the operation declares holds", check, Manner(special=False), declared
)
