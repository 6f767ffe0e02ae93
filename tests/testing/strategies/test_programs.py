"""Programs are valid, the same in every library, and shrink to scripts of a few lines."""

import re
import warnings
from importlib.util import find_spec
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings, strategies as st

import minigrad
from minigrad import float32, float64
from minigrad.testing import Input, Instruction, Program, assert_close, reduced
from minigrad.testing.strategies import OPERATIONS, Operation, programs, register
from minigrad.testing.strategies.drawing import Drawing

# What others need: matrices, vectors, integers and masks of any shape.
SUPPLIERS = ["unsqueeze", "[key]", "expand", "mT", "bool", "ge", "long", "exp"]
# What modules, losses and steps need, and what differentiates.
OF_MODULES = ["nn.Linear", "nn.ReLU()", "nn.MSELoss", "exp"]
OF_MODULES += ["nn.BCELoss", "nn.NLLLoss", "optim.SGD", "optim.Adam"]
OF_GRADIENTS = ["exp", "backward(retain)"] * 4
REFUSED_FOR_ITS_VALUES_OR_HISTORY = (
    "refer to a single memory location",
    "Can't detach views in-place",
    "Trying to backward through the graph a second time",
    "all elements of input should be between 0 and 1",
)
QUICK = settings(
    max_examples=5000,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SHRINKING = settings(max_examples=1000, database=None, suppress_health_check=list(HealthCheck))


def suppliers_of(name):
    """Operations that make what an operation needs."""
    if OPERATIONS[name].modules:
        return OF_MODULES
    return OF_GRADIENTS if "grad" in name or "backward" in name else SUPPLIERS


def run(program, library):
    """What the variables and the gradients of inputs are at the end, or the kind of error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        variables = program.start(library)
        inputs = dict(variables)
        try:
            for _, found in program.steps(library, variables):
                variables = found
        except Exception as error:
            return variables, {}, type(error).__name__
    gradients = {
        name: each.grad
        for name, each in inputs.items()
        if each.requires_grad and each.is_leaf and each.grad is not None
    }
    return variables, gradients, None


held_against_pytorch = pytest.mark.skipif(
    not (find_spec("torch") and find_spec("compare")), reason="PyTorch or compare is missing"
)


def assert_same_in_pytorch(program):
    from compare.fuzzing.drawing import lines_of
    from compare.fuzzing.explanations import explanation_of
    from compare.fuzzing.judge import judge

    found = judge(lines_of(program)).difference
    assert found is None or explanation_of(found) is not None, f"{program}\n{found}"


@held_against_pytorch
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_valid_as_it_is_drawn_and_gives_what_pytorch_gives(name):
    """The first use of it that is found and raises nothing, in both libraries."""

    def is_used(program):
        return program.instructions[-1].operation == name and run(program, minigrad)[2] is None

    drawn = programs([name] * 4 + suppliers_of(name), backward=False)
    assert_same_in_pytorch(find(drawn, is_used, settings=QUICK))


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_an_operation_is_drawn_for_fits_it(name):
    """Of whatever is drawn nothing is refused for its shapes, dtypes or arguments."""

    @settings(QUICK, max_examples=8, derandomize=True)
    @given(program=programs([name] * 4 + suppliers_of(name), backward=False))
    def is_taken(program):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                program.run(minigrad)
            except RuntimeError as error:
                if not any(reason in str(error) for reason in REFUSED_FOR_ITS_VALUES_OR_HISTORY):
                    raise

    is_taken()


@held_against_pytorch
@given(program=programs())
def test_any_program_gives_what_pytorch_gives(program):
    assert_same_in_pytorch(program)


@held_against_pytorch
@given(program=programs(invalid=True))
def test_a_program_that_is_wrong_is_refused_by_both(program):
    assert_same_in_pytorch(program)


@given(program=programs())
def test_the_printed_form_is_the_program(program):
    names = {}
    found, _, error = run(program, minigrad)
    if error is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(program.script("minigrad"), names)
        found = {name: value for name, value in found.items() if is_compared(value)}
        assert_close({name: names[name] for name in found}, found, ulp=0, equal_nan=True)


def is_compared(value):
    return isinstance(value, minigrad.Tensor)


def test_the_names_that_operations_cover_are_there():
    for name, operation in OPERATIONS.items():
        for public in operation.public_names:
            found = minigrad
            for part in public.removeprefix("torch.").split("."):
                assert hasattr(found, part), (name, public)
                found = getattr(found, part)


def shrunk(condition, **options):
    found = find(programs(**options), condition, settings=SHRINKING, random=Random(0))
    return str(reduced(found, condition))


def test_a_failing_example_shows_the_script():
    @seed(0)
    @settings(SHRINKING, deadline=None)
    @given(program=programs(["exp", "mul"], backward=False))
    def without_products(program):
        assert "mul" not in names_of(program)

    with pytest.raises(AssertionError) as caught:
        without_products()
    lines = [line.strip() for note in caught.value.__notes__ for line in note.splitlines()]
    start = lines.index("program=<a program:")
    assert lines[start + 1 : start + 3] == ["import torch", ""]
    assert lines[start + 3].startswith("a = torch.tensor(")
    assert re.fullmatch(r"b = .*a.*a\)?", lines[start + 4])
    assert lines[start + 5] == ">,"


def names_of(program):
    return [each.operation for each in program.instructions]


def test_the_shortest_program_is_one_line_on_a_number():
    floats = st.just(minigrad.float32)
    script = shrunk(lambda program: len(program.instructions) > 0, dtypes=floats)
    # Which operation it is depends on how many choices each takes to draw.
    assert script.startswith("import torch\n\na = torch.tensor(0.0)\nb = torch.")
    assert len(script.splitlines()) == 4


@pytest.mark.slow
def test_what_has_nothing_to_do_with_a_failure_is_left_out():
    def a_copy_is_changed(program):
        copies = set()
        for each in program.instructions:
            if each.operation == "clone":
                copies |= set(each.results)
            if each.operation == "mul_" and each.operands[0] in copies:
                return True
        return False

    chosen = ["exp", "add", "clone", "sum", "t", "mul_", "cat"]
    script = shrunk(a_copy_is_changed, operations=chosen)
    assert script.splitlines()[2:4] == ["a = torch.tensor(0.0)", "b = torch.clone(a)"]
    assert script.splitlines()[4:] in (["b.mul_(a)"], ["b.mul_(b)"])


def test_a_gradient_that_fails_shrinks_to_its_operation_and_the_walk():
    def tanh_and_a_gradient(program):
        taken = [each.operands for each in program.instructions if each.operation == "tanh"]
        return any((name,) in taken for name in run(program, minigrad)[1])

    script = shrunk(tanh_and_a_gradient, operations=["exp", "add", "tanh", "sum", "unsqueeze"])
    first, second, third = script.splitlines()[2:]
    assert first == "a = torch.tensor(0.0, requires_grad=True)"
    assert second == "b = torch.tanh(a)" and ".backward(torch.linspace(0.5, 2.0, " in third


def test_variables_have_numbers_of_their_own_or_some_could_not_be_taken():
    inputs = [Input(name, (2,), minigrad.float32, [1.0, 2.0]) for name in "abc"]
    drawing = Drawing(Program(tuple(inputs)))
    for drawing.begun in (1, 2):
        drawing.add(Instruction("sort", "{0}.sort()", ("a",)), gives=True)
    tuples = [(name,) for name in "abcdefg"]
    assert list(drawing.variables) == [name for (name,) in tuples]
    taken = {drawing.chosen(lambda drawn, at=at: at, tuples) for at in range(64)}
    assert taken == set(tuples)


def test_operands_in_another_order_in_memory_or_of_two_dtypes_are_known_to_be_rare():
    of = {"a": minigrad.float32, "b": minigrad.float64}
    inputs = [Input(name, (1, 2), each, [[1.0, 2.0]]) for name, each in of.items()]
    drawing = Drawing(Program(tuple(inputs)))
    drawing.add(Instruction("expand", "{0}.expand(2, 2)", ("a",)), gives=True)
    tuples = [("a", "a"), ("a", "b"), ("c", "a"), ("b", "b")]
    assert drawing.rare(tuples, "in memory") == [("a", "b"), ("c", "a")]
    assert drawing.rare(tuples, "in value") == []


@pytest.mark.parametrize("number", [-0.0, 1e-310, 1.7e308, float("inf"), float("nan")])
def test_operands_with_special_values_are_known_to_be_rare(number):
    inputs = [("a", 1.5), ("b", number), ("c", 0.0)]
    given = tuple(Input(name, (), minigrad.float64, each) for name, each in inputs)
    drawing = Drawing(Program(given))
    assert drawing.rare([("a",), ("b",), ("c",)], "in value") == [("b",)]


def test_a_program_may_begin_with_other_operations():
    rows = {"shapes": lambda count: st.just(((2, 3),) * count), "beginning": ["mT"]}
    program = find(programs(["exp", "sum"], **rows), lambda each: len(names_of(each)) == 3)
    assert names_of(program)[0] == "mT" and "mT" not in names_of(program)[1:]


SIZES = [
    (name, size)
    for name, each in OPERATIONS.items()
    if each.arity == 0
    for size in {"size", "rows", "columns", "count", "steps"} & set(each.arguments())
]


@given(
    programs(
        ["neg"],
        max_inputs=2,
        min_instructions=4,
        dtypes=st.sampled_from((float32, float64)),
        requires_grad=st.just(True),
        backward=False,
        kind_of=lambda operation, operands, in_graph: (operands[0].dtype, in_graph),
    )
)
def test_uses_are_of_kinds_that_a_program_does_not_have_yet(program):
    """Of one dtype or two, each with a graph and without."""
    dtypes = {each.name: each.dtype for each in program.inputs}
    kinds = []
    for instruction in program.instructions:
        dtypes[instruction.results[0]] = dtypes[instruction.operands[0]]
        kinds.append((dtypes[instruction.operands[0]], instruction.in_graph))
    all_kinds = 2 * len({each.dtype for each in program.inputs})
    assert len(set(kinds[:all_kinds])) == all_kinds
    assert all(each.requires_grad for each in program.inputs)


@pytest.mark.parametrize(("name", "size"), sorted(SIZES))
def test_what_is_made_of_nothing_but_sizes_is_also_made_empty(name, size):
    sizes = OPERATIONS[name].arguments()[size]
    find(sizes, lambda drawn: 0 in drawn if isinstance(drawn, tuple) else drawn == 0)


def test_an_instruction_that_raises_ends_a_program_and_stays_in_it():
    with pytest.MonkeyPatch.context() as patch:
        broken = Operation("broken", ("torch.no_such_name({0})",))
        patch.setitem(OPERATIONS, "broken", broken)
        drawn = programs(["exp", "broken"])
        program = find(drawn, lambda each: "broken" in names_of(each), settings=SHRINKING)
    assert names_of(program) == ["broken"]
    with pytest.raises(AttributeError) as caught:
        program.run(minigrad)
    assert caught.value.__notes__ == ["line 1 of the program: b = torch.no_such_name(a)"]


def test_other_inputs_can_be_given():
    program = Program(
        (Input("a", (), minigrad.float32, 1.0), Input("b", (), minigrad.float32, 2.0)),
        (Instruction("sub", "{0} - {1}", ("a", "b"), results=("c",)),),
    )
    assert program.run(minigrad, {"b": minigrad.tensor([5.0])})["c"].tolist() == [-4.0]
    with pytest.raises(ValueError, match=r"inputs: 'x' is none of the program's \(a, b\)"):
        program.run(minigrad, {"x": minigrad.tensor(1.0)})


def test_operations_that_cannot_be_are_refused():
    for wrong, message in ((["no"], "operations has 'no', which is not in"), ([], "is empty")):
        with pytest.raises(ValueError, match=message):
            find(programs(wrong), lambda program: True)
    with pytest.raises(ValueError, match="there is an operation called 'exp' already"):
        register(OPERATIONS["exp"])
    with pytest.raises(ValueError, match="'nothing' must have a source, got none"):
        register(Operation("nothing", ()))


def test_a_program_that_draws_random_numbers_sets_a_seed_before():
    def is_random(program):
        return "torch.rand(" in str(program)

    program = find(programs(["rand", "exp"]), is_random, settings=QUICK)
    names = names_of(program)
    assert names.index("manual_seed") < names.index("rand")
    first, second = (program.run(minigrad) for _ in range(2))
    tensors = {name: value for name, value in first.items() if is_compared(value)}
    assert_close({name: second[name] for name in tensors}, tensors, ulp=0, equal_nan=True)


@held_against_pytorch
def test_modules_are_put_together_trained_and_told_their_mode():
    chosen = ["nn.Linear", "nn.BatchNorm1d", "nn.Sequential", "module(x)", "train"]

    def uses_all(program):
        used = {"nn.Sequential", "module(x)", "train"} <= set(names_of(program))
        return used and run(program, minigrad)[2] is None

    drawn = programs(chosen, max_instructions=12, shapes=lambda count: st.just(((3, 2),) * count))
    program = find(drawn, uses_all, settings=QUICK)
    assert_same_in_pytorch(program)
