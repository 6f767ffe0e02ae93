"""How many examples does Hypothesis try: at a desk, on a server, over a night?"""

from __future__ import annotations

import os

NAMES = ("dev", "ci", "intense")


def register() -> None:
    """Give Hypothesis the profiles `dev`, `ci` and `intense`: 12 examples, 30, and 2,000.

    Those of `dev` and `intense` are others each time, `ci` repeats its own. None has a deadline,
    as a kernel is compiled when it is first met.

    Examples
    --------
    >>> from hypothesis import settings
    >>> from minigrad.testing import profiles
    >>> profiles.register()
    >>> settings.get_profile("intense").max_examples
    2000
    """
    from hypothesis import HealthCheck, settings

    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    # Not from what is loaded: on a server that is Hypothesis's own profile for servers.
    plain = settings(settings.get_profile("default"), deadline=None, suppress_health_check=slow)
    settings.register_profile("dev", plain, max_examples=12)
    settings.register_profile("ci", plain, max_examples=30, derandomize=True)
    settings.register_profile("intense", plain, max_examples=2000)


def load() -> str:
    """Register the profiles and load the one that HYPOTHESIS_PROFILE names; give its name.

    Where it names none, `ci` is loaded if the environment has CI, and `dev` otherwise.
    """
    from hypothesis import settings

    register()
    name = os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev")
    if name not in NAMES:
        raise ValueError(f"HYPOTHESIS_PROFILE must be one of {', '.join(NAMES)}, got {name!r}")
    settings.load_profile(name)
    return name
