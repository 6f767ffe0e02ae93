"""Can a person read what a step does?"""

import minigrad as torch
from minigrad import nn
from minigrad.kernels.kernel import Kernel
from minigrad.nn import functional as F
from minigrad.recording.columns import WIDTH
from minigrad.recording.work import works


def test_the_table_of_a_program():
    net = nn.Linear(3, 2)

    @torch.compile
    def step(x, rows):
        net.zero_grad()
        hidden = F.elu(net(x))
        loss = hidden[rows].sum()
        loss.backward()
        return loss

    for _ in range(3):
        step(torch.ones(4, 3), torch.tensor([0, 2]))
    program = step.program.program
    first, headings, *rows, total = str(step.program).split("\n")
    kernels = [line.kernel for line in program.lines]
    native = sum(isinstance(each, Kernel) for each in kernels)
    assert first.startswith(f"{len(kernels)} instructions, {native} of them native, in ")
    assert headings.split() == ["kernel", "shapes", "bytes", "flop"]

    line = step.function.__code__.co_firstlineno
    above = [k for k, row in enumerate(rows) if row.startswith("test_listing.py:")]
    assert [rows[k] for k in above] == [
        f"test_listing.py:{line + 3}  hidden = F.elu(net(x))",
        f"test_listing.py:{line + 4}  loss = hidden[rows].sum()",
        f"test_listing.py:{line + 5}  loss.backward()",
    ]
    instructions = [row for k, row in enumerate(rows) if k not in above]
    assert [int(row.split()[0]) for row in instructions] == list(range(len(kernels)))
    assert rows[1].split() == "0 linear.forward 4×3 2×3 2 4×2 112 B 48 flop".split()
    assert rows[2].split() == "1 elu.forward 4×2 4×2 64 B 176 flop".split()
    assert rows[4].split() == "2 pick 4×2 2×2 64 B Python".split()
    assert sum(row.endswith("Python") for row in instructions) == len(kernels) - native
    assert max(map(len, rows)) <= WIDTH

    done = works(program)
    nbytes, flops = sum(each.nbytes for each in done), sum(each.flops or 0 for each in done)
    assert total.split("  ")[-1].split() == [str(flops), "flop"]
    assert "Python's flop not known" in total and f" {nbytes} B " in total


def test_a_line_that_comes_again_is_written_again_and_what_is_long_is_cut():
    net = nn.Linear(1000, 1000)

    def twice(x):
        for _ in range(2):
            x = net(x)
            x = F.relu(x)  # with which the line is longer than there is room for it in the table
        return x.detach()

    step = torch.compile(twice)
    step(torch.ones(1000, 1000))
    rows = str(step.program).split("\n")
    first, second = (f"test_listing.py:{twice.__code__.co_firstlineno + k}  x = " for k in (2, 3))
    assert [row[: len(first)] for row in rows[2:-1:2]] == [first, second] * 2
    assert rows[3].split()[2:6] == ["1000×1000", "1000×1000", "1000", "…"]
    assert rows[4].endswith("room for it in …")
    assert max(map(len, rows)) <= WIDTH
    assert rows[-1].split() == "total 40 MB 4.0 Gflop".split()


def test_programs_of_one_and_of_no_instruction():
    double = torch.compile(lambda x: F.relu(x))
    double(torch.ones(2))
    assert str(double.program).startswith("1 instructions, 1 of them native, in 1 segment\n")
    nothing = torch.compile(lambda x: x)
    x = torch.ones(2)
    assert nothing(x) is x
    assert nothing(x) is x
    assert str(nothing.program).startswith("0 instructions")


def test_a_step_that_is_not_replayed_says_why():
    net = nn.Linear(2, 2)
    net.register_forward_hook(lambda *_: None)
    for function, why in (
        (lambda x: net(x), "a Linear has a hook"),
        (lambda x: (x * 2, {1, 2}), "it gives a set"),
        (lambda x: x[1:], "it gives a view of an argument or of a kept tensor"),
    ):
        step = torch.compile(function)
        for _ in range(2):
            step(torch.ones(2, 2))
        assert str(step.program) == f"runs eagerly: {why}"


def test_a_call_that_cannot_be_replayed_this_time_says_why():
    net = nn.Linear(2, 2)
    step = torch.compile(lambda x: net(x).detach())
    step(net.weight.detach())
    assert "an argument or a gradient that shares memory" in str(step.program)
