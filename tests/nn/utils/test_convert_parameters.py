"""How do parameters become one vector, and how do they come back from it?"""

import pytest


def network(torch):
    nn = torch.nn
    return nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1, bias=False))


def test_a_vector_has_all_elements_in_their_order(torch):
    net = network(torch)
    vector = torch.nn.utils.parameters_to_vector(net.parameters())
    weight, bias, last = (each.tolist() for each in net.parameters())
    assert vector.tolist() == [*weight[0], *weight[1], *weight[2], *bias, *last[0]]


def test_gradients_flow_from_the_vector_to_the_parameters(torch):
    net = network(torch)
    vector = torch.nn.utils.parameters_to_vector(net.parameters())
    (vector * torch.arange(12.0)).sum().backward()
    assert net[0].weight.grad.tolist() == [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
    assert net[0].bias.grad.tolist() == [6.0, 7.0, 8.0]
    assert net[1].weight.grad.tolist() == [[9.0, 10.0, 11.0]]


def test_parameters_take_over_a_vector_whose_memory_they_share(torch):
    net = network(torch)
    kept = list(net.parameters())
    vector = torch.arange(14.0).requires_grad_()
    torch.nn.utils.vector_to_parameters(vector, net.parameters())
    assert all(each is other for each, other in zip(kept, net.parameters(), strict=True))
    assert all(each.is_leaf and each.requires_grad for each in kept)
    assert net[0].weight.tolist() == [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
    assert net[1].weight.tolist() == [[9.0, 10.0, 11.0]]
    with torch.no_grad():
        vector.fill_(7.0)
    assert net[0].bias.tolist() == [7.0, 7.0, 7.0]


def test_there_and_back_changes_nothing(torch):
    net, twin = network(torch), network(torch)
    vector = torch.nn.utils.parameters_to_vector(net.parameters())
    torch.nn.utils.vector_to_parameters(vector, twin.parameters())
    ours, theirs = ([each.tolist() for each in one.parameters()] for one in (net, twin))
    assert ours == theirs


def test_a_vector_that_does_not_fit_leaves_the_parameters_as_they_were(torch, failure):
    net = network(torch)
    last = net[1].weight.tolist()
    assert failure(torch.nn.utils.vector_to_parameters, torch.zeros(10), net.parameters()) == (
        "RuntimeError: shape '[1, 3]' is invalid for input of size 1"
    )
    assert net[1].weight.tolist() == last
    assert failure(torch.nn.utils.vector_to_parameters, torch.arange(12), net.parameters()) == (
        "RuntimeError: data set to a tensor that requires gradients must be floating point or "
        "complex dtype"
    )


def test_what_is_no_vector_and_what_cannot_become_one(torch, failure):
    utils = torch.nn.utils
    assert failure(utils.vector_to_parameters, [1.0], [torch.zeros(1)]) == (
        "TypeError: expected minigrad.Tensor, but got: list"
    )
    with pytest.raises(RuntimeError, match="view size is not compatible with input tensor's size"):
        utils.parameters_to_vector([torch.zeros(2, 3).transpose(0, 1)])
    with pytest.raises(ValueError, match="expected a non-empty list of Tensors"):
        utils.parameters_to_vector([])
