"""What does a fully connected layer hold, and how does it start?"""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

import minigrad


def fingerprint(tensor):
    return hashlib.sha256(tensor.detach().numpy().tobytes()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("dtype", "weight", "bias"),
    [
        ("float32", "c1678cf142b1", "f1eb781f5a3b"),
        ("float64", "b96a0e048b40", "83067d537a5a"),
    ],
)
def test_a_seed_gives_the_recorded_weights(torch, dtype, weight, bias):
    torch.manual_seed(0)
    layer = torch.nn.Linear(9, 16, dtype=getattr(torch, dtype))
    assert (fingerprint(layer.weight), fingerprint(layer.bias)) == (weight, bias)


def test_a_seed_gives_the_recorded_network(torch):
    nn = torch.nn
    torch.manual_seed(3)
    first = nn.Linear(9, 16), nn.BatchNorm1d(16), nn.ELU()
    net = nn.Sequential(*first, nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1))
    assert [fingerprint(parameter) for parameter in net.parameters()] == [
        "a8bb1e4c33db", "70ea2aa089fc", "9628e545ed3a", "f5a5fd42d16a",
        "335c1fe52740", "b48307c3b651", "e77a6e93a641", "1d65a044f47e",
    ]  # fmt: skip


@given(
    sizes=st.lists(st.integers(1, 40), min_size=2, max_size=4),
    seed=st.integers(0, 2**64 - 1),
    dtype=st.sampled_from(["float32", "float64"]),
    bias=st.booleans(),
)
def test_the_same_seed_gives_pytorchs_bits(sizes, seed, dtype, bias):
    started = []
    for torch in (minigrad, pytest.importorskip("torch")):
        torch.manual_seed(seed)
        layers = [
            torch.nn.Linear(a, b, bias, dtype=getattr(torch, dtype)) for a, b in pairwise(sizes)
        ]
        parameters = [each for layer in layers for each in layer.parameters()]
        started.append([each.detach().numpy().tobytes() for each in parameters])
    assert started[0] == started[1]


def test_the_output_is_the_weighted_sum_and_the_bias(torch):
    layer = torch.nn.Linear(2, 3)
    layer.weight = torch.nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
    layer.bias = torch.nn.Parameter(torch.tensor([0.5, 0.0, -0.5]))
    out = layer(torch.tensor([[[1.0, 10.0]], [[2.0, 0.0]]]))
    assert out.tolist() == [[[21.5, 43.0, 64.5]], [[2.5, 6.0, 9.5]]]
    assert layer(torch.tensor([1.0, 10.0])).tolist() == [21.5, 43.0, 64.5]
    out.sum().backward()
    assert layer.weight.grad.tolist() == [[3.0, 10.0]] * 3
    assert layer.bias.grad.tolist() == [2.0] * 3


def test_printed_form_and_attributes(torch, printed):
    assert printed(torch.nn.Linear(9, 16)) == "Linear(in_features=9, out_features=16, bias=True)"
    bare = torch.nn.Linear(2, 3, bias=False)
    assert printed(bare) == "Linear(in_features=2, out_features=3, bias=False)"
    assert bare.bias is None and (bare.in_features, bare.out_features) == (2, 3)
    assert list(bare.state_dict()) == ["weight"]


@pytest.mark.filterwarnings("ignore:Initializing zero-element:UserWarning")
def test_without_inputs_the_bias_is_zero_and_still_drawn(torch):
    with pytest.warns(UserWarning, match="^Initializing zero-element tensors is a no-op$"):
        torch.manual_seed(0)
        layer = torch.nn.Linear(0, 3)
    assert layer.bias.tolist() == [0.0] * 3
    assert torch.rand(1).item() == pytest.approx(0.13203048706054688, abs=0)
    assert layer(torch.zeros(2, 0)).tolist() == [[0.0] * 3] * 2


def test_an_empty_batch_has_gradients_of_zero(torch):
    layer = torch.nn.Linear(2, 3)
    layer(torch.zeros(0, 2)).sum().backward()
    assert layer.weight.grad.tolist() == [[0.0, 0.0]] * 3 and layer.bias.grad.tolist() == [0.0] * 3


ERRORS = [
    (lambda torch: torch.tensor(1.0), "RuntimeError: both arguments to linear need to be at least "
     "1D, but they are 0D and 2D"),
    (lambda torch: torch.zeros(2, 5),
     "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x5 and 4x3)"),
    (lambda torch: torch.zeros(5),
     "RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x5 and 4x3)"),
    (lambda torch: torch.zeros(2, 2, 5),
     "RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x5 and 4x3)"),
    (lambda torch: torch.zeros(2, 4, dtype=torch.float64),
     "RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float"),
    (lambda torch: torch.zeros(2, 4, dtype=torch.int64),
     "RuntimeError: mat1 and mat2 must have the same dtype, but got Long and Float"),
    (lambda torch: [1.0, 2.0],
     "TypeError: linear(): argument 'input' (position 1) must be Tensor, not list"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "message"), ERRORS)
def test_a_wrong_input_is_told(torch, failure, wrong, message):
    assert failure(torch.nn.Linear(4, 3), wrong(torch)) == message


def test_wrong_sizes_are_told(torch, failure):
    assert failure(torch.nn.Linear, -1, 3) == (
        "RuntimeError: Trying to create tensor with negative dimension -1: [3, -1]"
    )
    assert failure(torch.nn.Linear, 2, 3, dtype=torch.int64) == (
        "RuntimeError: Only Tensors of floating point and complex dtype can require gradients"
    )


def test_the_identity_takes_any_arguments_and_gives_its_input_back(torch, printed):
    identity, x = torch.nn.Identity(54, unused=True), torch.ones(2)
    assert identity(x) is x
    assert identity(5) == 5
    assert printed(identity) == "Identity()"
