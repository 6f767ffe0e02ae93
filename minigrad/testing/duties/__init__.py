"""What does a new operation owe? One file for each duty."""

from . import (
    bounds,
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
        bounds.DUTY,
        margins.DUTY,  # before others: who writes beside an operand breaks them
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
