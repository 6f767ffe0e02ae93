"""What something is, and of which dtype a result will be."""

import numpy as np
import pytest


def test_inquiries(torch):
    x = torch.ones(2, 3)
    assert torch.is_tensor(x) and not torch.is_tensor([1])
    assert torch.is_floating_point(x) and not torch.is_floating_point(x.long())
    assert torch.numel(x) == 6
    assert torch.result_type(x, 3) == torch.result_type(torch.tensor([1]), 1.0) == torch.float32
    assert torch.promote_types(torch.int64, torch.float32) == torch.float32
    assert torch.can_cast(torch.int64, torch.float32)
    assert not torch.can_cast(torch.float32, torch.int64)


def test_refused(torch, failure):
    assert failure(torch.numel, 3) == (
        "TypeError: numel(): argument 'input' (position 1) must be Tensor, not int"
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("is_tensor", {"obj": 1}),
        ("from_numpy", {"array": np.ones(2)}),
        ("set_default_dtype", {"d": None}),
        ("set_num_threads", {"num_threads": 1}),
    ],
)
def test_some_functions_take_their_argument_by_position_alone(torch, name, arguments):
    with pytest.raises(TypeError, match="keyword argument"):
        getattr(torch, name)(**arguments)


def test_the_operands_of_result_type_by_name(torch):
    whole, number = torch.tensor([1]), torch.tensor(2.0)
    assert torch.result_type(tensor=whole, other=number) is torch.float32
    assert torch.result_type(whole, other=2.0) is torch.float32
