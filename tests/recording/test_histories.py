"""Whatever happens to two worlds, in whatever order: does the compiled one stay equal?"""

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)  # fmt: skip

import minigrad as torch
from minigrad import nn, optim
from minigrad.fused import use_definitions
from minigrad.nn import functional as F
from minigrad.utils.data import DataLoader, TensorDataset

OPTIMIZERS = [
    lambda params: optim.SGD(params, lr=0.1),
    lambda params: optim.SGD(params, lr=0.1, momentum=0.9),
    lambda params: optim.Adam(params, lr=0.01),
]
CLEARING = ["optimizer", "module", "zeros", "never", "after"]
LAYOUTS = ["plain", "transposed", "strided", "expanded"]
layer = st.sampled_from([0, 1, 3])
some_rows = st.sampled_from([2, 5, 8])
seeds = st.integers(0, 5)


def build(worlds, optimizer):
    """A world in which the step's way of clearing gradients is a value that it looks up."""
    net = nn.Sequential(
        nn.Linear(9, 6), nn.BatchNorm1d(6), nn.ELU(), nn.Linear(6, 1), nn.Sigmoid()
    )
    optimizer = OPTIMIZERS[optimizer](net.parameters())
    options = {"clear": "optimizer", "scale": 1.0}

    def clear(now):
        if (options["clear"], now) in (("optimizer", "before"), ("after", "after")):
            optimizer.zero_grad()
        elif (options["clear"], now) == ("module", "before"):
            net.zero_grad()
        elif (options["clear"], now) == ("zeros", "before"):
            optimizer.zero_grad(set_to_none=False)

    def step(x, y):
        clear("before")
        loss = F.binary_cross_entropy(net(x * options["scale"]), y)
        loss.backward()
        optimizer.step()
        clear("after")
        return loss

    return worlds.World(step=step, net=net, optimizer=optimizer, options=options)


class Histories(RuleBasedStateMachine):
    def __init__(self, worlds):
        super().__init__()
        self.worlds = worlds
        self.kept = []
        self.handles = {}

    @initialize(optimizer=st.sampled_from(range(3)), verify=st.sampled_from([0, 3]))
    def begin(self, optimizer, verify):
        self.twins = self.worlds.Twins(lambda: build(self.worlds, optimizer), verify=verify)

    def batch(self, rows, seed, layout):
        x, y = self.worlds.batch(rows, seed)
        if layout == "transposed":
            x = x.T.clone().T
        elif layout == "strided":
            x, y = (each[::2] for each in self.worlds.batch(2 * rows, seed))
        elif layout == "expanded":
            x = x[:1].expand(rows, 9)
        return x, y

    @rule(rows=some_rows, seed=seeds, layout=st.sampled_from(LAYOUTS), keep=st.booleans())
    def call(self, rows, seed, layout, keep):
        losses = self.twins.call(lambda _: self.batch(rows, seed, layout))
        if keep:
            self.kept.append([loss.array for loss in losses])
            for eager, compiled in zip(*self.parameters(), strict=True):
                if eager.grad is not None:
                    self.kept.append([eager.grad.array, compiled.grad.array])

    def parameters(self):
        return [list(w.net.parameters()) for w in (self.twins.eager, self.twins.compiled)]

    @rule(rows=some_rows)
    def call_many_times(self, rows):
        for seed in range(4):
            self.twins.call(lambda _, seed=seed: self.batch(rows, seed, "plain"))
        assert self.twins.ran == ("eager" if self.handles else "replayed")

    @rule(rows=some_rows)
    def call_with_a_target_out_of_range(self, rows):
        self.twins.call(
            lambda _: (self.batch(rows, 0, "plain")[0], torch.full((rows, 1), 2.0)),
            raises=RuntimeError,
        )

    @rule(
        rows=st.integers(2, 40),
        size=some_rows,
        layout=st.sampled_from(LAYOUTS),
        seed=seeds,
        wrong=st.none() | st.integers(0, 39),
    )
    def train_for_an_epoch(self, rows, size, layout, seed, wrong):
        """Where `wrong` is a row, its target is out of range."""

        def epoch(world):
            x, y = self.batch(rows, seed, layout)
            if wrong is not None:
                y[wrong % rows] = 2.0
            generator = torch.Generator().manual_seed(seed)
            loader = DataLoader(TensorDataset(x, y), size, shuffle=True, generator=generator)
            return self.worlds.epoch(world, loader), generator.get_state().tolist()

        self.twins.both(epoch, (RuntimeError, ValueError))

    @rule()
    def call_with_definitions(self):
        with use_definitions():
            self.twins.call(lambda _: self.batch(8, 0, "plain"))

    @rule(mode=st.sampled_from(["train", "eval"]))
    def change_mode(self, mode):
        self.twins.do(lambda world: getattr(world.net, mode)())

    @rule(name=st.sampled_from(["lr", "weight_decay"]), value=st.sampled_from([0.0, 0.1, 0.01]))
    def change_setting(self, name, value):
        self.twins.do(lambda world: world.optimizer.param_groups[0].update({name: value}))

    @precondition(lambda self: "momentum" in self.twins.eager.optimizer.defaults)
    @rule(value=st.sampled_from([0, 0.9]))
    def change_momentum(self, value):
        self.twins.do(lambda world: world.optimizer.param_groups[0].update(momentum=value))

    @rule(clear=st.sampled_from(CLEARING), scale=st.sampled_from([1.0, 0.5, -1.0]))
    def change_options(self, clear, scale):
        self.twins.do(lambda world: world.options.update(clear=clear, scale=scale))

    @rule(layer=layer, wanted=st.booleans())
    def freeze(self, layer, wanted):
        if wanted or layer != 3:
            self.twins.do(lambda world: world.net[layer].requires_grad_(wanted))

    @rule(layer=layer)
    def replace_data(self, layer):
        def replace(weight):
            weight.data = weight.detach().clone() * 0.5

        self.twins.do(lambda world: replace(world.net[layer].weight))

    @rule(layer=layer)
    def change_parameter_in_place(self, layer):
        with torch.no_grad():
            self.twins.do(lambda world: world.net[layer].weight.mul_(0.75))

    @rule()
    def reload(self):
        self.twins.do(lambda w: w.optimizer.load_state_dict(w.optimizer.state_dict()))

    @rule(layer=layer, how=st.sampled_from(["none", "scale", "assign", "share"]))
    def meddle_with_a_gradient(self, layer, how):
        def meddle(world):
            weight = world.net[layer].weight
            if how == "none" or weight.grad is None:
                weight.grad = None
            elif how == "scale":
                weight.grad.mul_(2.0)
            elif how == "assign":
                weight.grad = torch.ones(*weight.shape)
            else:
                world.held = weight.grad

        self.twins.do(meddle)

    @rule()
    def work_eagerly(self):
        def work(world):
            loss = world.net(self.batch(8, 1, "plain")[0]).sum()
            if loss.requires_grad:
                loss.backward()

        self.twins.do(work)

    @rule(rows=some_rows)
    def step_between_forward_and_backward(self, rows):
        def work(world):
            loss = world.net(self.batch(8, 1, "plain")[0]).sum()
            world.step(*self.batch(rows, 2, "plain"))
            loss.backward()

        self.twins.both(work, RuntimeError)

    @rule(layer=layer)
    def hook(self, layer):
        def change(world):
            handle = self.handles.pop((id(world), layer), None)
            if handle is None:
                hook = world.net[layer].register_forward_hook(lambda m, args, out: out * 0.5)
                self.handles[id(world), layer] = hook
            else:
                handle.remove()

        self.twins.do(change)

    @invariant()
    def what_was_kept_is_as_it_is_eagerly(self):
        for eager, compiled in self.kept:
            assert eager.tobytes() == compiled.tobytes()


@pytest.mark.filterwarnings("ignore:.*is recorded at every call")
def test_histories(worlds):
    run_state_machine_as_test(lambda: Histories(worlds), settings=settings(stateful_step_count=40))
