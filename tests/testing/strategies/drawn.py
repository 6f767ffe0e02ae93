"""What comes when one draws often."""

from hypothesis import HealthCheck, Phase, given, settings


def drawn(strategy, examples=400):
    """What a strategy gives in many examples; equal values of one type and sign once."""
    found = {}

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(value):
        found[repr(value)] = value

    draw()
    return list(found.values())
