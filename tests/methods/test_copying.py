"""Copies and pickles: a leaf with the same values, and memory shared as before."""

import copy
import pickle

import pytest

import minigrad


def pickled(value):
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickled])
def test_a_duplicate_has_memory_of_its_own(torch, duplicate):
    x = torch.arange(6.0).reshape(2, 3).T.requires_grad_()
    made = duplicate(x)
    assert (made.tolist(), made.stride(), made.requires_grad) == (x.tolist(), (1, 3), True)
    with torch.no_grad():
        made.zero_()
    assert x.tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]


@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickled, copy.copy])
def test_what_shared_memory_does_so_again(torch, duplicate):
    """Where PyTorch's tensors are pickled by themselves, they do not."""
    if duplicate is pickled and torch is not minigrad:
        return
    whole = torch.zeros(3, 2)
    views = [whole, whole[1], whole.T]
    pair = [*map(copy.copy, views)] if duplicate is copy.copy else duplicate(views)
    pair[0].fill_(7)
    assert pair[1].tolist() == [7.0, 7.0] and pair[2].tolist() == [[7.0] * 3] * 2
    assert whole.tolist() == [[7.0 if duplicate is copy.copy else 0.0] * 2] * 3


@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickled])
def test_a_leaf_with_gaps_between_its_elements_keeps_them(torch, duplicate):
    memory = torch.arange(12.0).reshape(3, 4)
    for leaf in (memory[:, ::2].detach(), torch.from_numpy(memory.numpy()[:, ::2])):
        made = duplicate(leaf)
        assert made.tolist() == leaf.tolist() and made.stride() == leaf.stride() == (4, 2)
        made.zero_()
        assert memory[0, 2] == 2
    repeated = duplicate(torch.ones(3).expand(2, 3).detach())
    assert repeated.stride() == (0, 1)
    parameter = torch.nn.Parameter(memory[:, ::2])
    if duplicate is copy.deepcopy:
        assert duplicate(parameter).stride() == (2, 1)


def test_a_copy_shares_memory_and_no_history(torch):
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    for each in (x, y):
        copied = copy.copy(each)
        assert copied.data_ptr() == each.data_ptr() and copied.is_leaf and copied.requires_grad


def test_a_deep_copy_takes_the_gradient_along(torch):
    x = torch.ones(2, requires_grad=True)
    x.grad = torch.zeros(2)
    copied = copy.deepcopy(x)
    copied.grad.add_(1)
    assert x.grad.tolist() == [0.0, 0.0] and copied.grad.tolist() == [1.0, 1.0]
    assert pickled(x).grad is None


@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickled, copy.copy])
def test_parameters_stay_parameters(torch, duplicate):
    frozen = torch.nn.Parameter(torch.ones(2), requires_grad=False)
    made = duplicate(frozen)
    assert type(made) is torch.nn.Parameter and not made.requires_grad


class Watched(minigrad.Tensor):
    pass


class Tagged(Watched):
    __slots__ = "tag"


class Hidden(Tagged):
    __slots__ = ("__secret",)

    def hide(self, secret):
        self.__secret = secret

    def told(self):
        return self.__secret


@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickled, copy.copy])
def test_what_subclasses_add_is_kept(duplicate):
    buffer = minigrad.nn.Buffer(minigrad.ones(2), persistent=False)
    assert duplicate(buffer).persistent is False
    watched = Watched([1, 2])
    watched.tags = ["first"]
    made = duplicate(watched)
    assert type(made) is Watched and made.tags == ["first"] and made.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickled, copy.copy])
def test_slots_are_kept_by_whatever_names(duplicate):
    hidden = Hidden([1, 2])
    hidden.tag = "first"
    hidden.hide("second")
    made = duplicate(hidden)
    assert (made.tag, made.told(), vars(made)) == ("first", "second", {})


def test_a_result_cannot_be_copied_deeply(torch, failure):
    result = torch.ones(2, requires_grad=True) * 2
    assert failure(copy.deepcopy, result).startswith(
        "RuntimeError: Only Tensors created explicitly by the user (graph leaves) support the dee"
    )


@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickled, copy.copy])
def test_attributes_of_a_tensor_go_along(torch, duplicate):
    x = torch.ones(2)
    x.tags = ["first"]
    made = duplicate(x)
    assert vars(made) == {"tags": ["first"]}
    assert (made.tags is x.tags) == (duplicate is copy.copy)
