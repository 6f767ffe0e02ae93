"""What something is, and of which dtype a result will be."""


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


def test_the_operands_of_result_type_by_name(torch):
    whole, number = torch.tensor([1]), torch.tensor(2.0)
    assert torch.result_type(tensor=whole, other=number) is torch.float32
    assert torch.result_type(whole, other=2.0) is torch.float32
