"""Softmax in functional: which dimension, which dtype, which warnings and errors?"""

import warnings

import numpy as np
import pytest

BOTH = pytest.mark.parametrize("name", ["softmax", "log_softmax"])


@BOTH
@pytest.mark.parametrize(("ndim", "expected"), [(0, 0), (1, 0), (2, 1), (3, 0), (4, 1)])
def test_without_a_dimension_one_is_guessed_with_a_warning(torch, name, ndim, expected):
    function = getattr(torch.nn.functional, name)
    x = torch.tensor(np.random.default_rng(0).standard_normal((2, 3, 4, 5)[:ndim]))
    module = {"softmax": torch.nn.Softmax, "log_softmax": torch.nn.LogSoftmax}[name]()
    for call in (function, module):
        with pytest.warns(UserWarning) as caught:
            out = call(x)
        assert str(caught[0].message) == (
            f"Implicit dimension choice for {name} has been deprecated. Change the call to "
            "include dim=X as an argument."
        )
        assert call is module or caught[0].filename == __file__
        assert out.tolist() == function(x, expected).tolist()


@BOTH
def test_the_input_may_be_converted_before(torch, name):
    function = getattr(torch.nn.functional, name)
    for x in (torch.tensor([1, 2]), torch.tensor([1.0, 2.0], requires_grad=True)):
        out = function(x, 0, dtype=torch.float64)
        assert out.dtype == torch.float64
        assert out.tolist() == function(x.double(), -1).tolist()
        if x.requires_grad:
            out[0].backward()
            assert x.grad.dtype == torch.float32 and x.grad.sum().item() == pytest.approx(
                0.0, abs=1e-7
            )


@BOTH
def test_what_is_refused(torch, failure, name):
    function, x = getattr(torch.nn.functional, name), torch.zeros(2, 3)
    for wrong in (1.0, True, "a", (1,)):
        assert failure(function, x, wrong) == (
            f"TypeError: {name}(): argument 'dim' (position 1) must be int, "
            f"not {type(wrong).__name__}"
        )
    for wrong in (2, -3):
        assert failure(function, x, wrong) == (
            "IndexError: Dimension out of range (expected to be in range of [-2, 1], "
            f"but got {wrong})"
        )
    assert failure(function, x, 0, dtype="float64") == (
        f"TypeError: {name}(): argument 'dtype' must be minigrad.dtype, not str"
    )
    assert (
        failure(function, [1.0], 0) == f"AttributeError: 'list' object has no attribute '{name}'"
    )
    whole = torch.tensor([[1, 2]])
    for dim, place in ((0, ""), (-1, "_lastdim")):
        assert failure(function, whole, dim) == (
            f"NotImplementedError: \"{name}{place}_kernel_impl\" not implemented for 'Long'"
        )


@BOTH
def test_a_named_dimension_warns_of_nothing(torch, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        getattr(torch.nn.functional, name)(torch.zeros(2, 2), np.int64(1))
