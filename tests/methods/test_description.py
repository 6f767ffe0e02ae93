"""What a tensor says about itself."""

import pytest


def test_shape_and_memory(torch):
    x = torch.zeros(2, 3)
    assert (x.shape, x.size(), x.size(-1), x.ndim, x.dim(), x.numel()) == (
        (2, 3), (2, 3), 3, 2, 2, 6,
    )  # fmt: skip
    assert (x.ndimension(), x.nelement(), x.itemsize, x.nbytes) == (2, 6, 4, 24)
    assert (x.stride(), x.T.stride(), x.stride(0), x.is_contiguous(), x.T.is_contiguous()) == (
        (3, 1), (1, 3), 3, True, False,
    )  # fmt: skip
    assert (x.element_size(), x.dtype) == (4, torch.float32)
    assert x[1].data_ptr() - x.data_ptr() == 12 and x[1].storage_offset() == 3
    assert torch.zeros(0, 3).stride() == (3, 1)
    assert torch.zeros(0).data_ptr() == x[2:].data_ptr() == 0


def test_it_is_dense_and_on_the_cpu(torch, printed):
    x = torch.zeros(2)
    assert printed(x.device) == "device(type='cpu')" and printed(x.layout) == "minigrad.strided"
    assert not (x.is_cuda or x.is_sparse or x.is_complex()) and x.is_floating_point()
    assert x.to("cpu") is x and x.cpu() is x


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda x: x.size(5), "IndexError: Dimension out of range (expected to be in range of [-"),
        (lambda x: x.size("a"), "TypeError: size(): argument 'dim' (position 1) must be int, not"),
        (lambda x: x.stride(2), "IndexError: Dimension out of range (expected to be in range of "),
        (lambda x: x[0, 0].size(0), "IndexError: Dimension specified as 0 but tensor has no dim"),
    ],
)
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch.zeros(2, 3)).startswith(error)
