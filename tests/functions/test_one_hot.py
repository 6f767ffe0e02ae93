"""Classes as rows with a one."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

import minigrad


@given(
    classes=npst.arrays(
        np.int64,
        npst.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=3),
        elements=st.integers(-1, 4),
    ),
    given=st.none() | st.integers(-2, 6),
)
def test_the_same_as_pytorch(classes, given):
    torch = pytest.importorskip("torch")
    arguments = () if given is None else (given,)
    found = []
    for library in (minigrad, torch):
        try:
            rows = library.nn.functional.one_hot(library.tensor(classes), *arguments)
            found.append((str(rows.dtype)[-5:], rows.tolist()))
        except RuntimeError as error:
            found.append(str(error))
    assert found[0] == found[1]


def test_what_is_refused(torch):
    one_hot = torch.nn.functional.one_hot
    for wrong, error in (
        (lambda: one_hot([0]), TypeError),
        (lambda: one_hot(torch.tensor([0.0])), RuntimeError),
        (lambda: one_hot(torch.tensor([2**62, -1])), RuntimeError),
        (lambda: one_hot(torch.tensor([0]), 2.0), TypeError),
        (lambda: one_hot(torch.tensor([0]), True), TypeError),
    ):
        with pytest.raises(error):
            wrong()


def test_a_compiled_step_is_told_how_many_classes():
    step = minigrad.compile(lambda x: minigrad.nn.functional.one_hot(x, 3))
    for classes in ([0, 2], [1, 1], [2, 0]):
        x = minigrad.tensor(classes)
        assert step(x).tolist() == minigrad.nn.functional.one_hot(x, 3).tolist()
    with pytest.raises(RuntimeError, match="smaller than num_classes"):
        step(minigrad.tensor([0, 3]))
