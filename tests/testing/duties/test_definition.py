"""Is each result held against the definition, whichever others there are?"""

from types import SimpleNamespace

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing.duties import definition


@pytest.mark.parametrize("second", [1.0, 2.0])
def test_what_comes_after_a_gradient_that_is_not_wanted_is_judged_too(monkeypatch, second):
    truth = {"gradient of x": None, "gradient of weight": np.array([1.0])}
    monkeypatch.setattr(definition, "wide_results", lambda *_: truth)
    results = {"gradient of x": None, "gradient of weight": np.array([second], np.float32)}
    case = SimpleNamespace(dtype=torch.float32, results=lambda: results)
    if second == 1.0:
        definition.check_by_conditioning(case)
    else:
        with pytest.raises(AssertionError, match="gradient of weight"):
            definition.check_by_conditioning(case)
