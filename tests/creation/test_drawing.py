"""Random tensors: PyTorch's numbers from the same seed, in any dtype and layout."""

import numpy as np
import pytest

import minigrad

DRAWS = {
    "rand": lambda t: t.rand(3, 5),
    "rand, float64": lambda t: t.rand((7,), dtype=t.float64),
    "rand_like, transposed": lambda t: t.rand_like(t.ones(3, 4).T),
    "randint": lambda t: t.randint(3, (20,)),
    "randint between": lambda t: t.randint(-5, 10**10, size=(20,)),
    "randint of floats": lambda t: t.randint(low=2, high=9, size=(20,), dtype=t.float32),
    "randint_like": lambda t: t.randint_like(t.ones(4, 3).T, 1, 9),
    "randint_like below": lambda t: t.randint_like(t.ones(4, 3), high=t.tensor(9)),
    "randint_like by name": lambda t: t.randint_like(t.ones(4, 3), high=9, low=2, dtype=t.int64),
    "randperm": lambda t: t.randperm(17),
    "randperm of floats": lambda t: t.randperm(17, dtype=t.float32),
    "bernoulli": lambda t: t.bernoulli(t.full((40,), 0.4)),
    "bernoulli of float64": lambda t: t.bernoulli(t.full((40,), 0.4, dtype=t.float64)),
    "bernoulli_": lambda t: t.ones(4, 10).T.bernoulli_(0.3),
    "bernoulli_ of bools": lambda t: t.ones(40, dtype=t.bool).bernoulli_(0.3),
    "bernoulli_ by a tensor": lambda t: t.ones(4, 10).T.bernoulli_(t.full((4,), 0.3)),
    "multinomial": lambda t: t.multinomial(t.tensor([0.1, 0.0, 0.9, 5.0]), 3),
    "multinomial of one": lambda t: t.linspace(0, 3, 40).multinomial(1),
    "multinomial of rows": lambda t: t.multinomial(t.arange(30.0).view(5, 6), 4),
    "multinomial of columns": lambda t: t.multinomial(t.arange(30.0).view(5, 6).T, 4),
    "multinomial of float64": lambda t: t.multinomial(t.arange(30).view(5, 6).double(), 5),
    "multinomial with replacement": lambda t: t.multinomial(t.arange(30.0).view(5, 6), 20, True),
    "one by multinomial with replacement": lambda t: t.multinomial(t.arange(5.0), 1, True),
    "multinomial with replacement, of float64": lambda t: t.multinomial(
        t.linspace(0, 1, 9, dtype=t.float64), 40, replacement=True
    ),
    "multinomial of no row": lambda t: t.multinomial(t.ones(0, 3), 2),
}


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_the_same_seed_gives_pytorchs_numbers(draw):
    torch = pytest.importorskip("torch")
    drawn = []
    for lib in (minigrad, torch):
        lib.manual_seed(3)
        made = draw(lib)
        drawn.append((made.numpy(), made.stride(), lib.rand(1).item()))  # and as many words
    np.testing.assert_array_equal(drawn[0][0], drawn[1][0])
    assert drawn[0][0].dtype == drawn[1][0].dtype and drawn[0][1:] == drawn[1][1:]


def test_normal_numbers_are_within_rounding_of_pytorchs():
    torch = pytest.importorskip("torch")
    for draw in (lambda t: t.randn(40), lambda t: t.randn_like(t.ones(4, 3).T)):
        drawn = []
        for lib in (minigrad, torch):
            lib.manual_seed(3)
            drawn.append(draw(lib).numpy())
        np.testing.assert_allclose(*drawn, rtol=3e-7)


def test_a_generator_of_its_own(torch):
    torch.manual_seed(3)
    drawn = torch.rand(3).tolist()
    own = torch.Generator().manual_seed(3)
    assert torch.rand(3, generator=own).tolist() == drawn
    assert torch.rand(3, generator=own, requires_grad=True).requires_grad


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda t: t.rand(2, dtype=t.int64), "NotImplementedError: \"check_uniform_bounds\" n"),
        (lambda t: t.randn(2, dtype=t.bool), "NotImplementedError: \"normal_kernel_cpu\" not"),
        (lambda t: t.rand_like(t.ones(2).long()), "NotImplementedError: \"check_uniform_bound"),
        (lambda t: t.rand(2, generator=3), "TypeError: "),
        (lambda t: t.rand(), "TypeError: rand()"),
        (lambda t: t.rand(-1), "RuntimeError: Trying to create tensor with negative dimension"),
        (lambda t: t.randint(3, 5), "TypeError: randint()"),
        (lambda t: t.randint(True, (2,)), "TypeError: randint(): argument 'high'"),
        (lambda t: t.rand_like(t.ones(2).long(), requires_grad=True), "NotImplementedError: "),
        (lambda t: t.randint(0.5, (2,)), "TypeError: randint(): argument 'high'"),
        (lambda t: t.randint(5, 3, (2,)), "RuntimeError: random_ expects 'from' to be less th"),
        (lambda t: t.randint(3, (2.0,)), "TypeError: randint(): argument 'size' (position 2)"),
        (lambda t: t.randint(0, 2, (2,), requires_grad=True), "RuntimeError: Only Tensors of"),
        (lambda t: t.randperm(-1), "RuntimeError: Trying to create tensor with negative dimen"),
        (lambda t: t.randperm(3.0), "TypeError: randperm(): argument 'n' (position 1) must be"),
        (lambda t: t.randperm(3, dtype=t.bool), "NotImplementedError: \"randperm\" not implem"),
        (lambda t: t.randint(3, low=1, size=(2,)), "TypeError: randint()"),
        (lambda t: t.randint_like(t.ones(2), low=3), "TypeError: randint_like()"),
        (lambda t: t.randint_like(t.ones(2), 3, low=1), "TypeError: randint_like()"),
        (lambda t: t.bernoulli([1]), "TypeError: bernoulli(): argument 'input' (position 1) m"),
        (lambda t: t.bernoulli(t.ones(2).long()), "NotImplementedError: \"bernoulli_tensor_cp"),
        (lambda t: t.bernoulli(t.ones(2) * 2), "RuntimeError: "),
        (lambda t: t.multinomial([1.0], 1), "TypeError: multinomial(): argument 'input' (positio"),
        (lambda t: t.multinomial(t.ones(2), 1.5), "TypeError: multinomial(): argument 'num_sampl"),
        (lambda t: t.multinomial(t.ones(2), 1, replacement=1), "TypeError: multinomial(): argume"),
        (lambda t: t.multinomial(t.ones(2), 1, generator=5), "TypeError: multinomial(): argument"),
        (lambda t: t.multinomial(t.ones(2).long(), 1), "RuntimeError: multinomial only supports "),
        (lambda t: t.multinomial(t.ones(2), 0), "RuntimeError: cannot sample n_sample <= 0 sampl"),
        (lambda t: t.multinomial(t.ones(2), 3), "RuntimeError: cannot sample n_sample > prob_dis"),
        (lambda t: t.multinomial(t.ones(0, 2), 3), "RuntimeError: cannot sample n_sample > prob_"),
        (lambda t: t.multinomial(t.tensor(1.0), 1), "RuntimeError: prob_dist must be 1 or 2 dim"),
        (lambda t: t.multinomial(t.eye(2) - 0.5, 1), "RuntimeError: probability tensor contains "),
        (lambda t: t.multinomial(t.tensor([[1.0, 0.0], [0.0, 0.0]]), 1),
         "RuntimeError: invalid multinomial distribution (sum of probabilities <= 0)"),
    ],
)  # fmt: skip
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch).startswith(error)
