"""The shape of a tensor is a tuple whose parts and sums are sizes."""

import copy
import operator
import pickle


def test_parts_and_sums(torch, printed):
    size = torch.zeros(1, 2, 3).shape
    assert size == (1, 2, 3) and hash(size) == hash((1, 2, 3)) and size.numel() == 6
    for made in (size[:2], operator.add(size, (7,)), operator.add((7,), size), size * 2,
                 2 * size, torch.Size(),
                 torch.Size([torch.tensor(2)]), copy.copy(size),
                 pickle.loads(pickle.dumps(size))):  # fmt: skip
        assert type(made) is torch.Size
    assert printed(size[1:] + size[:1]) == "minigrad.Size([2, 3, 1])"
    assert type(size[0]) is int and torch.Size([]).numel() == 1


def test_refused(torch, failure):
    assert failure(torch.Size, (1.5,)) == (
        "TypeError: minigrad.Size() takes an iterable of 'int' (item 0 is 'float')"
    )
    assert failure(torch.Size, 3).startswith("TypeError: 'int' object is not iterable")
    message = "TypeError: can only concatenate tuple (not list) to minigrad.Size"
    assert failure(operator.add, torch.Size([1]), [2]) == message
