"""Results are written into tensors that are there, by PyTorch's rules."""

import warnings

import numpy as np
import pytest

import minigrad
from minigrad import out_argument

DTYPES = ("float32", "float64", "int64", "bool")
TWO = {
    "add", "sub", "subtract", "mul", "multiply", "div", "divide", "true_divide", "floor_divide",
    "remainder", "pow", "eq", "ne", "not_equal", "lt", "less", "le", "less_equal", "gt", "greater",
    "ge", "greater_equal", "maximum", "minimum", "logical_and", "logical_or", "logical_xor",
    "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift",
    "matmul", "mm",
}  # fmt: skip
JOINED = {"cat", "concat", "concatenate", "stack", "hstack", "vstack"}
OVER_A_DIMENSION = {
    "sum", "prod", "cumsum", "mean", "var", "std", "logsumexp", "softmax", "log_softmax", "all",
    "any", "amax", "amin", "argmax", "argmin", "max", "min", "median", "sort",
}  # fmt: skip
OTHERWISE = {
    "where": lambda torch, x, **out: torch.where(x != 2, x, x, **out),
    "clamp": lambda torch, x, **out: torch.clamp(x, 1, 2, **out),
    "clip": lambda torch, x, **out: torch.clip(x, 1, 2, **out),
    "clamp_min": lambda torch, x, **out: torch.clamp_min(x, 2, **out),
    "clamp_max": lambda torch, x, **out: torch.clamp_max(x, 2, **out),
    "norm": lambda torch, x, **out: torch.norm(x, 2, 1, **out),
    "topk": lambda torch, x, **out: torch.topk(x, 1, **out),
    "bmm": lambda torch, x, **out: torch.bmm(x[None], x[None], **out),
    "mv": lambda torch, x, **out: torch.mv(x, x[0], **out),
    "dot": lambda torch, x, **out: torch.dot(x[0], x[1], **out),
    "outer": lambda torch, x, **out: torch.outer(x[0], x[1], **out),
    "addmm": lambda torch, x, **out: torch.addmm(x, x, x, **out),
    "addcmul": lambda torch, x, **out: torch.addcmul(x, x, x, **out),
    "addcdiv": lambda torch, x, **out: torch.addcdiv(x, x, x, **out),
    "lerp": lambda torch, x, **out: torch.lerp(x, x, 0.5, **out),
    "index_select": lambda torch, x, **out: torch.index_select(x, 0, index(torch)[0], **out),
    "gather": lambda torch, x, **out: torch.gather(x, 0, index(torch), **out),
    "take_along_dim": lambda torch, x, **out: torch.take_along_dim(x, index(torch), 0, **out),
    "scatter": lambda torch, x, **out: torch.scatter(x, 0, index(torch), x, **out),
    "scatter_add": lambda torch, x, **out: torch.scatter_add(x, 0, index(torch), x, **out),
    "masked_select": lambda torch, x, **out: torch.masked_select(x, x != 2, **out),
    "multinomial": lambda torch, x, **out: torch.multinomial(x[:, :1], 1, **out),
}
# PyTorch lets the gradient through these, or says something else of it.
TAKEN_BY_PYTORCH = ("diag", "floor_divide", "softmax", "log_softmax", "cumsum")
NEW = {
    "zeros": (2, 3), "ones": (2, 3), "full": ((2, 3), 7), "eye": (2,), "arange": (4,),
    "linspace": (0, 3, 4), "rand": (3,), "randn": (3,), "randint": (5, (3,)), "randperm": (5,),
    "normal": (0, 1, (3,)),
}  # fmt: skip
OF_TENSORS = sorted(
    name
    for name in minigrad.__all__
    if getattr(getattr(minigrad, name), "__name__", "")
    in out_argument.TAKING_OUT - {*NEW, "bernoulli", "empty"}
)


def index(torch):
    return torch.tensor([[1, 0], [0, 1]])


def call(torch, name, x, **out):
    if name in OTHERWISE:
        return OTHERWISE[name](torch, x, **out)
    if name in JOINED:
        return getattr(torch, name)([x, x], **out)
    if name in OVER_A_DIMENSION:
        return getattr(torch, name)(x, dim=1, **out)
    return getattr(torch, name)(*([x, x] if name in TWO else [x]), **out)


def outcome(torch, name, dtype, into, requires_grad):
    """What is in `out` afterwards, or which exception there was."""
    numbers = [[0.5, 2.0], [3.0, 1.0]]
    x = torch.tensor(numbers).to(getattr(torch, dtype)).requires_grad_(requires_grad)
    out = torch.empty(0, dtype=getattr(torch, into))
    outs = (out, torch.empty(0, dtype=torch.int64))
    given = outs if name in ("max", "min", "median", "sort", "topk") else out
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = call(torch, name, x, out=given)
        except Exception as error:
            return type(error)
    same = result is out or [*map(id, result)] == [*map(id, outs)]
    return same, str(out.dtype).partition(".")[2], out._version, out.double().numpy()


def works(torch, name, dtype):
    try:
        call(torch, name, torch.ones(2, 2).to(getattr(torch, dtype)))
    except Exception:
        return False
    return True


@pytest.mark.parametrize("name", OF_TENSORS)
def test_the_rules_are_pytorchs(name):
    torch = pytest.importorskip("torch")
    for dtype in (each for each in DTYPES if works(torch, name, each)):
        for into in DTYPES:
            differentiable = dtype.startswith("float") and name not in TAKEN_BY_PYTORCH
            for requires_grad in (False, True) if differentiable else (False,):
                given = name, dtype, into, requires_grad
                mine, theirs = outcome(minigrad, *given), outcome(torch, *given)
                if isinstance(theirs, type) or isinstance(mine, type):
                    assert mine is theirs, given
                else:
                    assert mine[:3] == theirs[:3], given
                    np.testing.assert_allclose(mine[3], theirs[3], rtol=1e-6, err_msg=str(given))


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("into", ["float32", "float64", "int64"])
def test_new_numbers_have_the_dtype_of_what_they_are_written_to(torch, name, into):
    if into == "int64" and name in ("rand", "randn", "normal"):
        with pytest.raises(NotImplementedError):
            getattr(torch, name)(*NEW[name], out=torch.zeros(3, dtype=torch.int64))
        return
    out = torch.empty(0, dtype=getattr(torch, into))
    torch.manual_seed(0)
    given = getattr(torch, name)(*NEW[name], out=out)
    torch.manual_seed(0)
    expected = getattr(torch, name)(*NEW[name], dtype=getattr(torch, into))
    assert given is out and out.dtype == expected.dtype and out.tolist() == expected.tolist()
    other = torch.float64 if into == "float32" else torch.float32
    with pytest.raises(RuntimeError, match="dtype"):
        torch.zeros(2, dtype=other, out=out)


MEANS, DEVIATIONS = [[0.0, 1.0, -1.0]], [[1.0], [3.0]]


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
@pytest.mark.parametrize("into", ["float32", "float64", "int64"])
@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3), (2, 2)])
@pytest.mark.parametrize(("mean", "std"), [(MEANS, 2.0), (0.5, DEVIATIONS), (MEANS, DEVIATIONS)])
def test_numbers_of_many_distributions_are_drawn_in_the_dtype_of_out(
    dtype, into, shape, mean, std
):
    torch = pytest.importorskip("torch")

    def drawn(library):
        library.manual_seed(0)
        given = [
            library.tensor(each, dtype=getattr(library, dtype)) if isinstance(each, list) else each
            for each in (mean, std)
        ]
        out = library.zeros(shape, dtype=getattr(library, into))
        try:
            assert library.normal(*given, out=out) is out
        except Exception as error:
            return type(error)
        return out.numpy()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mine, theirs = drawn(minigrad), drawn(torch)
    if isinstance(theirs, type):
        assert mine is theirs
    else:
        assert mine.dtype == theirs.dtype
        np.testing.assert_allclose(mine, theirs, rtol=1e-6)


def test_means_that_want_a_gradient_are_not_drawn_into_what_is_there(torch):
    mean = torch.zeros(3, requires_grad=True)
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        torch.normal(mean, 1.0, out=torch.zeros(3))


def test_memory_has_the_dtype_of_what_it_is_to_be(torch):
    out = torch.zeros(0, dtype=torch.int64)
    assert torch.empty(2, 3, out=out) is out and (out.shape, out.dtype) == ((2, 3), torch.int64)
    with pytest.raises(RuntimeError, match="dtype"):
        torch.empty(2, dtype=torch.float64, out=out)


@pytest.mark.parametrize("name", ["gelu", "linear", "softplus"])
def test_three_functions_of_networks_take_it(torch, name):
    function, x = getattr(torch.nn.functional, name), torch.tensor([[0.5, -2.0], [0.0, 1.0]])
    given, out = [x, x] if name == "linear" else [x], torch.empty(2, 2)
    assert function(*given, out=out) is out and out.tolist() == function(*given).tolist()
    with pytest.raises(RuntimeError, match="dtype"):
        function(*given, out=out.double())
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        function(x.requires_grad_(), *given[1:], out=out)
    with pytest.raises(TypeError, match="out"):
        torch.nn.functional.elu(x, out=out)


def test_directions_are_written_in_any_dtype_that_holds_them(torch):
    normalize, x = torch.nn.functional.normalize, torch.tensor([[3.0, 4.0], [0.0, -2.0]])
    for out in (torch.empty(2, 2), torch.empty(0, dtype=torch.float64), x.clone()):
        assert normalize(x, out=out) is out and out.float().equal(normalize(x))
    with pytest.raises(RuntimeError, match="can't be cast to the desired output type Long"):
        normalize(x, out=torch.empty(2, 2, dtype=torch.int64))
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        normalize(x.requires_grad_(), out=torch.empty(2, 2))


def test_views_and_operands_can_be_written_to(torch):
    table, x = torch.zeros(3, 2), torch.tensor([1.0, 2.0])
    torch.mul(x, 2, out=table[1])
    assert table.tolist() == [[0.0, 0.0], [2.0, 4.0], [0.0, 0.0]]
    torch.add(x, x, out=x)
    assert x.tolist() == [2.0, 4.0]
    if torch is minigrad:  # what PyTorch's product gives here depends on the processor
        torch.mm(table[1:], table[1:], out=table[1:])
        assert table.tolist() == [[0.0, 0.0], [4.0, 8.0], [0.0, 0.0]]


def test_another_shape_is_warned_of_unless_there_are_no_elements(torch):
    x = torch.tensor([1.0, 2.0, 3.0])
    with pytest.warns(UserWarning, match=r"resized since it had shape \[2\].*output shape \[3\]"):
        given = torch.exp(x, out=torch.empty(2))
    with pytest.warns(UserWarning) as warned:
        torch.add(x, x, out=torch.empty(2))
    if torch is minigrad:
        assert warned[0].filename == __file__
    assert given.tolist() == x.exp().tolist()
    with pytest.warns(UserWarning, match="resized"):
        torch.arange(3, out=torch.zeros(2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert torch.zeros(3, out=torch.ones(2)).tolist() == [0.0, 0.0, 0.0]
        assert torch.cat([x, x], out=torch.empty(0)).shape == (6,)


def test_rows_of_as_many_numbers_keep_the_shape_that_is_there(torch):
    table, number = torch.zeros(2, 3)[:, :2], torch.zeros(())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert torch.arange(4.0, out=table).tolist() == [[0.0, 1.0], [2.0, 3.0]]
        assert torch.linspace(3, 0, 4, out=table.t()).tolist() == [[3.0, 2.0], [1.0, 0.0]]
        assert torch.linspace(5, 7, 1, out=number).tolist() == 5.0
    assert table.tolist() == [[3.0, 1.0], [2.0, 0.0]]


def test_what_cannot_be_written_to(torch):
    x, leaf = torch.ones(3), torch.ones(3, requires_grad=True)
    for wrong, error, text in (
        (lambda: torch.add(x, x, out="x"), TypeError, "argument 'out' must be Tensor, not str"),
        (lambda: torch.max(x, 0, out=x), TypeError, "max()"),
        (lambda: torch.sort(x, out=(x,)), TypeError, "tuple of 2"),
        (lambda: torch.sum(x, 0, out=(x,)), TypeError, "must be Tensor, not tuple"),
        (lambda: torch.flip(x, (0,), out=x), TypeError, "unexpected keyword argument 'out'"),
        (lambda: x.add(x, out=x), TypeError, "unexpected keyword argument 'out'"),
        (lambda: torch.add(x, x, out=leaf), RuntimeError, "out=... arguments don't support auto"),
        (lambda: torch.add(x.long(), 1, out=leaf), RuntimeError, "out=... arguments do"),
        (lambda: torch.add(x, x, out=x[:1].expand(3)), RuntimeError, "single memory location"),
        (lambda: torch.add(x[:2], 1, out=x[1:]), RuntimeError, "some elements of the input"),
    ):  # fmt: skip
        with pytest.raises(error) as caught:
            wrong()
        if torch is minigrad:
            assert text in str(caught.value)
    with torch.no_grad():
        assert torch.add(x, x, out=leaf) is leaf and leaf.requires_grad
    assert leaf.tolist() == [2.0, 2.0, 2.0]
    assert torch.eq(x, leaf, out=leaf).tolist() == [0.0, 0.0, 0.0]  # it has no derivative at all


def test_an_operand_may_be_written_to_only_where_it_is_no_longer_read(torch):
    def operands():
        x = torch.tensor([3, 1, 2])
        return x, torch.tensor([2, 0, 1]), torch.tensor([True, False, True])

    overlap, shape = "some elements of the input", "doesn't match the broadcast shape"
    for refused, text in (
        (lambda x, index, mask: torch.gather(x, 0, index, out=x), overlap),
        (lambda x, index, mask: torch.gather(x, 0, index[:2], out=x[:2]), overlap),
        (lambda x, index, mask: torch.index_select(x, 0, index, out=index), overlap),
        (lambda x, index, mask: torch.masked_select(x, mask, out=x), overlap),
        (lambda x, index, mask: torch.scatter(x, 0, index, index, out=index), overlap),
        (lambda x, index, mask: torch.cat([x], out=x), overlap),
        (lambda x, index, mask: torch.stack([x, x], out=x), overlap),
        (lambda x, index, mask: torch.add(x, torch.tensor([[1], [2]]), out=x), shape),
        (lambda x, index, mask: torch.lt(x, torch.tensor([[1], [2]]), out=x), shape),
    ):
        given = operands()
        with pytest.raises(RuntimeError, match=text):
            refused(*given)
        if torch is minigrad:  # PyTorch has given some another shape by then
            assert [each.tolist() for each in given] == [each.tolist() for each in operands()]
    x, index, _ = operands()
    with pytest.raises(RuntimeError, match=overlap):  # in whatever order they are named
        torch.gather(index=index, dim=0, input=x, out=x)
    assert torch.gather(index=index, input=x, dim=0, out=index).tolist() == [2, 3, 1]
    assert torch.scatter(x, 0, torch.tensor([0]), 7, out=x).tolist() == [7, 1, 2]
    assert torch.add(x, x, out=x).tolist() == [14, 2, 4]


@pytest.mark.filterwarnings("ignore:An output with one or more elements was resized")
def test_an_out_of_another_shape_would_reach_what_is_read(torch):
    def joined(start, size=1, at=5):
        x = torch.arange(12.0)
        return torch.cat((x[at : at + 2], x[at + 1 : at + 3]), out=x[start : start + size])

    for start in (2, 3, 4, 5, 6, 7):
        with pytest.raises(RuntimeError, match="some elements of the input"):
            joined(start)
    for start in (0, 1, 8, 11):  # before what is read, or behind it, beyond the end as well
        assert joined(start).tolist() == [5.0, 6.0, 6.0, 7.0]
    for shape in ((0,), (0, 3), (1, 3)):
        x = torch.zeros(shape)
        with pytest.raises(RuntimeError, match="some elements of the input"):
            torch.cat((x, torch.ones(2, 3)), out=x)
    index = torch.arange(3)
    with pytest.raises(RuntimeError, match="some elements of the input"):
        torch.gather(torch.arange(3), 0, index[1:], out=index[:1])
    with pytest.raises(RuntimeError, match="some elements of the input"):
        torch.scatter(torch.arange(2), 0, index[1:] * 0, index[1:], out=index[:1])
    assert torch.index_select(torch.arange(3), 0, index[1:], out=index[:1]).tolist() == [1, 2]


@pytest.mark.parametrize("name", OF_TENSORS)
@pytest.mark.filterwarnings("ignore:An output with one or more elements was resized")
def test_memory_that_repeats_is_for_another_shape_where_it_is_in_pytorch(name):
    taken = []
    for torch in (pytest.importorskip("torch"), minigrad):
        x = torch.tensor([[1, 2], [3, 4]])
        x = x if name.startswith("bitwise") else x.double()
        results = call(torch, name, x)
        several = isinstance(results, tuple)
        outs = [
            torch.zeros((), dtype=each.dtype).expand(7)
            for each in (results if several else [results])
        ]
        try:
            call(torch, name, x, out=tuple(outs) if several else outs[0])
            taken.append(True)
        except RuntimeError as error:
            assert "more than one element of the written-to tensor" in str(error)
            taken.append(False)
    assert taken[0] == taken[1]


def test_one_number_is_written_into_memory_that_repeats(torch):
    for name, given in {"zeros": (3,), "ones": (3,), "full": ((3,), 5)}.items():
        memory = torch.full((1,), 7.0)
        made = getattr(torch, name)(*given, out=memory.expand(3))
        assert made.tolist() == memory.tolist() * 3 == getattr(torch, name)(*given).tolist()


def test_numbers_are_no_operands_beside_out(torch):
    x, whole = torch.ones(2), torch.ones(2, dtype=torch.int64)
    for name, given, out in (
        ("where", (x > 0, x, 2.0), x.clone()),
        ("where", (x > 0, 2.0, x), x.clone()),
        ("remainder", (2, x), x.clone()),
        ("bitwise_and", (1, whole), whole.clone()),
        ("bitwise_left_shift", (1, whole), whole.clone()),
    ):
        getattr(torch, name)(*given)
        with pytest.raises(TypeError):
            getattr(torch, name)(*given, out=out)
    assert torch.remainder(x, 2, out=x.clone()).tolist() == [1.0, 1.0]


def test_all_elements_are_reduced_into_out_by_some_alone(torch):
    x, out = torch.tensor([3.0, 1.0]), torch.zeros(())
    for name in ("max", "mean", "logsumexp", "std"):
        given = {"dim": 0} if name == "logsumexp" else {}
        function = getattr(torch, name)
        assert function(x, **given, out=out).item() == function(x, **given).item()
    for name, given in [("sum", {}), ("prod", {}), ("median", {}), ("var", {"unbiased": False})]:
        getattr(torch, name)(x, **given)
        with pytest.raises(TypeError):
            getattr(torch, name)(x, **given, out=out)
    assert torch.sum(x, None, out=out).item() == torch.sum(x, axis=0, out=out).item() == 4.0


@pytest.mark.parametrize(
    "call",
    [
        lambda t, x, **out: t.clamp(x, t.tensor(2), **out),
        lambda t, x, **out: t.clip(x, t.tensor(2), max=t.tensor(3), **out),
        lambda t, x, **out: t.clamp_min(x, t.tensor(2), **out),
        lambda t, x, **out: t.clamp_max(x, max=t.tensor(2), **out),
        lambda t, x, **out: t.max(x, **out),
        lambda t, x, **out: t.min(x, t.tensor(2), **out),
    ],
)
def test_bounds_and_extremes_without_a_number_are_converted(torch, call):
    x = torch.tensor([1, 5])
    result = call(torch, x)
    out = torch.zeros(result.shape)
    assert call(torch, x, out=out).tolist() == result.tolist() and out.dtype == torch.float32
    with pytest.raises(RuntimeError):
        call(torch, x.double(), out=torch.zeros(result.shape, dtype=torch.int64))


def test_a_mean_in_a_dtype_is_written_to_that_dtype_alone(torch):
    x, out = torch.tensor([1.0, 5.0]), torch.zeros((), dtype=torch.float64)
    assert torch.mean(x, out=out).item() == torch.mean(x, dtype=torch.float64, out=out).item() == 3
    with pytest.raises(RuntimeError, match="dtype"):
        torch.mean(x, dtype=torch.float64, out=torch.zeros(()))


def test_gradients_notice_that_what_they_need_was_written_to(torch):
    x = torch.ones(3, requires_grad=True)
    factor = torch.ones(3)
    y = (x * factor).sum()
    torch.exp(factor, out=factor)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.backward()


def test_a_compiled_step_writes_to_it_each_time():
    buffer = minigrad.zeros(3)

    def step(x):
        minigrad.exp(x, out=buffer)
        return buffer * 2

    compiled = minigrad.compile(step)
    for value in (0.0, 1.0, 2.0, 3.0):
        x = minigrad.full((3,), value)
        assert compiled(x).tolist() == (x.exp() * 2).tolist()
        assert buffer.tolist() == x.exp().tolist()
    assert buffer._version == 4


def test_a_compiled_step_cannot_give_it_another_shape():
    with pytest.raises(RuntimeError, match="`out` of another shape"):
        minigrad.compile(lambda x: minigrad.exp(x, out=minigrad.empty(0)))(minigrad.ones(3))
