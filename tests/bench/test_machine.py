"""Is the processor told apart from others of its name?"""

from pathlib import Path

import pytest

from bench.machine import processor

LISTING = """processor\t: 0
cpu family\t: 25
model\t\t: 17
model name\t: AMD EPYC
flags\t\t: fpu sse2 avx2 {flag}

processor\t: 1
model name\t: another
"""


@pytest.mark.parametrize(("flag", "vectors"), [("avx512f", "AVX-512"), ("fma", "AVX2")])
def test_family_model_and_vectors_are_named(tmp_path: Path, flag: str, vectors: str) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(LISTING.format(flag=flag), encoding="utf-8")
    assert processor(path) == f"AMD EPYC, family 25, model 17, {vectors}"


def test_without_a_listing_there_is_still_a_name(tmp_path: Path) -> None:
    assert processor(tmp_path / "missing")
