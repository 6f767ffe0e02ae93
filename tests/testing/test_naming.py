"""How a script gets at a function: by an import, by its text, or not at all."""

import functools
import math
import sys
from math import tanh
from types import ModuleType

import numpy as np
import pytest

import minigrad
import minigrad as torch
from minigrad.testing.naming import Named, named

SCALE = 2.0


def local(x):
    return x


class Kept:
    def method(self, x):
        return x

    @staticmethod
    def static(x):
        return x

    class Inner:
        @staticmethod
        def static(x):
            return x


class Doubled(torch.autograd.Function):
    pass


HERE = "test_naming.py, line "


def line_of(function):
    return f"{HERE}{function.__code__.co_firstlineno}"


@pytest.mark.parametrize(
    ("function", "expression", "imports"),
    [
        (minigrad.exp, "minigrad.exp", ("import minigrad",)),
        (minigrad.nn.functional.silu, "minigrad.nn.functional.silu", ("import minigrad",)),
        (np.exp, "np.exp", ("import numpy as np",)),
        (tanh, "tanh", ("from math import tanh",)),
        (functools.partial(minigrad.sum, dim=1),
         "functools.partial(minigrad.sum, dim=1)", ("import functools", "import minigrad")),
        (functools.partial(tanh, 0.5, True, None, "x"),
         "functools.partial(tanh, 0.5, True, None, 'x')",
         ("import functools", "from math import tanh")),
        (lambda x: np.exp(x), "lambda x: np.exp(x)", ("import numpy as np",)),
        (lambda x: torch.exp(x), "lambda x: torch.exp(x)", ("import minigrad as torch",)),
        (lambda x: math.exp(x), "lambda x: math.exp(x)", ("import math",)),
    ],
)  # fmt: skip
def test_what_can_be_imported_or_written_down(function, expression, imports):
    assert named(function, "func") == Named(expression, imports)


def test_what_no_name_leads_to():
    for function in (
        Kept().method,
        functools.partial(minigrad.sum, np.ones(2)),
        functools.partial(Kept().method, 1),
        functools.partial(functools.partial(minigrad.sum, []), 1),
        torch.nn.ReLU(),
    ):
        assert named(function, "func") == Named(None)


def test_what_is_elsewhere_is_said_to_be():
    def inner(x):
        return x

    assert named(inner, "func") == Named("inner", (), f"inner is in {line_of(inner)}")
    deep = Kept.Inner.static
    assert named(deep, "func") == Named("static", (), f"static is in {line_of(deep)}")


def test_what_a_module_defines_is_imported_by_its_outermost_name():
    for function, expression in (
        (local, "local"), (Kept.static, "Kept.static"), (Doubled.apply, "Doubled.apply"),
    ):  # fmt: skip
        root = expression.partition(".")[0]
        assert named(function, "func") == Named(expression, (f"from {__name__} import {root}",))


def test_a_lambda_names_what_it_looks_up():
    shift = 1.0
    around = lambda x: x + shift  # noqa: E731
    scaled = lambda x: x * SCALE  # noqa: E731
    assert named(around, "func") == Named(
        "lambda x: x + shift", (), f"shift: see {line_of(around)}"
    )
    assert named(scaled, "func") == Named(
        "lambda x: x * SCALE", (), f"SCALE: see {line_of(scaled)}"
    )


def test_of_several_lambdas_in_a_line_each_is_known_by_what_it_does():
    first, second, third = lambda x: x + 1, lambda x: x + 2, lambda y: y + 2
    assert [named(each, "func").expression for each in (first, second, third)] == [
        "lambda x: x + 1",
        "lambda x: x + 2",
        "lambda y: y + 2",
    ]
    (long,) = [
        lambda x:
        x + 1
    ]  # fmt: skip
    assert named(long, "gradient") == Named(
        "gradient", (), f"gradient is the lambda in {line_of(long)}"
    )
    made = eval("lambda x: x + 1")
    assert named(made, "func").remark == "func is the lambda in <string>, line 1"


def test_a_module_is_imported_if_that_finds_its_file(tmp_path, monkeypatch):
    (tmp_path / "found_here.py").write_text("def function(x):\n    return x\n")
    monkeypatch.syspath_prepend(tmp_path)
    import found_here

    assert named(found_here.function, "func") == Named(
        "function", ("from found_here import function",)
    )
    monkeypatch.setattr(found_here, "__file__", str(tmp_path / "elsewhere.py"))
    assert named(found_here.function, "func").imports == ()
    made = ModuleType("made_up")
    exec("def function(x):\n    return x\n", vars(made))
    monkeypatch.setitem(sys.modules, "made_up", made)
    assert named(made.function, "func").imports == ()


def test_what_a_script_defines_is_imported_from_its_file(tmp_path, monkeypatch):
    (tmp_path / "a_script.py").write_text("def function(x):\n    return x\n")
    monkeypatch.syspath_prepend(tmp_path)
    script = ModuleType("__main__")
    script.__file__ = str(tmp_path / "a_script.py")
    exec(compile((tmp_path / "a_script.py").read_text(), script.__file__, "exec"), vars(script))
    monkeypatch.setitem(sys.modules, "__main__", script)
    assert named(script.function, "func") == Named("function", ("from a_script import function",))
