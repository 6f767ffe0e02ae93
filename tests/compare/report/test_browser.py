"""Is the page whole in a browser, on wide screens and on small ones, and do its filters work?"""

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("jinja2")

from compare.report.content import Report
from compare.report.page import page
from compare.row import KNOWN_DIFFERENCE, PASS, Row
from compare.trajectories.course import Course, Place
from compare.trajectories.outcome import Found, Outcome
from compare.trajectories.section import section

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason=f"none of {', '.join(NAMES)} is installed")

STEPS = 1000
POWERS = 2.0 ** np.arange(-40, 11)
ROW = Row("elu", "alpha = 1", "float32", "out", 0.4, 0.6, 0.5, "rounding", PASS, (0,), 1.0)
ROWS = [
    ROW,
    replace(ROW, quantity="grad_x", error=1e-3, torch_error=1e-3),
    replace(ROW, operation="binary_cross_entropy_with_logits", verdict=KNOWN_DIFFERENCE, note="x"),
    replace(
        ROW,
        operation="every elu",
        profile=tuple((float(x), 0.4, 0.6) for x in [*-POWERS[::-1], *POWERS]),
    ),
]
MACHINE = {"date": "today", "processor": "abacus", "devices": ["cpu"]}

# A window as narrow as is wanted: a browser's own has at least 500 pixels.
WINDOW = """<!doctype html>
<iframe src="page.html" width="{width}" height="3000" style="border: 0"></iframe>
<pre id="answers"></pre>
<script>
addEventListener("message", event => {{
  document.getElementById("answers").textContent = event.data;
}});
</script>
"""
# What is asked of the page: its answers become text of the window, which `--dump-dom` shows.
ASKED = """
<script>
const answers = {width: innerWidth, needed: document.documentElement.scrollWidth};
const visible = () => document.querySelectorAll("tbody.line:not([hidden])").length;
const chosen = document.querySelector('select[data-field="operation"]');
answers.all = visible();
chosen.value = "elu";
chosen.dispatchEvent(new Event("change"));
answers.elu = visible();
answers.said = document.getElementById("count").textContent;
document.getElementById("all").click();
answers.again = visible();
document.querySelector("tbody.line .open").click();
answers.opened = document.querySelectorAll("tbody.line .inner tr").length;
answers.neededWhenOpen = document.documentElement.scrollWidth;

answers.drawings = document.querySelectorAll("svg").length;
answers.clipped = [];
answers.touching = [];
for (const svg of document.querySelectorAll("svg")) {
  const paper = svg.getBoundingClientRect();
  const labels = [...svg.querySelectorAll("text")].filter(each => each.textContent);
  const boxes = labels.map(each => each.getBoundingClientRect());
  boxes.forEach((box, i) => {
    if (box.left < paper.left || box.right > paper.right || box.top < paper.top
        || box.bottom > paper.bottom) answers.clipped.push(labels[i].textContent);
    boxes.slice(0, i).forEach((other, j) => {
      if (box.left < other.right && other.left < box.right && box.top < other.bottom
          && other.top < box.bottom)
        answers.touching.push(labels[i].textContent + " and " + labels[j].textContent);
    });
  });
}
parent.postMessage(JSON.stringify(answers), "*");
</script>
"""


def report() -> Report:
    """A page with a drawing of each kind."""
    factors = np.logspace(-6, 0, STEPS)
    yardstick = 1e-6 * factors[None]
    course = Course(["fc.weight"], factors[None], np.stack([yardstick / 2, yardstick]), yardstick)
    largest = Place(STEPS, "fc.weight", 0.5)
    outcome = Outcome("SGD", STEPS, 2, largest=largest, single_largest=largest)
    return Report("title", MACHINE, ROWS, [], [section([Found(outcome, course, course)])])


@pytest.fixture(scope="module", params=[390, 1280])
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a browser answers whose window is so many pixels wide."""
    folder = tmp_path_factory.mktemp("page")
    text = page(report()).replace("</body>", ASKED + "</body>")
    (folder / "page.html").write_text(text, encoding="utf-8")
    window = folder / "window.html"
    window.write_text(WINDOW.format(width=request.param), encoding="utf-8")
    browser = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    options = ["--virtual-time-budget=10000", f"--user-data-dir={folder / 'profile'}"]
    found = subprocess.run(
        [*browser, *options, "--window-size=1400,3000", window.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
    )
    said = re.search('<pre id="answers">(.+?)</pre>', found.stdout)
    assert said is not None, found.stderr
    answers = json.loads(html.unescape(said[1]))
    assert answers["width"] == request.param
    return answers


def test_after_an_operation_is_chosen_only_its_lines_show(answers: Any) -> None:
    assert answers["all"] == answers["again"] == len(ROWS)
    assert answers["elu"] == 2
    assert answers["said"] == f"2 of {len(ROWS)} lines"


def test_a_line_opens_to_its_cases(answers: Any) -> None:
    assert answers["opened"] == 2  # with the headings


def test_nothing_has_to_be_scrolled_across(answers: Any) -> None:
    assert answers["needed"] <= answers["width"]
    assert answers["neededWhenOpen"] <= answers["width"]


def test_labels_of_drawings_are_whole_and_do_not_touch(answers: Any) -> None:
    assert answers["drawings"] == 3
    assert answers["clipped"] == []
    assert answers["touching"] == []
