"""Can a person read what a step does?"""

import minigrad as torch
from minigrad import nn
from minigrad.nn import functional as F


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
    first, headings, *rows = str(step.program).split("\n")
    kernels = [line.kernel for line in step.program.program.lines]
    native = [row for row in rows if not row.endswith("Python")]
    assert first.startswith(f"{len(kernels)} instructions, {len(native)} of them native, in ")
    assert headings.split() == ["kernel", "shapes", "line", "runs", "in"]
    assert len(rows) == len(kernels)
    assert [int(row.split()[0]) for row in rows] == list(range(len(rows)))
    line = step.function.__code__.co_firstlineno
    (elu,) = [row for row in rows if "elu.forward" in row]
    assert "4×2" in elu
    assert f"test_listing.py:{line + 3}  hidden = F.elu(net(x))" in elu
    (pick,) = [row for row in rows if " pick " in row]
    assert pick.endswith("Python")
    assert "4×2 2×2" in pick or "4×2" in pick
    assert any(f":{line + 5}  loss.backward()" in row for row in rows)


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
