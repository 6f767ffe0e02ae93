"""Which arguments does `functional.batch_norm` refuse, in which order and in which words?"""

import pytest

MIXED = "RuntimeError: mixed dtype (CPU): "
STATISTICS = "running_mean and running_var must either both be None or neither be None"
NOT_DIFFERENTIABLE = (
    "RuntimeError: The function 'native_batch_norm' is not differentiable with respect to "
    "argument 'running_{}'. This input cannot have requires_grad True."
)


def zeros(torch, *sizes, dtype="float32", requires_grad=False):
    return torch.zeros(*sizes, dtype=getattr(torch, dtype), requires_grad=requires_grad)


# Shape of the input, then for running mean and variance, weight and bias: the length (None: left
# out), then what is special, then the error.
TRAINING = [
    ((4, 5), (3, 3, 3, 3), {}, "RuntimeError: running_mean should contain 5 elements not 3"),
    ((4, 3), (3, 2, 3, 3), {}, "RuntimeError: running_var should contain 3 elements not 2"),
    ((4, 3), (3, 3, 2, 3), {}, "RuntimeError: weight should contain 3 elements not 2"),
    ((4, 3), (3, 3, 3, 2), {}, "RuntimeError: bias should contain 3 elements not 2"),
    ((4, 3), (None, None, None, 2), {}, "RuntimeError: bias should contain 3 elements not 2"),
    ((4, 3), (3, None, 3, 3), {}, "ValueError: " + STATISTICS),
    ((4, 3), (None, 3, 3, 3), {}, "ValueError: " + STATISTICS),
    ((4, 5), (3, None, 3, 3), {}, "RuntimeError: running_mean should contain 5 elements not 3"),
    ((4, 3), (3, None, 2, 3), {}, "RuntimeError: weight should contain 3 elements not 2"),
    ((1, 3), (3, 3, 3, 3), {"eps": 0}, "ValueError: Expected more than 1 value per channel when "
     "training, got input size minigrad.Size([1, 3])"),
    ((1, 0), (0, 0, None, None), {}, "ValueError: Expected more than 1 value per channel when "
     "training, got input size minigrad.Size([1, 0])"),
    ((1, 3, 1, 1), (3, 3, 3, 3), {}, "ValueError: Expected more than 1 value per channel when "
     "training, got input size minigrad.Size([1, 3, 1, 1])"),
    ((4, 5), (3, 3, 3, 3), {"eps": 0},
     "ValueError: batch_norm eps must be positive during training, but got 0"),
    ((4, 5), (3, 3, 3, 3), {"momentum": "x"},
     "TypeError: batch_norm(): argument 'momentum' (position 7) must be float, not str"),
    ((4, 3), (3, 3, 3, 3), {"momentum": None},
     "TypeError: batch_norm(): argument 'momentum' (position 7) must be float, not NoneType"),
    ((3,), (3, 3, 3, 3), {}, "RuntimeError: running_mean should contain 0 elements not 3"),
    ((4, 3), (3, 3, 3, 3), {"input": "int64"},
     "NotImplementedError: \"batch_norm\" not implemented for 'Long'"),
    ((4, 5), (3, 3, 3, 3), {"input": "int64"},
     "RuntimeError: running_mean should contain 5 elements not 3"),
    ((4, 3), (3, 3, 3, 3), {"input": "float64"},
     MIXED + "all inputs must share same datatype."),
    ((4, 3), (None, None, 3, None), {"input": "float64"},
     MIXED + "all inputs must share same datatype."),
    ((4, 3), (3, 3, None, None), {"others": "float64"},
     MIXED + "expect parameter to have scalar type of Float"),
    ((4, 3), (None, None, 3, 3), {"others": "float64"},
     MIXED + "expect parameter to have scalar type of Float"),
    ((4, 3), (3, 3, 3, 3), {"mean_grad": True}, NOT_DIFFERENTIABLE.format("mean")),
    ((4, 3), (3, 3, 3, 3), {"mean_grad": True, "input": "int64"},
     NOT_DIFFERENTIABLE.format("mean")),
    ((4, 5), (3, 3, 3, 3), {"mean_grad": True},
     "RuntimeError: running_mean should contain 5 elements not 3"),
]  # fmt: skip

EVALUATION = [
    ((4, 5), (3, 3, 3, 3), {}, "RuntimeError: running_mean should contain 5 elements not 3"),
    ((1, 3), (3, 3, 3, 2), {}, "RuntimeError: bias should contain 3 elements not 2"),
    ((4, 3), (None, None, 3, 3), {},
     "RuntimeError: running_mean must be defined in evaluation mode"),
    ((4, 5), (None, 3, 3, 3), {},
     "RuntimeError: running_mean must be defined in evaluation mode"),
    ((4, 3), (3, None, 3, 3), {}, "RuntimeError: running_var must be defined in evaluation mode"),
    ((4, 5), (3, 3, 3, 3), {"eps": -1.0},
     "ValueError: batch_norm eps must be non-negative, but got -1.0"),
    ((4, 3), (3, 3, 3, 3), {"momentum": "x"},
     "TypeError: batch_norm(): argument 'momentum' (position 7) must be float, not str"),
    ((4, 3), (3, 3, 3, 3), {"input": "int64"},
     "NotImplementedError: \"batch_norm\" not implemented for 'Long'"),
    ((4, 3), (3, 3, 3, 3), {"input": "float64"},
     MIXED + "all inputs must share same datatype."),
    ((4, 3), (3, 3, 3, 3), {"mean_grad": True}, NOT_DIFFERENTIABLE.format("mean")),
]  # fmt: skip


def arguments(torch, shape, lengths, input="float32", others="float32", mean_grad=False, **rest):
    tensors = [
        None
        if length is None
        else zeros(torch, length, dtype=others, requires_grad=mean_grad and position == 0)
        for position, length in enumerate(lengths)
    ]
    return (zeros(torch, *shape, dtype=input), *tensors), rest


@pytest.mark.parametrize(("shape", "lengths", "special", "message"), TRAINING)
def test_what_training_refuses(torch, failure, shape, lengths, special, message):
    positional, rest = arguments(torch, shape, lengths, **special)
    batch_norm = torch.nn.functional.batch_norm
    assert failure(batch_norm, *positional, training=True, **rest) == message


@pytest.mark.parametrize(("shape", "lengths", "special", "message"), EVALUATION)
def test_what_evaluation_refuses(torch, failure, shape, lengths, special, message):
    positional, rest = arguments(torch, shape, lengths, **special)
    assert failure(torch.nn.functional.batch_norm, *positional, **rest) == message


ACCEPTED = [
    ((4, 3), (3, 3, 3, 3), {"training": True}),
    ((1, 3, 2), (3, 3, 3, 3), {"training": True}),
    ((0, 3), (3, 3, 3, 3), {"training": True}),
    ((4, 0), (0, 0, None, None), {"training": True}),
    ((4, 3, 0), (3, 3, None, 3), {"training": True}),
    ((4, 3), (None, None, 3, None), {"training": True}),
    ((4, 3), (3, 3, 3, 3), {"training": True, "momentum": 2}),
    ((4, 3), (3, 3, 3, 3), {"training": True, "momentum": -1.0}),
    ((1, 3), (3, 3, 3, 3), {}),
    ((1, 3), (3, 3, None, None), {"eps": 0}),
]


@pytest.mark.parametrize(("shape", "lengths", "rest"), ACCEPTED)
def test_what_is_unusual_but_right(torch, shape, lengths, rest):
    positional, rest = arguments(torch, shape, lengths, **rest)
    out = torch.nn.functional.batch_norm(*positional, **rest)
    assert tuple(out.shape) == shape


def test_statistics_that_require_grad_are_fine_where_nothing_is_differentiated(torch):
    positional, _ = arguments(torch, (4, 3), (3, 3, 3, 3), mean_grad=True)
    with torch.no_grad():
        assert torch.nn.functional.batch_norm(*positional, training=True).shape == (4, 3)


@pytest.mark.parametrize("name", ["input", "weight", "bias", "running_mean", "running_var"])
def test_what_is_no_tensor(torch, failure, name):
    names = ("input", "running_mean", "running_var", "weight", "bias")
    given = dict.fromkeys(names, torch.ones(2)) | {"input": torch.ones(3, 2), name: [1.0, 1.0]}
    error = failure(torch.nn.functional.batch_norm, *given.values())
    assert error.startswith("TypeError: batch_norm(): argument") and error.endswith("not list")


@pytest.mark.parametrize("training", [0, 1, None, "yes"])
def test_the_mode_is_a_bool(torch, failure, training):
    given = torch.ones(3, 2), torch.ones(2), torch.ones(2)
    error = failure(torch.nn.functional.batch_norm, *given, training=training)
    assert error.startswith("TypeError: batch_norm(): argument 'training'")
