"""What is a module?"""

import copy
import pickle

import pytest


def small_net(torch):
    nn = torch.nn
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.ELU(), nn.Linear(3, 1))


def test_a_module_without_forward_says_so(torch, failure):
    class Net(torch.nn.Module):
        pass

    expected = 'NotImplementedError: Module [Net] is missing the required "forward" function'
    assert failure(Net(), 3) == expected


def test_printed_forms(torch, printed):
    class Net(torch.nn.Module):
        def extra_repr(self):
            return "a=1\nb=2"

    net = Net()
    assert printed(net) == "Net(\n  a=1\n  b=2\n)"
    net.norm = torch.nn.BatchNorm1d(2)
    net.none = None
    net.add_module("empty", None)
    net.body = torch.nn.Sequential(torch.nn.Linear(2, 2), Net())
    assert printed(net) == (
        "Net(\n  a=1\n  b=2\n"
        "  (norm): BatchNorm1d(2, eps=1e-05, momentum=0.1, affine=True, bias=True, "
        "track_running_stats=True)\n"
        "  (empty): None\n"
        "  (body): Sequential(\n"
        "    (0): Linear(in_features=2, out_features=2, bias=True)\n"
        "    (1): Net(\n      a=1\n      b=2\n    )\n"
        "  )\n"
        ")"
    )
    net.norm.inner = torch.nn.ReLU()
    assert printed(net.norm).startswith("BatchNorm1d(\n  2, eps=1e-05,")


def test_dir_lists_members_that_are_words(torch):
    net = torch.nn.Sequential(torch.nn.Linear(1, 1))
    net.add_module("tail", torch.nn.ReLU())
    assert {"tail", "forward", "training"} <= set(dir(net)) and "0" not in dir(net)
    assert {"weight", "bias", "in_features"} <= set(dir(net[0]))


def test_training_mode_reaches_every_module(torch, failure):
    net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Sequential(torch.nn.ReLU()))
    assert net.eval() is net
    assert [module.training for module in net.modules()] == [False] * 4
    net[1].train()
    assert [module.training for module in net.modules()] == [False, False, True, True]
    expected = "ValueError: training mode is expected to be boolean"
    assert failure(net.train, "yes") == failure(net.train, 1) == expected


def test_zero_grad_forgets_or_clears_gradients(torch):
    net = small_net(torch)
    net(torch.ones(4, 2)).sum().backward()
    kept = net[3].bias.grad
    net[0].weight.grad = None
    net.zero_grad(set_to_none=False)
    assert net[3].bias.grad is kept and kept.tolist() == [0.0]
    assert net[0].weight.grad is None
    net.zero_grad()
    assert [parameter.grad for parameter in net.parameters()] == [None] * 6


def test_zero_grad_cuts_a_gradient_from_its_graph(torch):
    layer = torch.nn.Linear(1, 1)
    (layer(torch.ones(1, 1)) ** 2).sum().backward(create_graph=True)
    assert layer.weight.grad.requires_grad
    layer.zero_grad(set_to_none=False)
    assert not layer.weight.grad.requires_grad and layer.weight.grad.tolist() == [[0.0]]


def test_requires_grad_freezes_all_parameters(torch):
    net = small_net(torch)
    assert net.requires_grad_(False) is net
    assert not net(torch.ones(4, 2)).requires_grad
    net.requires_grad_()
    assert all(parameter.requires_grad for parameter in net.parameters())


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_a_copy_computes_the_same_and_shares_nothing(torch, copied):
    net = small_net(torch)
    net.again = net[0]
    twin = copied(net)
    x = torch.ones(4, 2)
    del net.again
    assert twin.again is twin[0]
    del twin.again
    assert twin(x).tolist() == net(x).tolist()
    with torch.no_grad():
        twin[0].weight.zero_()
    assert net[0].weight.tolist() != twin[0].weight.tolist()
    assert repr(twin) == repr(net)


def test_a_network_trains_through_its_modules(torch):
    net = small_net(torch)
    x = torch.tensor([[0.0, 1.0], [2.0, -1.0], [1.0, 1.0], [-2.0, 0.5]])
    y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    loss_function = torch.nn.MSELoss()
    losses = []
    for _ in range(20):
        net.zero_grad()
        loss = loss_function(net(x), y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for parameter in net.parameters():
                parameter.sub_(parameter.grad, alpha=0.1)
    assert losses[0] == pytest.approx(0.4960189, rel=1e-5)
    assert losses[-1] == pytest.approx(0.0655133, rel=1e-4)
    assert net[1].num_batches_tracked.item() == 20
