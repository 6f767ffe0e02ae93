"""What all optimisers share: groups, zero_grad, closures, copies, and those of a user's own."""

import copy
import pickle

import pytest

ALL = ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad"]


def test_groups_have_settings_of_their_own(torch):
    a, b, c = (torch.ones(1, requires_grad=True) for _ in range(3))
    optimizer = torch.optim.SGD([{"params": [a]}, {"params": b, "lr": 0.5}], lr=0.1)
    optimizer.add_param_group({"params": [c], "lr": 2.0})
    (a + b + c).sum().backward()
    optimizer.step()
    assert [each.item() for each in (a, b, c)] == pytest.approx([0.9, 0.5, -1.0])
    optimizer.param_groups[0]["lr"] = 0.4
    optimizer.step()
    assert a.item() == pytest.approx(0.5)


def test_the_dict_that_was_given_is_the_group(torch):
    group = {"params": torch.ones(1)}
    optimizer = torch.optim.SGD([group], lr=0.1)
    assert optimizer.param_groups[0] is group and group["lr"] == 0.1


def test_zero_grad(torch):
    x, unused = torch.ones(2, requires_grad=True), torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([x, unused])
    (x * 3).sum().backward()
    kept = x.grad
    optimizer.zero_grad(set_to_none=False)
    assert x.grad is kept and kept.tolist() == [0.0, 0.0] and unused.grad is None
    optimizer.zero_grad()
    assert x.grad is None


@pytest.mark.filterwarnings("ignore:Using backward.. with create_graph")
def test_a_gradient_with_a_graph_becomes_zero_without_one(torch):
    x = torch.ones(2, requires_grad=True)
    (x * x * x).sum().backward(create_graph=True)
    assert x.grad.requires_grad
    torch.optim.SGD([x]).zero_grad(set_to_none=False)
    assert x.grad.tolist() == [0.0, 0.0] and not x.grad.requires_grad and x.grad.is_leaf


def test_a_closure_is_called_with_gradients_on(torch):
    x = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.5)

    def closure():
        optimizer.zero_grad()
        loss = (x * x).sum()
        loss.backward()
        return loss

    with torch.no_grad():
        loss = optimizer.step(closure)
    assert (loss.item(), x.item()) == (1.0, 0.0)


@pytest.mark.parametrize("name", ALL)
def test_what_is_printed(torch, printed, name):
    groups = [{"params": torch.ones(2), "foreach": False}, {"params": [torch.ones(1)], "lr": 0.5}]
    optimizer = getattr(torch.optim, name)(groups, lr=0.25)
    text = printed(optimizer)
    assert text.startswith(f"{name} (\nParameter Group 0\n    ")
    assert "    foreach: False\n" in text and "\n    lr: 0.25\n" in text
    expected = {**optimizer.defaults, "lr": 0.5}
    lines = [f"    {key}: {expected[key]}" for key in sorted(expected)]
    assert text.split("\n\nParameter Group 1\n")[1].splitlines() == [*lines, ")"]


@pytest.mark.parametrize("name", ALL)
def test_copied_and_pickled_optimisers_go_on(torch, name):
    def steps(x, optimizer, count):
        for _ in range(count):
            optimizer.zero_grad()
            (x * x * x).sum().backward()
            optimizer.step()

    x = torch.tensor([1.0, 2.0], requires_grad=True)
    optimizer = getattr(torch.optim, name)([x], lr=0.05)
    steps(x, optimizer, 2)
    others = [copy.deepcopy(optimizer), pickle.loads(pickle.dumps(optimizer))]
    optimizer.param_groups[0]["lr"] = 0.01
    steps(x, optimizer, 3)
    for other in others:
        (copied,) = other.param_groups[0]["params"]
        other.param_groups[0]["lr"] = 0.01
        steps(copied, other, 3)
        assert copied is not x and copied.tolist() == x.tolist()


def lion(torch):
    """An optimiser as PyTorch's manual shows how to write one."""

    class Lion(torch.optim.Optimizer):
        def __init__(self, params, lr=1e-2, betas=(0.9, 0.99)):
            super().__init__(params, {"lr": lr, "betas": betas})

        def __setstate__(self, state):
            super().__setstate__(state)
            for group in self.param_groups:
                group.setdefault("betas", (0.9, 0.99))

        @torch.no_grad()
        def step(self, closure=None):
            loss = None
            if closure is not None:
                with torch.enable_grad():
                    loss = closure()
            for group in self.param_groups:
                beta1, beta2 = group["betas"]
                for param in group["params"]:
                    if param.grad is None:
                        continue
                    state = self.state[param]
                    if len(state) == 0:
                        state["step"] = 0
                        state["exp_avg"] = torch.zeros_like(param)
                    state["step"] += 1
                    average = state["exp_avg"]
                    update = average * beta1 + param.grad * (1 - beta1)
                    sign = (update > 0).to(param.dtype) - (update < 0).to(param.dtype)
                    param.sub_(sign * group["lr"])
                    average.mul_(beta2).add_(param.grad * (1 - beta2))
            return loss

    return Lion


def test_an_optimiser_of_a_users_own(torch):
    kind = lion(torch)
    w = torch.tensor([1.0, -1.0], requires_grad=True)
    optimizer = kind([{"params": [w]}, {"params": [torch.ones(1)], "lr": 5.0}], lr=0.125)
    seen = []
    optimizer.register_step_post_hook(lambda *given: seen.append(given[0].state[w]["step"]))

    def closure():
        optimizer.zero_grad()
        loss = (w * w).sum()
        loss.backward()
        return loss

    losses = [optimizer.step(closure).item() for _ in range(3)]
    assert w.tolist() == [0.625, -0.625] and losses == [2.0, 2 * 0.875**2, 2 * 0.75**2]
    assert seen == [1, 2, 3]
    saved = copy.deepcopy(optimizer.state_dict())
    assert saved["state"][0]["step"] == 3
    del saved["param_groups"][0]["betas"]
    other = kind([{"params": [w]}, {"params": [torch.ones(1)]}])
    other.load_state_dict(saved)
    assert other.state[w]["step"] == 3 and other.param_groups[0]["betas"] == (0.9, 0.99)
    assert other.state[w]["exp_avg"].tolist() == optimizer.state[w]["exp_avg"].tolist()


def test_a_scheduler_drives_an_optimiser_of_a_users_own(torch):
    optimizer = lion(torch)([torch.ones(1)], lr=1.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5)
    optimizer.step()
    scheduler.step()
    assert optimizer.param_groups[0]["lr"] == 0.5


def test_an_optimiser_around_another(torch):
    """As Lookahead is written: it does without `Optimizer.__init__`."""

    class Slow(torch.optim.Optimizer):
        def __init__(self, optimizer, alpha=0.5):
            self.optimizer, self.alpha = optimizer, alpha
            self.param_groups, self.defaults = optimizer.param_groups, optimizer.defaults
            self.state = {}

        def step(self, closure=None):
            loss = self.optimizer.step(closure)
            for group in self.param_groups:
                for param in group["params"]:
                    slow = self.state.setdefault(param, param.detach().clone())
                    slow += (param.detach() - slow) * self.alpha
                    param.data.copy_(slow)
            return loss

    w = torch.tensor([1.0], requires_grad=True)
    optimizer = Slow(torch.optim.SGD([w], lr=1.0))
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    step = optimizer.step
    if torch.__name__ == "minigrad":
        step = torch.compile(step)
    for expected in (0.0, -0.25, -0.375):
        w.grad = torch.ones(1)
        step()
        scheduler.step()
        assert w.tolist() == [expected]


def test_a_step_that_is_not_given(torch):
    class Nothing(torch.optim.Optimizer):
        pass

    with pytest.raises(NotImplementedError):
        Nothing([torch.ones(1)], {}).step()
