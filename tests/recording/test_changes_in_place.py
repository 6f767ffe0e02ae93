"""Do steps that change tensors in place, or make new ones, run as eagerly?"""

import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F

FORMS = {
    "add_": lambda y, b: y.add_(b, alpha=0.5),
    "sub_": lambda y, b: y.sub_(b),
    "mul_": lambda y, b: y.mul_(b),
    "div_": lambda y, b: y.div_(b.abs() + 1),
    "pow_": lambda y, b: y.pow_(2),
    "copy_": lambda y, b: y.copy_(b),
    "masked_fill_": lambda y, b: y.masked_fill_(y > b, 0.5),
    "exp_": lambda y, b: y.exp_(),
    "sqrt_": lambda y, b: y.abs_().add_(0.1).sqrt_(),
    "tanh_": lambda y, b: y.tanh_(),
    "sigmoid_": lambda y, b: y.sigmoid_(),
    "relu_": lambda y, b: y.relu_(),
    "clamp_": lambda y, b: y.clamp_(-0.3, 0.4),
    "fill_": lambda y, b: y.fill_(2).mul_(b),
    "random": lambda y, b: y.uniform_(0.5, 1.0).mul_(b),
    "bernoulli_": lambda y, b: y.mul_(torch.empty_like(y).bernoulli_(0.5)),
    "a view": lambda y, b: (y[1:].mul_(b), y[0].exp_()),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_in_place_forms_and_their_gradients(worlds, form):
    def build():
        net = nn.Linear(9, 3)
        b = torch.rand(3).requires_grad_()
        optimizer = optim.SGD([b, *net.parameters()], lr=0.1)

        def step(x, y):
            optimizer.zero_grad()
            h = net(x)
            form(h, b)
            loss = F.mse_loss(h, y.expand(-1, 3))
            loss.backward()
            optimizer.step()
            return loss, h.detach()

        return worlds.World(step=step, net=net, b=b, optimizer=optimizer)

    worlds.Twins(build).train(4)


def test_running_values_are_kept_in_tensors(worlds):
    def build():
        total, count = torch.zeros(9), torch.zeros((), dtype=torch.int64)

        def step(x, y):
            total.mul_(0.9).add_(x.mean(0), alpha=0.1)
            count.add_(1)
            total.masked_fill_(count > 3, 0.5)
            return total / count

        return worlds.World(step=step, total=total, count=count)

    worlds.Twins(build).train(5)


def test_new_tensors(worlds):
    def build():
        def step(x, y):
            steps = torch.arange(9, dtype=torch.float32) + torch.linspace(0, 1, 9)
            made = torch.eye(9) + torch.full((9,), 0.25) + torch.tensor([0.5] * 9)
            noise = torch.rand_like(x) + torch.bernoulli(torch.full_like(x, 0.3))
            chosen = torch.randperm(8) + torch.randint(0, 2, (8,)) * 0
            return (x + noise) @ made * steps, x[chosen], x.new_zeros(2) + 1, x.to(torch.float64)

        return worlds.World(step=step)

    worlds.Twins(build).train(4)
