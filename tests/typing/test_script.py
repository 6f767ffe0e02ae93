"""The script whose types `make package` checks is one that runs."""

import runpy
from pathlib import Path


def test_the_script_runs():
    names = runpy.run_path(str(Path(__file__).with_name("script.py")))
    assert len(names["losses"]) == 3 + 6 and names["losses"][2] < names["losses"][0]
    assert names["a"].grad.tolist() == [3.0, 12.0]
