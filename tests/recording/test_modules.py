"""Every module, loss and optimiser trains in a compiled step as eagerly, with any arguments."""

import itertools

import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F

# Of layers: what stands after a Linear of four numbers.
LAYERS = {
    "BatchNorm1d": [
        lambda: nn.BatchNorm1d(4), lambda: nn.BatchNorm1d(4, momentum=None),
        lambda: nn.BatchNorm1d(4, affine=False, track_running_stats=False),
    ],
    "Dropout": [lambda: nn.Dropout(0.3), lambda: nn.Dropout(0.5, inplace=True)],
    "ELU": [lambda: nn.ELU(0.5), lambda: nn.ELU(inplace=True)],
    "Flatten": [lambda: nn.Sequential(nn.Unflatten(1, (2, 2)), nn.Flatten())],
    "GELU": [lambda: nn.GELU(), lambda: nn.GELU("tanh")],
    "Identity": [lambda: nn.Identity()],
    "LayerNorm": [
        lambda: nn.LayerNorm(4), lambda: nn.LayerNorm(4, elementwise_affine=False),
    ],
    "LeakyReLU": [lambda: nn.LeakyReLU(0.2), lambda: nn.LeakyReLU(inplace=True)],
    "Linear": [lambda: nn.Linear(4, 4, bias=False)],
    "LogSoftmax": [lambda: nn.LogSoftmax(1)],
    "ModuleDict": [lambda: Chosen(nn.ModuleDict({"a": nn.Linear(4, 4), "b": nn.ReLU()}))],
    "ModuleList": [lambda: Chosen(nn.ModuleList([nn.Linear(4, 4), nn.Tanh()]))],
    "Parameter": [lambda: Scaled(scale=nn.Parameter(torch.full((4,), 0.5)))],
    "Buffer": [lambda: Scaled(scale=nn.Buffer(torch.full((4,), 0.5)))],
    "ParameterDict": [lambda: Scaled(held=nn.ParameterDict({"scale": torch.ones(4)}))],
    "ParameterList": [lambda: Scaled(held=nn.ParameterList([torch.ones(4), torch.ones(4)]))],
    "ReLU": [lambda: nn.ReLU(), lambda: nn.ReLU(inplace=True)],
    "SELU": [lambda: nn.SELU(), lambda: nn.SELU(inplace=True)],
    "Sequential": [lambda: nn.Sequential(nn.Linear(4, 4), nn.Sigmoid())],
    "SiLU": [lambda: nn.SiLU(), lambda: nn.SiLU(inplace=True)],
    "Sigmoid": [lambda: nn.Sigmoid()],
    "Softmax": [lambda: nn.Softmax(1), lambda: nn.Softmax(dim=-1)],
    "Softplus": [lambda: nn.Softplus(2.0, 1.0)],
    "Tanh": [lambda: nn.Tanh()],
    "Unflatten": [lambda: nn.Sequential(nn.Unflatten(1, (4, 1)), nn.Flatten(1))],
}  # fmt: skip
REDUCTIONS = [{"reduction": how} for how in ("mean", "sum", "none")]
CLASSES = [*REDUCTIONS, {"ignore_index": 1}, {"weight": torch.tensor([0.5, 1.0, 2.0, 0.0])}]
LOSSES = {
    "BCELoss": [*REDUCTIONS, {"weight": torch.tensor([0.5, 1.0, 2.0, 0.0])}],
    "BCEWithLogitsLoss": [*REDUCTIONS, {"pos_weight": torch.tensor([0.5, 1.0, 2.0, 0.0])}],
    "CrossEntropyLoss": [*CLASSES, {"label_smoothing": 0.1}],
    "HuberLoss": [*REDUCTIONS, {"delta": 0.1}],
    "KLDivLoss": [*REDUCTIONS[1:], {"reduction": "batchmean", "log_target": True}],
    "L1Loss": REDUCTIONS,
    "MSELoss": REDUCTIONS,
    "NLLLoss": CLASSES,
    "SmoothL1Loss": [*REDUCTIONS, {"beta": 0.1}],
}
# Each argument alone, and all of them at once.
RULES = {
    "SGD": {
        "momentum": 0.9, "dampening": 0.1, "weight_decay": 0.01, "maximize": True,
        "differentiable": False, "foreach": True,
    },
    "Adam": {
        "betas": (0.5, 0.9), "eps": 1e-3, "weight_decay": 0.01, "amsgrad": True,
        "maximize": True, "decoupled_weight_decay": True,
    },
    "AdamW": {
        "betas": (0.5, 0.9), "eps": 1e-3, "weight_decay": 0.1, "amsgrad": True, "maximize": True,
    },
    "RMSprop": {
        "alpha": 0.5, "eps": 1e-3, "weight_decay": 0.01, "momentum": 0.9, "centered": True,
        "maximize": True,
    },
    "Adagrad": {
        "lr_decay": 0.1, "weight_decay": 0.01, "initial_accumulator_value": 0.1, "eps": 1e-3,
        "maximize": True,
    },
}  # fmt: skip


class Chosen(nn.Module):
    """Runs all modules of a container."""

    def __init__(self, container):
        super().__init__()
        self.container = container

    def forward(self, x):
        values = getattr(self.container, "values", self.container.__iter__)
        for module in values():
            x = module(x)
        return x


class Scaled(nn.Module):
    """Multiplies by all that it holds."""

    def __init__(self, **held):
        super().__init__()
        for name, value in held.items():
            setattr(self, name, value)

    def forward(self, x):
        for each in itertools.chain(self.parameters(), self.buffers()):
            x = x * each
        return x


def test_everything_public_is_here():
    modules = {name for name in nn.__all__ if isinstance(getattr(nn, name), type)} - {"Module"}
    assert modules == {*LAYERS, *LOSSES}
    assert {name for name in optim.__all__ if isinstance(getattr(optim, name), type)} == {
        *RULES, "Optimizer",
    }  # fmt: skip


@pytest.mark.parametrize("name", LAYERS)
def test_layers(worlds, name):
    """Also in evaluation, with a frozen part, and after a look at what they keep."""
    for make in LAYERS[name]:

        def build(make=make):
            net = nn.Sequential(nn.Linear(9, 4), make(), nn.Linear(4, 1))
            optimizer = optim.SGD(net.parameters(), lr=0.1)

            def step(x, y):
                optimizer.zero_grad()
                loss = F.mse_loss(net(x), y)
                loss.backward()
                optimizer.step()
                return loss

            return worlds.World(step=step, net=net, optimizer=optimizer)

        twins = worlds.Twins(build)
        twins.train()
        twins.do(lambda world: world.net.eval())
        twins.train()
        twins.do(lambda world: world.net[2].requires_grad_(False))
        twins.train()
        twins.do(lambda world: world.net.train().load_state_dict(world.net.state_dict()))
        twins.train()


@pytest.mark.parametrize("name", LOSSES)
def test_losses(worlds, name):
    for arguments in LOSSES[name]:

        def build(arguments=arguments):
            net = nn.Sequential(nn.Linear(9, 4), nn.Sigmoid())
            loss_of = getattr(nn, name)(**arguments)

            def step(x, y):
                net.zero_grad()
                out = net(x)
                classes = name in ("CrossEntropyLoss", "NLLLoss")
                target = (out + y).detach().argmax(1) if classes else y.expand(8, 4)
                loss = loss_of(out, target)
                loss.sum().backward()
                return loss.detach()

            return worlds.World(step=step, net=net, loss_of=loss_of)

        worlds.Twins(build).train(4)


def settings_of(rule):
    every = RULES[rule]
    yield {}
    for name, value in every.items():
        yield {name: value}
    yield every


@pytest.mark.parametrize("rule", RULES)
def test_optimisers(worlds, rule):
    """With accumulated and clipped gradients, and another learning rate now and then."""
    for settings in settings_of(rule):

        def build(settings=settings):
            net = nn.Sequential(nn.Linear(9, 4), nn.Tanh(), nn.Linear(4, 1))
            optimizer = getattr(optim, rule)(net.parameters(), lr=0.05, **settings)

            def step(x, y):
                optimizer.zero_grad()
                for half in range(2):
                    rows = slice(4 * half, 4 * half + 4)
                    F.mse_loss(net(x[rows]), y[rows]).backward()
                norm = nn.utils.clip_grad_norm_(net.parameters(), 0.5)
                optimizer.step()
                return norm

            return worlds.World(step=step, net=net, optimizer=optimizer)

        twins = worlds.Twins(build)
        twins.train(4)
        twins.do(lambda world: world.optimizer.param_groups[0].update(lr=0.01))
        twins.call(lambda _: worlds.batch(8), ran="replayed")
