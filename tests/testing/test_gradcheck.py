"""gradcheck says what it has looked at, what is wrong, and what cannot be checked."""

import numpy as np
import pytest

import minigrad as torch
from minigrad.autograd import Node
from minigrad.tensor import tensor_of
from minigrad.testing import GradientError, gradcheck, gradgradcheck


def leaf(*values, shape=None):
    array = np.array(values, np.float64)
    return torch.tensor(array if shape is None else array.reshape(shape), requires_grad=True)


def with_gradient_of(surrogate, value):
    """The value of one expression with the gradient of another."""
    return surrogate + (value - surrogate).detach()


class WrongShape(Node):
    def backward(self, grad):
        return [grad]


def transposed_wrongly(x):
    out = tensor_of(x.array.T.copy(), requires_grad=True)
    out._node = WrongShape([x])
    return out


def with_the_mean_alone(x):
    """A BatchNorm whose gradient takes the variance for a constant."""
    centred = x - x.mean(0)
    return centred / torch.sqrt((centred * centred).mean(0).detach() + 1e-5)


def test_a_gradient_of_the_wrong_shape_fails():
    with pytest.raises(AssertionError, match=r"wrong shape: \[2, 3\] for input 0 of \[3, 2\]"):
        gradcheck(transposed_wrongly, leaf(*range(6), shape=(3, 2)))


def test_a_sum_hides_what_random_cotangents_show():
    x = leaf(0.3, -0.8, 1.7, 0.9, -0.2, 2.0, shape=(3, 2))
    assert gradcheck(lambda x: with_the_mean_alone(x).sum(), x)
    with pytest.raises(GradientError):
        gradcheck(with_the_mean_alone, x)


def test_the_failure_says_where_what_and_how_large_an_error_is_allowed():
    def wrong(x, y):
        return x * y, with_gradient_of(y * 5.0, y * 4.0)

    with pytest.raises(GradientError) as caught:
        gradcheck(wrong, [leaf(1.0, 2.0), leaf(3.0, 4.0)], seed=17)
    text, error = str(caught.value), caught.value
    assert "order 1: gradient of output 1 at (0,) by input 1 at (0,)\n" in text
    assert (error.of, error.by) == ("output 1 at (0,)", "input 1 at (0,)")
    assert (error.analytic, error.order, error.seed) == (5.0, 1, 17)
    assert error.numeric == pytest.approx(4.0, abs=1e-9)
    assert 0 < error.error < 1e-9 < error.allowed < 1e-6
    for part in (
        "  analytic    5.0\n",
        "  numeric     ",
        " ± ",
        " allowed\n",
        "  seed        17\n",
    ):
        assert part in text
    assert len(text.splitlines()) == 9 and text.splitlines()[-1].endswith(", inputs, seed=17)")


def changes_what_it_is_given(grad, x):
    grad *= 2
    return grad


@pytest.mark.parametrize(
    ("why", "func", "inputs", "options"),
    [
        ("wrong shape", transposed_wrongly, leaf(*range(6), shape=(3, 2)), {}),
        ("wrong shape", np.exp, np.ones(2), {"gradient": lambda grad, x: grad[:1]}),
        ("in place", np.exp, np.ones(2), {"gradient": changes_what_it_is_given}),
        ("func gives other values", lambda x: x * torch.rand(1), leaf(1.0), {}),
        ("differences of element 0 of the outputs do not settle", torch.log, leaf(0.0), {}),
    ],
)
def test_every_failure_says_the_seed_and_what_repeats_it(why, func, inputs, options):
    with pytest.raises(AssertionError, match=why) as caught:
        gradcheck(func, inputs, seed=17, **options)
    lines = str(caught.value).splitlines()
    assert lines[1:3] == ["  seed        17", "  to repeat it:"]
    assert lines[3].startswith("    from minigrad.testing import gradcheck")
    assert "seed=17" in lines[5] and len(lines) == 6


def test_an_assertion_of_the_functions_own_is_left_as_it_is():
    def func(x):
        assert x.sum() < 0, "of its own"
        return x

    with pytest.raises(AssertionError) as caught:
        gradcheck(func, leaf(1.0))
    assert "to repeat it" not in str(caught.value)


def wrong_in_one_element(at, factor):
    def gradient(grad, x):
        found = grad * np.exp(x)
        found[at] *= factor
        return found

    return gradient


@pytest.mark.parametrize("at", [(0, 0), (37, 58), (99, 99)])
def test_of_a_large_input_the_one_element_is_named_that_is_wrong(at):
    x = np.random.default_rng(0).uniform(-1, 1, (100, 100))
    with pytest.raises(GradientError) as caught:
        gradcheck(np.exp, x, gradient=wrong_in_one_element(at, 2.0))
    error, place = caught.value, str(at)
    assert (error.of, error.by) == (f"output 0 at {place}", f"input 0 at {place}")
    assert error.analytic == pytest.approx(2 * np.exp(x[at]), rel=1e-12)
    assert error.numeric == pytest.approx(np.exp(x[at]), rel=1e-9)
    assert error.allowed < 1e-6
    assert "; found in that of a random cotangent by a random direction\n" in str(error)


@pytest.mark.parametrize("seed", range(4))
def test_a_small_error_in_one_element_of_ten_thousand_is_found(seed):
    x = np.random.default_rng(seed).uniform(-1, 1, (100, 100))
    assert gradcheck(np.exp, x, gradient=wrong_in_one_element((9, seed), 1.0), seed=seed)
    with pytest.raises(GradientError) as caught:
        gradcheck(np.exp, x, gradient=wrong_in_one_element((9, seed), 1 + 1e-4), seed=seed)
    assert caught.value.by == f"input 0 at (9, {seed})"


def test_what_is_allowed_does_not_overflow_where_values_are_large():
    with pytest.raises(GradientError):
        gradcheck(lambda x: x * 1e200, np.ones(200), gradient=lambda grad, x: grad * 1.01e200)


def test_elements_are_named_where_only_inputs_or_only_outputs_are_many():
    def total(x, y):
        return with_gradient_of((2 * x).sum() + y.sum(), x.sum() + y.sum())

    with pytest.raises(GradientError, match=r"gradient of output 0 by input 0 at \(\d+,\)"):
        gradcheck(total, [leaf(*range(200)), leaf(1.0)])
    with pytest.raises(GradientError, match=r"of output 0 at \(\d+,\) by input 0 at \(0,\)\n"):
        gradcheck(lambda x: with_gradient_of(2 * x, x).expand(200), leaf(1.0))


def test_a_gradient_of_nan_in_one_element_is_traced_to_it():
    x = np.linspace(-1, 1, 300)
    with pytest.raises(GradientError, match=r"analytic    nan\n") as caught:
        gradcheck(np.exp, x, gradient=wrong_in_one_element(200, np.nan))
    assert caught.value.by == "input 0 at (200,)"


def test_what_is_wrong_only_together_is_told_of_the_whole():
    def of_many(grad, x):  # right where one output alone has a cotangent
        return grad * np.exp(x) if np.count_nonzero(grad) == 1 else 2 * grad * np.exp(x)

    with pytest.raises(GradientError) as caught:
        gradcheck(np.exp, np.linspace(-1, 1, 100), gradient=of_many)
    assert caught.value.of == "a random cotangent" and "input 0 at (" in caught.value.by


def test_a_function_that_jumps_along_a_part_of_a_direction_fails_along_the_whole():
    def func(x):
        return x + (np.count_nonzero(x) not in (0, 100) and x.sum() > 0)

    with pytest.raises(GradientError) as caught:
        gradcheck(func, np.zeros(100), gradient=lambda grad, x: 2 * grad)
    assert (caught.value.of, caught.value.by) == ("a random cotangent", "a random direction")


def test_a_failure_at_a_kink_says_so():
    def wrong(x):
        return with_gradient_of(x * 2.0, torch.relu(x))

    with pytest.raises(GradientError, match=r"analytic    2\.0\n  numeric     0 to 1, at a kink"):
        gradcheck(wrong, leaf(0.0))


def test_at_a_kink_the_estimated_error_is_that_of_the_slopes_beside_it():
    def wrong(x):
        return with_gradient_of(x * 40.0, torch.exp(x.abs()))

    with pytest.raises(GradientError) as caught:
        gradcheck(wrong, leaf(0.0))
    error, text = caught.value, str(caught.value)
    assert 0 < error.error < 1e-6 and error.error < error.allowed < 1e-5
    told = f"-1 to 1, at a kink, ± {error.error:.1e}, {error.allowed:.1e} allowed"
    assert f"  numeric     {told}\n" in text


def test_the_result_says_at_which_kinks_it_was():
    result = gradcheck(torch.abs, leaf(1.0, 0.0))
    (kink,) = result.kinks
    assert (kink.of, kink.by, kink.given) == ("output 0 at (1,)", "input 0 at (1,)", 0.0)
    assert (kink.low, kink.high) == pytest.approx((-1, 1), abs=1e-9)
    assert f"at a kink: {kink}" in repr(result)
    assert not gradcheck(torch.exp, leaf(1.0, 0.0)).kinks


def test_many_kinks_are_not_a_wall():
    text = repr(gradcheck(torch.relu, leaf(*[0.0] * 30)))
    assert text.count("at a kink") == 3 and "and at 27 more" in text


def test_a_failure_can_be_a_result():
    result = gradcheck(lambda x: x * x.detach(), leaf(3.0), raise_exception=False)
    assert not result and isinstance(result.error, GradientError)
    assert repr(result) == f"gradcheck failed: {result.error}"
    assert not gradcheck(torch.log, leaf(0.0), raise_exception=False)


def test_nothing_is_left_changed():
    x, layer = leaf(1.0, 2.0, 3.0, 4.0, shape=(2, 2)).float(), torch.nn.BatchNorm1d(2)
    x = x.detach().requires_grad_()
    before = {name: value.clone() for name, value in layer.state_dict().items()}
    memory = x.array
    assert gradgradcheck(layer, x)
    assert x.array is memory and x.tolist() == [[1.0, 2.0], [3.0, 4.0]] and x.grad is None
    for name, value in layer.state_dict().items():
        assert value.dtype == before[name].dtype and torch.equal(value, before[name])


def test_parameters_of_a_module_are_checked():
    class Wrong(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = torch.nn.Linear(2, 1)

        def forward(self, x):
            return x @ self.inner.weight.detach().T + self.inner.bias

    with pytest.raises(GradientError, match=r"by parameter inner\.weight at \(0, 0\)"):
        gradcheck(Wrong(), torch.ones(3, 2))


def test_other_arguments_and_outputs_are_passed_over():
    def function(x, exponent, constant, nothing):
        return x**exponent * constant, nothing, x > 0

    arguments = [leaf(1.0, 2.0), 3, torch.ones(2, dtype=torch.float64), None]
    assert gradcheck(function, arguments, order=2)


def test_random_numbers_are_noticed():
    with pytest.raises(AssertionError, match="func gives other values when called again"):
        gradcheck(lambda x: x * torch.rand(2), leaf(1.0, 2.0))
    noisy = np.random.default_rng(0)
    with pytest.raises(AssertionError, match="the gradient gives other numbers when called again"):
        gradcheck(np.square, 1.0, gradient=lambda grad, x: grad * 2 * x * noisy.uniform())


def test_a_jump_does_not_settle():
    for function, at in [(lambda x: torch.where(x > 0, x + 1, x), 0.0), (torch.log, 0.0)]:
        with pytest.raises(AssertionError, match="do not settle"):
            gradcheck(function, leaf(at))


FLOAT = torch.ones(2, requires_grad=True)
OTHER = torch.ones(1, 2)


@pytest.mark.parametrize(
    ("error", "call", "message"),
    [
        (TypeError, lambda: gradcheck(3, FLOAT), "func must be callable, got int"),
        (TypeError, lambda: gradcheck(lambda x: 3.0, FLOAT), "must return a Tensor or several"),
        (
            ValueError,
            lambda: gradcheck(torch.exp, OTHER),
            "inputs: none of the inputs is a Tensor",
        ),
        (ValueError, lambda: gradcheck(np.exp, np.ones(2)), "a NumPy function needs gradient="),
        (ValueError, lambda: gradcheck(torch.exp, FLOAT, order=0), "order must be a whole number"),
        (ValueError, lambda: gradcheck(torch.exp, FLOAT, rtol=-1), "rtol must be .*, got -1"),
        (ValueError, lambda: gradcheck(torch.exp, FLOAT, step=0), "step must be .*, got 0"),
        (TypeError, lambda: gradcheck(torch.exp, FLOAT, order=True), "order must be .*, got True"),
        (TypeError, lambda: gradcheck(torch.exp, FLOAT, limit=2.5), "limit must be .*, got 2.5"),
        (ValueError, lambda: gradcheck(torch.exp, FLOAT, limit=-1), "limit must be .*, got -1"),
        (TypeError, lambda: gradcheck(torch.exp, FLOAT, rtol="x"), "rtol must be .*, got 'x'"),
        (TypeError, lambda: gradcheck(torch.exp, FLOAT, rtol=None), "rtol must be .*, got None"),
        (TypeError, lambda: gradcheck(torch.exp, FLOAT, seed="a"), "seed must be .*, got 'a'"),
        (ValueError, lambda: gradcheck(torch.exp, FLOAT, seed=-1), "seed must be .*, got -1"),
        (
            ValueError,
            lambda: gradcheck(torch.exp, FLOAT, method="x"),
            "method must be .*, got 'x'",
        ),
        (ValueError, lambda: gradcheck(torch.exp, FLOAT, method="complex"), "it is for NumPy"),
        (
            ValueError,
            lambda: gradcheck(torch.exp, FLOAT, gradient=lambda grad, x: grad),
            r"gradient is for NumPy functions.* inputs\[0\] is a Tensor",
        ),
        (
            ValueError,
            lambda: gradcheck(lambda x: torch.nn.functional.linear(x, OTHER), FLOAT),
            "func must also run with its float32 inputs in float64",
        ),
        (
            ValueError,
            lambda: gradcheck(lambda x: x.float(), leaf(1.0)),
            "func must give float64 where its inputs are float64, got float32",
        ),
    ],
)
def test_what_cannot_be_checked_is_refused(error, call, message):
    with pytest.raises(error, match=message):
        call()


def test_the_result_says_where_only_atol_decided():
    def small(x):
        return 1e-14 * np.exp(x)

    def three_times(grad, x):
        return 3 * grad * small(x)

    x = np.array([-0.5, 0.25])
    result = gradcheck(small, x, gradient=three_times)
    (found,) = result.findings
    assert result and 0 < result.by_atol_alone == found.by_atol_alone <= found.count
    told = f"{result.by_atol_alone} of them agree only by atol, 1.0e-12: beside their own size"
    assert told in repr(result)
    assert not gradcheck(small, x, gradient=three_times, atol=0.0, raise_exception=False)
    for right in (
        gradcheck(small, x, gradient=lambda grad, x: grad * small(x)),
        gradcheck(lambda x: torch.softmax(x, 0).sum(), leaf(1.0, -2.0, 3.0)),
    ):
        assert right.by_atol_alone == 0 and "only by atol" not in repr(right)


def test_the_report_says_how_much_of_what_is_allowed_was_needed():
    x = np.array([-1.0, 0.5, 2.0])

    def share(off):
        def gradient(grad, x):
            return grad * (1 - np.tanh(x) ** 2 + off)

        result = gradcheck(np.tanh, x, gradient=gradient, rtol=0.0, atol=1e-2)
        (found,) = result.findings
        assert f"the largest gap is {found.largest_share:.0e} of what is allowed" in repr(result)
        return found.largest_share

    assert share(0.0) < 1e-6
    assert 0 < 2 * share(1e-4) == pytest.approx(share(2e-4), rel=1e-3)
