"""Are functions of one number held against the mathematics over numbers of every size?"""

from itertools import islice

import numpy as np
import pytest

pytest.importorskip("torch")

from compare.report.terminal import describe
from compare.row import FAIL, KNOWN_DIFFERENCE, PASS
from compare.subjects import scalars
from minigrad.fused import registry


def test_a_sample_has_numbers_of_every_size_and_sign() -> None:
    x = np.concatenate(list(scalars.numbers(exhaustive=False)))
    exponents = x.view(np.uint32) >> 23
    assert set(exponents) == set(range(512))
    assert len(set(x.view(np.uint32) & 0xFFF)) == 4096


def test_all_chunks_together_are_every_float32() -> None:
    first, second = (part.view(np.uint32) for part in islice(scalars.numbers(True), 2))
    assert first[0] == 0
    assert np.array_equal(np.append(first, second), np.arange(2 * scalars.CHUNK))


def test_elu_is_rounded_as_it_should_and_nearer_than_pytorch() -> None:
    value, slope = scalars.compare_scalar("elu", ["cpu"])
    assert (value.verdict, slope.verdict) == (PASS, PASS)
    assert value.error is not None
    assert 0.5 < value.error < 0.505
    assert max(each[1] for each in value.profile) == pytest.approx(value.error, abs=1e-6)


def test_what_pytorch_flushes_to_0_is_a_known_difference() -> None:
    value, _ = scalars.compare_scalar("sigmoid", ["cpu"])
    assert value.verdict == KNOWN_DIFFERENCE
    assert value.error is not None
    assert value.error < 0.51


def test_an_error_in_one_number_of_four_thousand_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    right = registry["elu"].compute

    def wrong(x: np.ndarray, *others: object) -> object:
        out, *rest = right(x, *others)
        out[x.view(np.uint32) == np.uint32(0xBF800000 // 4093 * 4093)] -= 1e-5
        return out, *rest

    monkeypatch.setattr(registry["elu"], "compute", wrong)
    value, _ = scalars.compare_scalar("elu", ["cpu"])
    assert value.verdict == FAIL
    (x,) = value.where or ()
    assert round(x, 2) == -1 and value.torch_where not in (None, value.where)
    assert f"ulp at x = {x:.9g}, where " in describe(value)
