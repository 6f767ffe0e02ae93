"""How does JAX take a step, written as its users write it?

One jitted function of the state and a batch, which gives the new state and the loss; the state's
memory is given away at each call.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from .module_step import Step
from .numbers import Numbers
from .workloads import Layers, Workload

MOMENTUM, EPSILON = 0.1, 1e-5  # of BatchNorm
BETAS, ADAM_EPSILON = (0.9, 0.999), 1e-8


def make_step(workload: Workload, numbers: Numbers | None = None) -> Step:
    """A new network and what trains it on a batch, or what gives its result."""
    drawn = drawn_parameters(workload.layers) if numbers is None else numbers.parameters
    parameters = [jnp.asarray(each) for each in drawn]
    statistics = first_statistics(workload.layers)
    evaluation = workload.evaluation

    if workload.optimizer is None:

        @jax.jit
        def predict(parameters: Any, statistics: Any, x: Any) -> Any:
            return forward(workload.layers, parameters, statistics, x, evaluation)[0]

        return lambda x, y: predict(parameters, statistics, x).block_until_ready()

    def loss_function(parameters: Any, statistics: Any, x: Any, y: Any) -> Any:
        p, new = forward(workload.layers, parameters, statistics, x, evaluation)
        logarithm, other = jnp.log(p), jnp.log1p(-p)
        return -jnp.mean(
            y * jnp.maximum(logarithm, -100) + (1 - y) * jnp.maximum(other, -100)
        ), new

    def update(state: Any, x: Any, y: Any) -> Any:
        parameters, statistics, memory = state
        differentiated = jax.value_and_grad(loss_function, has_aux=True)
        (loss, statistics), gradients = differentiated(parameters, statistics, x, y)
        change = sgd if workload.optimizer == "SGD" else adam
        parameters, memory = change(parameters, gradients, memory, workload.learning_rate)
        return (parameters, statistics, memory), loss

    jitted = jax.jit(update, donate_argnums=0)
    memory = first_memory(parameters) if workload.optimizer == "Adam" else None
    state = (parameters, statistics, memory)

    def step(x: Any, y: Any) -> Any:
        nonlocal state
        state, loss = jitted(state, x, y)
        return loss.block_until_ready()

    return step


def forward(layers: Layers, parameters: Any, statistics: Any, x: Any, evaluation: bool) -> Any:
    """The network's result, and the running statistics after it."""
    left, known, new = iter(parameters), iter(statistics), []
    for name, *_ in layers:
        if name == "Linear":
            weight, bias = next(left), next(left)
            x = x @ weight.T + bias  # (N, outputs)
        elif name == "BatchNorm1d":
            weight, bias = next(left), next(left)
            running_mean, running_var = next(known)
            mean, var = running_mean, running_var
            if not evaluation:
                mean, var, rows = x.mean(0), x.var(0), x.shape[0]
                running_mean = (1 - MOMENTUM) * running_mean + MOMENTUM * mean
                running_var = (1 - MOMENTUM) * running_var + MOMENTUM * var * rows / (rows - 1)
            new.append((running_mean, running_var))
            x = (x - mean) * jax.lax.rsqrt(var + EPSILON) * weight + bias
        else:
            x = {"ELU": jax.nn.elu, "ReLU": jax.nn.relu, "Sigmoid": jax.nn.sigmoid}[name](x)
    return x, new


def sgd(parameters: Any, gradients: Any, memory: None, rate: float) -> Any:
    return [p - rate * g for p, g in zip(parameters, gradients, strict=True)], None


def adam(parameters: Any, gradients: Any, memory: Any, rate: Any) -> Any:
    """Kingma & Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1."""
    first, second = BETAS
    count, means, squares = memory
    count = count + 1
    means = [first * m + (1 - first) * g for m, g in zip(means, gradients, strict=True)]
    squares = [second * s + (1 - second) * g * g for s, g in zip(squares, gradients, strict=True)]
    rate = rate / (1 - first**count)
    root = jnp.sqrt(1 - second**count)
    new = [
        p - rate * m / (jnp.sqrt(s) / root + ADAM_EPSILON)
        for p, m, s in zip(parameters, means, squares, strict=True)
    ]
    return new, (count, means, squares)


def first_memory(parameters: Any) -> Any:
    """Adam's, before any step; each array is one of its own, as its memory is given away."""
    count = jnp.zeros(())
    return (
        count,
        [jnp.zeros_like(p) for p in parameters],
        [jnp.zeros_like(p) for p in parameters],
    )


def first_statistics(layers: Layers) -> Any:
    """Running means and variances before any step."""
    sizes = [layer[1] for layer in layers if layer[0] == "BatchNorm1d"]
    return [(jnp.zeros(size), jnp.ones(size)) for size in sizes]


def drawn_parameters(layers: Layers) -> list[Any]:
    """First weights as a user would draw them."""
    generator = np.random.default_rng(0)
    drawn: list[Any] = []
    for name, *sizes in layers:
        if name == "Linear":
            inputs, outputs = sizes
            bound = inputs**-0.5
            drawn.append(generator.uniform(-bound, bound, (outputs, inputs)).astype("float32"))
            drawn.append(generator.uniform(-bound, bound, outputs).astype("float32"))
        elif name == "BatchNorm1d":
            drawn += [np.ones(sizes[0], "float32"), np.zeros(sizes[0], "float32")]
    return drawn


def batches_of(numbers: Numbers) -> list[tuple[Any, Any]]:
    """Inputs and targets on the device."""
    return [(jnp.asarray(x), jnp.asarray(y)) for x, y in zip(numbers.x, numbers.y, strict=True)]
