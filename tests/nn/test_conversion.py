"""How do a module's values change their dtype, and where may they be?"""

import pytest

import minigrad

WAYS_TO_DOUBLE = [
    lambda torch, net: net.double(),
    lambda torch, net: net.to(torch.float64),
    lambda torch, net: net.to("cpu", torch.float64),
    lambda torch, net: net.to(device="cpu", dtype=torch.float64),
    lambda torch, net: net.to("cpu", torch.float64, True),
    lambda torch, net: net.to(torch.float64, True),
    lambda torch, net: net.to(torch.zeros(1, dtype=torch.float64)),
    lambda torch, net: net.to(tensor=torch.zeros(1, dtype=torch.float64)),
]


@pytest.mark.parametrize("convert", WAYS_TO_DOUBLE)
def test_floating_point_values_are_converted_and_parameters_stay_the_same_objects(torch, convert):
    net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    net(torch.ones(4, 2)).sum().backward()
    weight, gradient = net[0].weight, net[0].weight.grad.tolist()
    assert convert(torch, net) is net
    assert net[0].weight is weight and weight.dtype == weight.grad.dtype == torch.float64
    assert weight.grad.tolist() == gradient
    assert net[1].running_mean.dtype == torch.float64
    assert net[1].num_batches_tracked.dtype == torch.int64
    assert net(torch.ones(4, 2, dtype=torch.float64)).dtype == torch.float64
    assert net.float()[0].weight.dtype == torch.float32
    assert weight.requires_grad and weight.is_leaf


def test_the_cpu_is_where_everything_is(torch):
    net = torch.nn.Linear(2, 3)
    assert net.to("cpu") is net and net.cpu() is net and net.to() is net
    assert net.to("cpu", memory_format=torch.contiguous_format) is net
    assert net.weight.dtype == torch.float32


def test_integers_are_no_dtype_for_a_network(torch, failure):
    assert failure(torch.nn.Linear(2, 3).to, torch.int64) == (
        "TypeError: nn.Module.to only accepts floating point or complex dtypes, but got desired "
        "dtype=minigrad.int64"
    )


@pytest.mark.parametrize("to", [(float,), ("cpu", float), (None, float), (float, True), (2.0,)])
def test_pythons_float_is_float64(torch, to):
    assert torch.nn.Linear(2, 3).to(*to).weight.dtype == torch.float64


def test_layers_are_made_of_pythons_types_as_well(torch, failure):
    layers = torch.nn.Linear(2, 3, dtype=float), torch.nn.BatchNorm1d(2, dtype=float)
    assert {each.weight.dtype for each in layers} == {torch.float64}
    norm = torch.nn.BatchNorm1d(2, dtype=int, affine=False)
    assert norm.running_mean.dtype == torch.int64
    assert failure(torch.nn.Linear, 2, 3, dtype=int).startswith("RuntimeError: Only Tensors of")
    assert failure(torch.nn.Linear(2, 3).type, float) == "ValueError: invalid type: 'float'"


def test_there_is_one_dtype_to_convert_to(torch):
    layer, like = torch.nn.Linear(2, 3), torch.ones(1)
    wrong = [(torch.float64, torch.float64), (like, torch.float64), ("cpu", True), (str,)]
    for given in wrong:
        with pytest.raises((TypeError, RuntimeError)) as refused:
            layer.to(*given)
        assert refused.type is TypeError
    with pytest.raises(TypeError):
        layer.to(torch.float64, dtype=torch.float64)


def test_another_device_is_refused(failure):
    expected = "AssertionError: {}(): minigrad has only the device 'cpu', got 'cuda'"
    assert failure(minigrad.nn.Linear(2, 3).to, "cuda") == expected.format("to")
    assert failure(minigrad.nn.Linear, 2, 3, device="cuda") == expected.format("empty")
    assert failure(minigrad.nn.BatchNorm1d, 2, device="cuda") == expected.format("empty")


def test_type_converts_values_of_integers_too(torch, failure):
    norm = torch.nn.BatchNorm1d(2)
    assert norm.type(torch.float64).num_batches_tracked.dtype == torch.float64
    assert norm.type(f"{torch.__name__}.FloatTensor").weight.dtype == torch.float32
    assert failure(norm.type, "x") == "ValueError: invalid type: 'x'"
    assert failure(norm.type, torch.int64) == (
        "RuntimeError: data set to a tensor that requires gradients must be floating point or "
        "complex dtype"
    )
    assert norm.weight.dtype == norm.num_batches_tracked.dtype == torch.float32


def test_what_there_is_not_says_so(failure):
    net = minigrad.nn.Linear(2, 3)
    expected = "NotImplementedError: minigrad has no float16; it has float32 and float64"
    assert failure(net.half) == expected
    assert failure(net.bfloat16) == expected.replace("float16", "bfloat16")


@pytest.mark.parametrize(
    ("device", "kind"),
    [
        ((), AssertionError),
        (("cuda:1",), AssertionError),
        ((0,), RuntimeError),
        (("cpu",), RuntimeError),
        (("gpu",), RuntimeError),
        ((True,), TypeError),
    ],
)
def test_on_a_gpu_are_modules_without_values_alone(torch, device, kind):
    empty = torch.nn.Sequential(torch.nn.ReLU())
    assert empty.cuda(*device) is empty
    with pytest.raises(kind) as refused:
        torch.nn.Linear(2, 3).cuda(*device)
    assert refused.type is kind


def test_a_module_is_not_copied(torch):
    layer, like = torch.nn.Linear(2, 3), torch.ones(1, dtype=torch.float64)
    for given, named in [
        ((), {"copy": True}),
        ((torch.float64,), {"copy": False}),
        ((torch.float64, False, False), {}),
        ((like, False, True), {}),
        (("cpu", torch.float64, False, False), {}),
    ]:
        with pytest.raises(RuntimeError, match="does not accept copy argument"):
            layer.to(*given, **named)
    assert layer.weight.dtype == torch.float32


def test_a_buffer_of_two_names_is_converted_under_both(torch):
    shared = torch.ones(2)
    module = torch.nn.Module()
    module.register_buffer("one", shared)
    module.register_buffer("other", shared)
    module.double()
    assert module.one.dtype == module.other.dtype == torch.float64


@pytest.fixture
def double_by_default(torch):
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def test_layers_are_of_the_default_dtype(torch, double_by_default):
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    assert {each.dtype for each in net.state_dict().values()} == {torch.float64, torch.int64}
    assert torch.nn.Parameter().dtype == torch.float64
    net(torch.ones(4, 3)).sum().backward()
    assert torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0).dtype == torch.float64
    assert torch.nn.utils.clip_grad_norm_([], 1.0).dtype == torch.float64


def test_a_class_converts_more_than_its_values(torch):
    class Shifted(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = torch.nn.Linear(2, 2)
            self.shift = torch.ones(2)

        def _apply(self, fn, recurse=True):
            super()._apply(fn)
            self.shift = fn(self.shift)
            return self

    net = torch.nn.Sequential(Shifted())
    assert net.double() is net
    assert net[0].shift.dtype == net[0].linear.weight.dtype == torch.float64
    net._apply(lambda tensor: tensor * 2)
    assert net[0].shift.tolist() == [2.0, 2.0]


def test_values_get_new_memory(torch):
    net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    weight, places = net[0].weight, [each.data_ptr() for each in net.state_dict().values()]
    assert net.to_empty(device="cpu") is net
    assert net[0].weight is weight and weight.requires_grad
    assert [each.shape for each in net.parameters()] == [(3, 2), (3,), (3,), (3,)]
    now = [each.data_ptr() for each in net.state_dict().values()]
    assert all(one != other for one, other in zip(places, now, strict=True))
