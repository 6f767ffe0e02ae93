"""What does a new operation owe? One file for each duty."""

from . import (
    definition,
    differences,
    layouts,
    margins,
    poison,
    position,
    recorded,
    relations,
    threads,
)
from .duty import Duty

DUTIES: dict[str, Duty] = {
    each.name: each
    for each in (
        margins.DUTY,  # first: who writes beside an operand may break all that comes after
        differences.FIRST,
        differences.SECOND,
        definition.DUTY,
        poison.DUTY,
        layouts.DUTY,
        position.DUTY,
        threads.DUTY,
        recorded.DUTY,
        relations.DUTY,
    )
}

__all__ = ["DUTIES", "Duty"]
