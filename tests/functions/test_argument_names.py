"""Functions and methods take PyTorch's arguments by PyTorch's names."""

import pytest

MATRIX = [[1.0, 4.0, 2.0], [3.0, 0.5, 6.0]]
SQUARE = [[1.0, 2.0], [3.0, 5.0]]

# By name: the operand, and the other arguments. The operand is `input` of the function.
BOTH = {
    "abs": (MATRIX, {}),
    "all": (MATRIX, {"dim": 0, "keepdim": True}),
    "amax": (MATRIX, {"dim": 0, "keepdim": True}),
    "amin": (MATRIX, {"dim": 0, "keepdim": True}),
    "any": (MATRIX, {"dim": 0, "keepdim": True}),
    "argmax": (MATRIX, {"dim": 0, "keepdim": True}),
    "argmin": (MATRIX, {"dim": 0, "keepdim": True}),
    "bmm": ([SQUARE], {"mat2": [SQUARE]}),
    "chunk": (MATRIX, {"chunks": 2, "dim": 1}),
    "clamp": (MATRIX, {"min": 1, "max": 2}),
    "clone": (MATRIX, {"memory_format": "preserve_format"}),
    "cumsum": (MATRIX, {"dim": 0, "dtype": "float64"}),
    "detach": (MATRIX, {}),
    "exp": (MATRIX, {}),
    "expm1": (MATRIX, {}),
    "flatten": (MATRIX, {"start_dim": 0, "end_dim": 1}),
    "floor": (MATRIX, {}),
    "gather": (MATRIX, {"dim": 1, "index": [[0], [2]], "sparse_grad": False}),
    "index_select": (MATRIX, {"dim": 1, "index": [0, 2]}),
    "log": (MATRIX, {}),
    "log1p": (MATRIX, {}),
    "log_softmax": (MATRIX, {"dim": 0, "dtype": "float64"}),
    "logsumexp": (MATRIX, {"dim": 0, "keepdim": True}),
    "matmul": (SQUARE, {"other": SQUARE}),
    "max": (MATRIX, {"dim": 0, "keepdim": True}),
    "maximum": (SQUARE, {"other": [2.0, 4.0]}),
    "mean": (MATRIX, {"dim": 0, "keepdim": True, "dtype": "float64"}),
    "min": (MATRIX, {"dim": 0, "keepdim": True}),
    "minimum": (SQUARE, {"other": [2.0, 4.0]}),
    "mm": (SQUARE, {"mat2": SQUARE}),
    "norm": (MATRIX, {"p": 1, "dim": 0, "keepdim": True, "dtype": "float64"}),
    "permute": (MATRIX, {"dims": (1, 0)}),
    "pow": (MATRIX, {"exponent": 2}),
    "prod": (MATRIX, {"dim": 0, "keepdim": True, "dtype": "float64"}),
    "relu": (MATRIX, {}),
    "reshape": (MATRIX, {"shape": (3, 2)}),
    "round": (MATRIX, {"decimals": 1}),
    "rsqrt": (MATRIX, {}),
    "sigmoid": (MATRIX, {}),
    "sign": (MATRIX, {}),
    "softmax": (MATRIX, {"dim": 0, "dtype": "float64"}),
    "sort": (MATRIX, {"dim": 0, "descending": True, "stable": True}),
    "sqrt": (MATRIX, {}),
    "square": (MATRIX, {}),
    "squeeze": ([MATRIX], {"dim": 0}),
    "std": (MATRIX, {"dim": 0, "correction": 0, "keepdim": True}),
    "sum": (MATRIX, {"dim": 0, "keepdim": True, "dtype": "float64"}),
    "tanh": (MATRIX, {}),
    "median": (MATRIX, {"dim": 0, "keepdim": True}),
    "topk": (MATRIX, {"k": 1, "dim": 0, "largest": False, "sorted": True}),
    "transpose": (MATRIX, {"dim0": 0, "dim1": 1}),
    "unsqueeze": (MATRIX, {"dim": 0}),
    "var": (MATRIX, {"dim": 0, "unbiased": False, "keepdim": True}),
}
METHODS = {
    "expand": {"size": (2, 2, 3)},
    "repeat": {"repeats": (2, 1)},
    "split": {"split_size": 2, "dim": 1},
    "to": {"device": "cpu", "dtype": "float64", "non_blocking": False, "copy": True},
    "type": {"dtype": "float64", "non_blocking": False},
    "view": {"size": (3, 2)},
    "where": {"condition": [True, False, True], "other": [0.0]},
}
OPTIONS = {
    "dtype": "float64",
    "device": "cpu",
    "layout": "strided",
    "pin_memory": False,
    "requires_grad": True,
}
OF_DATA = {name: OPTIONS[name] for name in ("dtype", "device", "pin_memory", "requires_grad")}
MADE = {
    "arange": {"start": 1, "end": 5, "step": 2},
    "empty": {"size": (0, 3), "memory_format": "contiguous_format"},
    "eye": {"n": 2, "m": 3},
    "full": {"size": (2, 3), "fill_value": 7},
    "linspace": {"start": 0, "end": 1, "steps": 3},
    "ones": {"size": (2, 3)},
    "rand": {"size": (2, 3), "generator": None},
    "randint": {"low": 1, "high": 5, "size": (2, 3), "generator": None},
    "randn": {"size": (2, 3), "generator": None},
    "zeros": {"size": (2, 3)},
}
LIKE = {
    "empty_like": {},
    "full_like": {"fill_value": 7},
    "ones_like": {},
    "rand_like": {},
    "randint_like": {"low": 1, "high": 5},
    "randn_like": {},
    "zeros_like": {},
}


def meant(library, given):
    """Arguments, with lists as tensors and the names of the library's things looked up."""
    found = {}
    for name, value in given.items():
        if isinstance(value, list):
            value = library.tensor(value)
        if isinstance(value, str) and value != "cpu":
            value = getattr(library, value)
        found[name] = value
    return found


def listed(result):
    return [each.tolist() for each in result] if isinstance(result, tuple) else result.tolist()


@pytest.mark.parametrize("name", BOTH)
def test_functions_and_methods(torch, name):
    operand, given = BOTH[name]
    x = torch.tensor(operand)
    of_function = getattr(torch, name)(input=x, **meant(torch, given))
    of_method = getattr(x, name)(**meant(torch, given))
    assert listed(of_function) == listed(of_method)


@pytest.mark.parametrize("name", METHODS)
def test_methods(torch, name):
    x = torch.tensor(MATRIX)
    given = meant(torch, METHODS[name])
    assert listed(getattr(x, name)(**given)) == listed(getattr(x, name)(*given.values()))


def test_functions_with_arguments_of_their_own(torch):
    x = torch.tensor(SQUARE)
    assert torch.cat(tensors=[x, x], dim=1).shape == (2, 4)
    assert torch.stack(tensors=[x, x], dim=1).shape == (2, 2, 2)
    assert len(torch.split(tensor=x, split_size_or_sections=1, dim=1)) == 2
    assert torch.where(condition=x > 2, input=x, other=0).tolist() == [[0.0, 0.0], [3.0, 5.0]]
    assert torch.max(input=x, other=x).tolist() == SQUARE
    assert torch.tensor(data=SQUARE, **meant(torch, OF_DATA)).requires_grad
    assert torch.as_tensor(data=SQUARE, dtype=torch.float64, device="cpu").dtype == torch.float64


@pytest.mark.parametrize("name", MADE)
def test_new_tensors(torch, name):
    made = getattr(torch, name)(**meant(torch, MADE[name] | OPTIONS))
    assert made.requires_grad and made.dtype == torch.float64
    assert made.shape[0] in (0, 2, 3)


@pytest.mark.parametrize("name", LIKE)
def test_tensors_like_others(torch, name):
    options = meant(torch, {**OPTIONS, "memory_format": "preserve_format"})
    made = getattr(torch, name)(input=torch.tensor(MATRIX), **LIKE[name], **options)
    assert made.requires_grad and made.dtype == torch.float64 and made.shape == (2, 3)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("pow", {"exponent": [1.0, 2.0]}),
        ("where", {"condition": [True, False], "other": [1.0, 2.0]}),
        ("remainder", {"other": [1.5, 2.0]}),
        ("bitwise_and", {"other": [1, 2]}),
        ("bitwise_left_shift", {"other": [1, 2]}),
    ],
)
def test_a_number_as_first_operand_is_called_self(torch, name, others):
    function, given = getattr(torch, name), meant(torch, others)
    x = torch.tensor([5, 5])
    found = function(self=5, **given)
    assert listed(found) == listed(function(input=x, **given))
    for first in ("input", "x", "a"):
        with pytest.raises(TypeError):
            function(**{first: 5}, **given)
    for wrong in ({"self": x}, {"self": 5, "input": x}):
        with pytest.raises(TypeError):
            function(**wrong, **given)
