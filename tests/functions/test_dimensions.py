"""What may stand for a dimension: integers of Python, NumPy and tensors, but no truth value."""

import numpy as np
import pytest

import minigrad

GIVEN = {
    "a tensor": lambda torch: torch.tensor(1),
    "a tensor of floats": lambda torch: torch.tensor(1.0),
    "a tensor of truth": lambda torch: torch.tensor(True),
    "a tensor with a dimension": lambda torch: torch.tensor([1]),
    "NumPy's": lambda torch: np.int32(1),
    "NumPy's truth": lambda torch: np.bool_(True),
    "an array": lambda torch: np.array(1),
    "a tensor with a dimension, of truth": lambda torch: torch.tensor([True]),
    "a bool": lambda torch: True,
    "a float": lambda torch: 1.0,
    "beyond 64 bits": lambda torch: 2**70,
    "a string": lambda torch: "1",
}
ALONE = {
    name: lambda torch, x, dim, name=name: getattr(torch, name)(x, dim)
    for name in ("prod", "argmax", "softmax", "log_softmax", "cumsum", "sort", "unsqueeze")
} | {
    "cat": lambda torch, x, dim: torch.cat([x, x], dim),
    "stack": lambda torch, x, dim: torch.stack([x, x], dim=dim),
    "argmin": lambda torch, x, dim: x.argmin(dim, keepdim=True),
    "transpose": lambda torch, x, dim: x.transpose(0, dim),
    "functional.softmax": lambda torch, x, dim: torch.nn.functional.softmax(x, dim),
    "size": lambda torch, x, dim: torch.tensor(x.size(dim)),
    "stride": lambda torch, x, dim: torch.tensor(x.stride(dim)),
}  # fmt: skip
ALONE |= {
    name: lambda torch, x, dim, name=name: getattr(torch, name)(x, dim)
    for name in ("any", "all", "unbind", "max", "median")
} | {
    "count_nonzero": lambda torch, x, dim: x.count_nonzero(dim),
    "squeeze": lambda torch, x, dim: x.squeeze(dim),
    "squeeze_": lambda torch, x, dim: x[:, :1].squeeze_(dim),
}
SEVERAL = {
    name: lambda torch, x, dim, name=name: getattr(torch, name)(x, dim, keepdim=True)
    for name in ("sum", "mean", "amax", "var", "logsumexp")
}


def outcome(torch, call, dim):
    try:
        result = call(torch, torch.arange(6.0).reshape(3, 2), dim(torch))
    except Exception as error:
        return type(error)
    found = result if isinstance(result, (tuple, list)) else [result]
    return [each.tolist() for each in found]


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("name", [*ALONE, *SEVERAL])
def test_the_same_as_pytorch(name, given):
    torch = pytest.importorskip("torch")
    if name in SEVERAL and given == "an array":
        pytest.skip("an internal error in PyTorch")
    call = (ALONE | SEVERAL)[name]
    mine, theirs = (outcome(library, call, GIVEN[given]) for library in (minigrad, torch))
    if isinstance(theirs, type):
        assert mine is theirs
    else:
        np.testing.assert_allclose(np.array(mine), np.array(theirs), rtol=1e-6)


MANY = {
    name: lambda torch, x, dims, name=name: getattr(torch, name)(x, dims)
    for name in ("sum", "mean", "amax", "var", "logsumexp", "any", "count_nonzero", "squeeze")
} | {
    "flip": lambda torch, x, dims: x.flip(dims),
    "permute": lambda torch, x, dims: x[0].permute(dims),
    "roll": lambda torch, x, dims: x.roll([1] * len(dims), dims),
    "movedim": lambda torch, x, dims: x.movedim(dims, [0]),
}


@pytest.mark.parametrize("given", [*GIVEN, "an array with a dimension"])
@pytest.mark.parametrize("name", MANY)
def test_in_a_list_tensors_of_one_element_count_whatever_their_shape(name, given):
    torch = pytest.importorskip("torch")
    dim = GIVEN.get(given, lambda torch: np.array([1]))
    for dims in (lambda torch: [dim(torch)], lambda torch: (0, dim(torch))):
        mine, theirs = (outcome(library, MANY[name], dims) for library in (minigrad, torch))
        if isinstance(theirs, type):
            assert mine is theirs
        else:
            np.testing.assert_allclose(np.array(mine), np.array(theirs), rtol=1e-6)


@pytest.mark.parametrize("name", ["mean", "var", "std"])
@pytest.mark.parametrize("wrong", [0.0, "0", (None,), (0, 1.0)])
def test_what_is_no_dimension_is_told_before_what_has_no_mean(torch, name, wrong):
    with pytest.raises(TypeError):
        getattr(torch, name)(torch.ones(2, 2, dtype=torch.int64), dim=wrong, keepdim=True)
