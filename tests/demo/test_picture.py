"""Does the picture show the gradients as they were, also where they vanished or exploded?"""

import io

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as stnp

from minigrad.demo.picture import can_be_drawn, draw, summary
from minigrad.demo.recipes import RECIPES
from minigrad.demo.training import Result, Scores

SCORES = Scores(0.1, 0.2, 0.9, 0.8)
SIZES = st.sampled_from([0.0, np.inf, np.nan]) | st.floats(1e-40, 1e38)


def make_results(sizes, scores=SCORES):
    return [Result(recipe, scores, sizes, steps_per_epoch=2) for recipe in RECIPES]


@given(
    sizes=stnp.arrays(np.float64, st.tuples(st.integers(1, 9), st.just(3)), elements=SIZES),
    percents=st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted),
)
def test_percentiles_are_those_of_what_a_logarithmic_axis_can_show(sizes, percents):
    low, high = (summary(sizes, percent) for percent in percents)
    for layer, column in enumerate(sizes.T):
        shown = [size for size in column.tolist() if 0 < size < np.inf]
        if shown:
            assert min(shown) <= low[layer] <= high[layer] <= max(shown)
        else:
            assert np.isnan(low[layer]) and np.isnan(high[layer])


def test_each_panel_has_each_recipe_s_medians_from_first_layer_to_last():
    sizes = np.array([[1e-3, 2e-3, 4e-3], [3e-3, 4e-3, 6e-3], [5e-2, 6e-2, 7e-2], [1, 2, 3]])
    first, whole = draw(make_results(sizes), "data").axes
    for axes, steps in ((first, sizes[:2]), (whole, sizes)):
        assert axes.get_yscale() == "log"
        assert axes.get_title(loc="left") in ("First epoch", "All epochs")
        drawn = [container.lines[0] for container in axes.containers]
        assert len(drawn) == len(RECIPES)
        for line in drawn:
            assert np.allclose(line.get_ydata(), np.median(steps, axis=0))
            assert np.array_equal(np.round(line.get_xdata()), [1, 2, 3])


def test_the_legend_names_the_recipes_and_says_what_is_left_out():
    sizes = np.array([[1e-3, 2e-3, 4e-3], [0.0, np.inf, 6e-3]])
    assert not can_be_drawn(sizes).all()
    (legend,) = draw(make_results(sizes, scores=None), "data").legends
    assert [text.get_text() for text in legend.get_texts()] == [
        f"{recipe.name} (diverged)" for recipe in RECIPES
    ]
    assert "zero or not finite are left out" in legend.get_title().get_text()


@pytest.mark.parametrize("size", [0.0, 1e-44, 1.0, 3e38, np.inf, np.nan])
def test_any_gradient_leaves_a_picture_that_can_be_rendered(size):
    content = io.BytesIO()
    draw(make_results(np.full((3, 3), size)), "data").savefig(content, format="png", dpi=20)
    assert content.getvalue().startswith(b"\x89PNG")
