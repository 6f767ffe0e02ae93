"""Is the page one file that stands by itself and has everything in it?"""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

pytest.importorskip("torch")
pytest.importorskip("jinja2")

from compare.differences.replay import Difference
from compare.report.content import Report, Section
from compare.report.page import CASE_COLUMNS, cases_by_group, page
from compare.row import FAIL, PASS, Row

ROW = Row("elu", "alpha = 1", "float32", "out", 0.4, 0.6, 0.5, "rounding", PASS, (0,), 1.0)
CUDA = replace(ROW, device="cuda", verdict=FAIL, case="</script><b>", tf32_error=7.0)
SCALAR = replace(ROW, operation="every elu", profile=((1.0, 0.4, 0.6), (2.0, 0.1, 5.0)))
OTHER = Difference("odd", "1 < 2 is right", "https://example.org/1", "1 < 2", {"minigrad": "1"})
CURVES = Section("Curves", "text", "<svg id='curves'></svg>", [])
MACHINE = {"date": "today", "processor": "abacus", "devices": ["cpu"]}


class Reader(HTMLParser):
    """What a page loads, which elements it has, and whether each that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.found: list[dict[str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.found.append({"tag": tag, **given})
        self.loaded += [str(given[key]) for key in ("src", "srcset", "data") if key in given]
        self.loaded += [str(given["href"])] if tag in ("link", "base") else []
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def made() -> str:
    rows = [ROW, replace(ROW, case="alpha = 2"), CUDA, SCALAR]
    report = Report("a < b", MACHINE, rows, [OTHER], [CURVES], ["cuda: none"])
    return page(report)


def test_nothing_is_loaded_and_every_element_is_closed() -> None:
    reader = Reader(made())
    assert reader.loaded == []
    assert reader.open == []
    assert "url(" not in made()
    assert "@import" not in made()


def test_lines_can_be_filtered_by_operation_device_and_verdict() -> None:
    found = Reader(made()).found
    lines = [each for each in found if each.get("class") == "line"]
    assert [(each["data-operation"], each["data-device"], each["data-verdict"]) for each in lines]
    assert {each["data-verdict"] for each in lines} == {PASS, FAIL}
    fields = {each.get("data-field") for each in found if each["tag"] == "select"}
    assert {"operation", "device", "verdict"} <= fields


def test_all_cases_are_in_the_page_whatever_they_are_called() -> None:
    text = made().split('id="cases">')[1].split("</script>")[0]
    cases = json.loads(text)
    assert [each[0] for each in cases["cpu elu float32 out"]] == ["alpha = 1", "alpha = 2"]
    assert cases["cuda elu float32 out"][0][0] == "</script><b>"


def test_a_case_says_where_both_are_furthest_off() -> None:
    element = replace(ROW, where=(3, 1), torch_where=(0, 2))
    number = replace(ROW, where=(-88.75,), torch_where=(1e-40,), case="every float32")
    found = cases_by_group([element, number])["cpu elu float32 out"]
    named = [(each[3], each[5]) for each in found]
    assert named == [
        ("[3, 1]", "[0, 2]"),
        ("x = -88.75", "x = 1e-40"),
    ]
    assert CASE_COLUMNS[2:6] == ("minigrad", "at", "PyTorch", "at")


def test_what_stands_in_the_script_is_escaped_for_a_script() -> None:
    script = made().rsplit("<script>", 1)[1]
    assert "&" not in script.replace("&&", "")
    assert '["case", "kind",' in script


def test_sections_differences_and_what_was_not_run_are_shown() -> None:
    text = made()
    assert "<svg id='curves'></svg>" in text
    assert "1 &lt; 2 is right" in text
    assert "Not run: cuda: none" in text
    assert 'class="ours" points=' in text


def test_a_difference_has_its_issue_or_that_none_is_known() -> None:
    unknown = replace(OTHER, issue="no issue known to us")
    text = page(Report("title", MACHINE, [ROW], [OTHER, unknown]))
    assert text.count('<a href="https://example.org/1">') == text.count("<a ") == 1
    assert '<span class="quiet">no issue known to us</span>' in text


def test_tf32_and_times_have_columns_only_where_they_are_measured() -> None:
    plain = page(Report("title", MACHINE, [ROW]))
    assert "TF32" in made()
    assert "TF32" not in plain
    assert "times as fast" not in plain
    assert "times as fast" in page(
        Report("title", MACHINE, [replace(ROW, seconds=1e-6, torch_seconds=2e-6)])
    )
