"""Of the error function: function, shapes of its operands, their elements."""

from minigrad.primitives.error_function import erfc

from .operands import ANY, ONE

CASES = {"Erfc": (erfc, ONE, [ANY])}
