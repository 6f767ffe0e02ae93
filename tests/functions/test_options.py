"""Options that are a bool, a dtype or a memory format are nothing else, whatever they would do."""

import pytest

WRONG = {
    "force": lambda torch, x, wrong: x.numpy(force=wrong),
    "non_blocking of type": lambda torch, x, wrong: x.type(non_blocking=wrong),
    "non_blocking of copy_": lambda torch, x, wrong: x.copy_(x.clone(), non_blocking=wrong),
    "as_tuple": lambda torch, x, wrong: x.nonzero(as_tuple=wrong),
    "equal_nan": lambda torch, x, wrong: x.allclose(x, equal_nan=wrong),
    "decimals": lambda torch, x, wrong: x.round_(decimals=[wrong]),
    "training": lambda torch, x, wrong: torch.nn.functional.dropout(x, 0.5, wrong),
    "format of float": lambda torch, x, wrong: x.float(memory_format=[wrong]),
    "format of contiguous": lambda torch, x, wrong: x.contiguous(memory_format=[wrong]),
    "format by position": lambda torch, x, wrong: x.contiguous(torch.contiguous_format),
    "format of is_contiguous": lambda torch, x, wrong: x.is_contiguous(memory_format=[wrong]),
    "two dtypes": lambda torch, x, wrong: x.to(torch.float32, dtype=torch.float64),
    "one dtype twice": lambda torch, x, wrong: x.to(torch.float32, dtype=torch.float32),
    "a tensor and a dtype": lambda torch, x, wrong: x.to(x, dtype=torch.float64),
    "a device behind a dtype": lambda torch, x, wrong: x.to(torch.float64, device="cpu"),
    "dimensions twice": lambda torch, x, wrong: x.squeeze(0, dim=1),
    "dimensions twice, in place": lambda torch, x, wrong: x.squeeze_((0,), dim=1),
    "a size and a dtype": lambda torch, x, wrong: x.view(3, 2, dtype=torch.float64),
    "a size by name and a dtype": lambda torch, x, wrong: x.view(size=(6,), dtype=torch.float64),
}


@pytest.mark.parametrize("wrong", [0, None, "x"])
@pytest.mark.parametrize("option", WRONG)
def test_what_is_no_option_is_refused(torch, option, wrong):
    with pytest.raises(TypeError):
        WRONG[option](torch, torch.ones(2, 3), wrong)


def test_none_is_no_number_of_decimals(torch):
    for rounded in (torch.round, torch.Tensor.round, torch.Tensor.round_):
        with pytest.raises(TypeError):
            rounded(torch.ones(2), decimals=None)


@pytest.mark.parametrize("offset", [2**40, -(2**40), 3, -2])
def test_a_diagonal_beyond_a_matrix_is_empty(torch, offset):
    x = torch.ones(2, 3, requires_grad=True)
    for diagonal in (torch.diagonal(x, offset), torch.diag(x, offset)):
        assert diagonal.shape == (0,)
        (gradient,) = torch.autograd.grad(diagonal.sum(), x)
        assert gradient.tolist() == [[0.0] * 3] * 2
