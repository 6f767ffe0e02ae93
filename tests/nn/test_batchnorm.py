"""What does batch normalisation hold, and what does it update when?"""

import math

import pytest
from hypothesis import given, strategies as st

import minigrad


def test_printed_forms(torch, printed):
    nn = torch.nn
    modules = [
        nn.BatchNorm1d(16),
        nn.BatchNorm1d(2, 1e-3, None, False, False),
        nn.BatchNorm1d(2, bias=False),
    ]
    assert [printed(module) for module in modules] == [
        "BatchNorm1d(16, eps=1e-05, momentum=0.1, affine=True, bias=True, "
        "track_running_stats=True)",
        "BatchNorm1d(2, eps=0.001, momentum=None, affine=False, bias=False, "
        "track_running_stats=False)",
        "BatchNorm1d(2, eps=1e-05, momentum=0.1, affine=True, bias=False, "
        "track_running_stats=True)",
    ]
    with pytest.raises(TypeError, match="from 2 to 8 positional arguments but 9 were given"):
        nn.BatchNorm1d(2, 1e-5, 0.1, True, True, None, None, True)


def test_what_it_holds_at_first(torch):
    layer = torch.nn.BatchNorm1d(2, dtype=torch.float64)
    assert {name: value.tolist() for name, value in layer.state_dict().items()} == {
        "weight": [1.0, 1.0],
        "bias": [0.0, 0.0],
        "running_mean": [0.0, 0.0],
        "running_var": [1.0, 1.0],
        "num_batches_tracked": 0,
    }
    assert layer.running_var.dtype == layer.weight.dtype == torch.float64
    assert layer.num_batches_tracked.dtype == torch.int64
    bare = torch.nn.BatchNorm1d(2, affine=False, track_running_stats=False)
    assert list(bare.state_dict()) == []
    assert bare.weight is bare.bias is bare.running_mean is bare.num_batches_tracked is None


def test_a_batch_is_normalised_by_its_biased_variance_and_remembered_by_its_unbiased_one(torch):
    layer = torch.nn.BatchNorm1d(1, eps=1.0, momentum=0.5, dtype=torch.float64)
    out = layer(torch.tensor([[0.0], [2.0], [4.0], [6.0]], dtype=torch.float64))
    expected = [(value - 3) / math.sqrt(5 + 1) for value in (0, 2, 4, 6)]
    assert [row[0] for row in out.tolist()] == pytest.approx(expected, rel=1e-15)
    assert layer.running_mean.tolist() == [1.5]
    assert layer.running_var.tolist() == pytest.approx([0.5 * 1 + 0.5 * 20 / 3], rel=1e-15)
    assert layer.num_batches_tracked.item() == 1


def test_without_momentum_the_statistics_are_the_average_of_all_batches(torch):
    layer = torch.nn.BatchNorm1d(1, momentum=None, dtype=torch.float64)
    for start in (0.0, 3.0, 9.0):
        layer(torch.tensor([[start - 1], [start + 1]], dtype=torch.float64))
    assert layer.running_mean.tolist() == pytest.approx([4.0], rel=1e-15)
    assert layer.running_var.tolist() == pytest.approx([2.0], rel=1e-15)
    layer.num_batches_tracked.fill_(9)
    layer(torch.tensor([[13.0], [15.0]], dtype=torch.float64))
    assert layer.running_mean.tolist() == pytest.approx([5.0], rel=1e-15)


def test_momentum_is_taken_as_it_is(torch):
    batch = torch.tensor([[1.0], [3.0]])
    for momentum, mean in ((0.0, 0.0), (0, 0.0), (2, 4.0), (-1.0, -2.0)):
        layer = torch.nn.BatchNorm1d(1, momentum=momentum)
        layer(batch)
        assert layer.running_mean.tolist() == [mean]
        assert layer.num_batches_tracked.item() == 1


def test_evaluation_uses_the_running_statistics_and_changes_nothing(torch):
    layer = torch.nn.BatchNorm1d(1, eps=0.0, dtype=torch.float64).eval()
    layer.running_mean.fill_(2.0)
    layer.running_var.fill_(4.0)
    assert layer(torch.tensor([[6.0]], dtype=torch.float64)).tolist() == [[2.0]]
    assert layer.num_batches_tracked.item() == 0 and layer.running_mean.tolist() == [2.0]
    layer.running_var.fill_(-1.0)
    assert math.isnan(layer(torch.tensor([[6.0]], dtype=torch.float64)).item())


def test_untracked_evaluation_uses_the_batch(torch, failure):
    layer = torch.nn.BatchNorm1d(1, track_running_stats=False).eval()
    assert layer(torch.tensor([[1.0], [3.0]])).reshape(2).tolist() == pytest.approx([-1, 1], 1e-5)
    assert failure(layer, torch.ones(1, 1)) == (
        "ValueError: Expected more than 1 value per channel when training, got input size "
        "minigrad.Size([1, 1])"
    )


def test_without_statistics_only_the_parameters_have_a_size(torch, failure):
    x = torch.ones(4, 5)
    for mode in (True, False):
        untracked = torch.nn.BatchNorm1d(3, track_running_stats=False).train(mode)
        assert failure(untracked, x) == "RuntimeError: weight should contain 5 elements not 3"
        bare = torch.nn.BatchNorm1d(3, affine=False, track_running_stats=False).train(mode)
        assert bare(x).tolist() == [[0.0] * 5] * 4


@pytest.mark.parametrize("momentum", [0.1, None])
def test_statistics_follow_without_a_graph_and_with_a_counter_of_any_dtype(torch, momentum):
    layer = torch.nn.BatchNorm1d(1, momentum=momentum).type(torch.float64)
    with torch.no_grad():
        for _ in range(2):
            layer(torch.tensor([[1.0], [3.0]], dtype=torch.float64))
    assert layer.num_batches_tracked.item() == 2.0
    assert layer.num_batches_tracked.dtype == torch.float64
    expected = 2.0 if momentum is None else 0.1 * 2 + 0.9 * (0.1 * 2)
    assert layer.running_mean.tolist() == pytest.approx([expected], rel=1e-15)


def test_tracking_switched_off_later_stops_updates_but_evaluation_keeps_the_buffers(torch):
    layer = torch.nn.BatchNorm1d(1)
    layer.track_running_stats = False
    batch = torch.tensor([[1.0], [3.0]])
    layer(batch)
    assert layer.running_mean.tolist() == [0.0] and layer.num_batches_tracked.item() == 0
    assert layer.eval()(batch).tolist()[1] == pytest.approx([3.0], rel=1e-4)


@pytest.mark.parametrize(
    ("shape", "counted", "message"),
    [
        ((3,), 0, "ValueError: expected 2D or 3D input (got 1D input)"),
        ((4, 3, 1, 1), 0, "ValueError: expected 2D or 3D input (got 4D input)"),
        ((1, 3), 1, "ValueError: Expected more than 1 value per channel when training, got input "
         "size minigrad.Size([1, 3])"),
        ((4, 5), 1, "RuntimeError: running_mean should contain 5 elements not 3"),
    ],
)  # fmt: skip
def test_a_refused_batch_is_counted_unless_its_dimension_is_wrong(
    torch, failure, shape, counted, message
):
    layer = torch.nn.BatchNorm1d(3)
    assert failure(layer, torch.zeros(*shape)) == message
    assert layer.num_batches_tracked.item() == counted
    assert layer.running_mean.tolist() == [0.0] * 3


def test_only_one_running_statistic_is_an_error_of_its_own_in_each_mode(torch, failure):
    layer = torch.nn.BatchNorm1d(3)
    layer.running_var = None
    assert failure(layer, torch.zeros(4, 3)) == (
        "ValueError: running_mean and running_var must either both be None or neither be None"
    )
    assert failure(layer.eval(), torch.zeros(4, 3)) == (
        "RuntimeError: running_var must be defined in evaluation mode"
    )
    layer.running_mean = None
    assert layer(torch.zeros(4, 3)).tolist() == [[0.0] * 3] * 4


def test_eps_is_looked_at_when_it_is_used(torch, failure):
    layer = torch.nn.BatchNorm1d(3, eps=0)
    assert failure(layer, torch.zeros(4, 3)) == (
        "ValueError: batch_norm eps must be positive during training, but got 0"
    )
    assert layer.eval()(torch.zeros(4, 3)).tolist() == [[0.0] * 3] * 4


@pytest.mark.parametrize("shape", [(0, 3), (0, 5), (2, 5, 0)])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
@pytest.mark.parametrize("training", [True, False])
def test_what_has_no_elements_may_have_any_dtype_and_any_number_of_channels(
    torch, shape, dtype, training
):
    layer = torch.nn.BatchNorm1d(3).train(training)
    x = torch.ones(shape, dtype=getattr(torch, dtype))
    y = layer(x)
    assert y.shape == shape and y.dtype == (torch.float64 if dtype == "float64" else torch.float32)
    y.sum().backward()
    assert layer.weight.grad.tolist() == layer.bias.grad.tolist() == [0.0] * 3
    with pytest.raises(IndexError):
        torch.nn.BatchNorm1d(0)(torch.ones(2, 0))


@pytest.mark.parametrize("shape", [(0, 3), (0, 3, 2), (2, 3, 0)])
def test_an_empty_batch_is_counted_and_teaches_nothing(torch, shape):
    layer = torch.nn.BatchNorm1d(3)
    out = layer(torch.zeros(*shape))
    assert tuple(out.shape) == shape
    assert layer.num_batches_tracked.item() == 1
    assert layer.running_mean.tolist() == [0.0] * 3 and layer.running_var.tolist() == [1.0] * 3
    if len(shape) == 2:
        out.sum().backward()
        assert layer.weight.grad.tolist() == layer.bias.grad.tolist() == [0.0] * 3


def test_an_infinity_spoils_its_own_column_only(torch):
    layer = torch.nn.BatchNorm1d(2)
    out = layer(torch.tensor([[math.inf, 1.0], [2.0, 3.0]]))
    assert all(math.isnan(row[0]) for row in out.tolist())
    assert [row[1] for row in out.tolist()] == pytest.approx([-1.0, 1.0], rel=1e-4)
    assert layer.running_mean.tolist() == pytest.approx([math.inf, 0.2])
    assert math.isnan(layer.running_var.tolist()[0])


def test_statistics_may_be_edited_between_forward_and_backward_only_by_training(torch, failure):
    layer = torch.nn.BatchNorm1d(2)
    batch = torch.tensor([[1.0, 1.0], [2.0, 3.0]])
    first = layer(batch)
    layer(batch)
    first.sum().backward()
    evaluated = layer.eval()(batch)
    layer.running_mean.add_(1.0)
    assert "modified by an inplace operation" in failure(evaluated.sum().backward)


def test_the_statistics_are_no_part_of_the_graph(torch):
    layer = torch.nn.BatchNorm1d(2)
    layer(torch.ones(3, 2, requires_grad=True) * 2)
    assert not layer.running_mean.requires_grad and not layer.running_var.requires_grad


batches = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([None, 0, 1, 3]), st.booleans()),
    min_size=1,
    max_size=5,
)


def trained(torch, settings, batches):
    """What a layer gives for each batch, and what it holds after all of them."""
    torch.manual_seed(0)
    layer = torch.nn.BatchNorm1d(2, dtype=torch.float64, **settings)
    outputs = []
    for rows, length, training in batches:
        size = (rows, 2) if length is None else (rows, 2, length)
        values = torch.arange(math.prod(size)).to(torch.float64).reshape(*size)
        values = values * values - 7 * values
        try:
            outputs.append(layer.train(training)(values).reshape(math.prod(size)).tolist())
        except ValueError as error:
            outputs.append(str(error).replace("torch.", "minigrad."))
    return outputs, {name: value.tolist() for name, value in layer.named_buffers()}


@given(
    batches,
    st.fixed_dictionaries(
        {
            "eps": st.sampled_from([1e-5, 0.1]),
            "momentum": st.sampled_from([None, 0.1, 0.5, 1]),
            "affine": st.booleans(),
            "bias": st.booleans(),
            "track_running_stats": st.booleans(),
        }
    ),
)
def test_any_sequence_of_batches_leaves_what_it_leaves_in_pytorch(batches, settings):
    torch = pytest.importorskip("torch")
    outputs, state = trained(minigrad, settings, batches)
    their_outputs, their_state = trained(torch, settings, batches)
    for ours, theirs in zip(outputs, their_outputs, strict=True):
        close = theirs if isinstance(theirs, str) else pytest.approx(theirs, rel=1e-12, abs=1e-12)
        assert ours == close
    assert state.keys() == their_state.keys()
    for name, values in state.items():
        assert values == pytest.approx(their_state[name], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ["running_mean", "running_var"])
@pytest.mark.parametrize("compiled", [False, True])
def test_statistics_changed_by_hand_before_backward_are_refused(name, compiled):
    layer, changing = minigrad.nn.BatchNorm1d(2), [False]
    x = minigrad.tensor([[1.0, 2.0], [3.0, 5.0]])

    def step():
        loss = layer(x).sum()
        if changing[0]:
            getattr(layer, name).fill_(0)
        loss.backward()

    run = minigrad.compile(step) if compiled else step
    for _ in range(3):
        run()
    changing[0] = True
    for _ in range(3):
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            run()


def test_statistics_updated_by_the_layer_are_no_change(torch):
    layer = torch.nn.BatchNorm1d(2)
    versions = [layer.running_mean._version, layer.running_var._version]
    x = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
    first, second = layer(x), layer(x + 1)
    first.sum().backward()
    second.sum().backward()
    assert [layer.running_mean._version, layer.running_var._version] == versions
    assert layer.num_batches_tracked.item() == 2


def test_a_class_may_take_other_shapes(torch):
    class AnyShape(torch.nn.modules.batchnorm._BatchNorm):
        def _check_input_dim(self, input):
            assert input.dim() == 4

    layer = AnyShape(2)
    output = layer(torch.tensor([[[[1.0]], [[2.0]]], [[[3.0]], [[6.0]]]]))
    assert output.flatten().tolist() == pytest.approx([-1.0, -1.0, 1.0, 1.0], abs=1e-4)
    with pytest.raises(ValueError, match="expected 2D or 3D input"):
        torch.nn.BatchNorm1d(2)._check_input_dim(torch.ones(2))
    assert isinstance(torch.nn.BatchNorm1d(2), torch.nn.modules.batchnorm._BatchNorm)
    with pytest.raises(NotImplementedError):
        torch.nn.modules.batchnorm._BatchNorm(2)(torch.ones(2, 2))


def test_a_batch_norm_of_a_users_own(torch):
    """As it is written out in tutorials: the shape is checked by the class's method."""

    class Plain(torch.nn.BatchNorm1d):
        def forward(self, input):
            self._check_input_dim(input)
            mean, var = input.mean(0), input.var(0, unbiased=False)
            with torch.no_grad():
                self.running_mean += self.momentum * (mean - self.running_mean)
            return (input - mean) / torch.sqrt(var + self.eps) * self.weight + self.bias

    x = torch.tensor([[1.0, 5.0], [3.0, 2.0], [4.0, 4.0]])
    plain, layer = Plain(2), torch.nn.BatchNorm1d(2)
    assert plain(x).flatten().tolist() == pytest.approx(layer(x).flatten().tolist(), rel=1e-5)
    assert plain.running_mean.tolist() == pytest.approx(layer.running_mean.tolist())
