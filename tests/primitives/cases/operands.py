"""Elements and shapes that cases draw from."""

from minigrad.testing.strategies import numbers

ANY = numbers(-2.0, 2.0, 0.0, -0.0)
POSITIVE = numbers(0.5, 3.0)
NONZERO = POSITIVE | numbers(-3.0, -0.5)
TWO = [((2, 2), (2, 2)), ((2, 1), (3,)), ((), (2,)), ((1, 2), (2, 1)), ((0, 2), (2,))]
ONE = [((),), ((3,),), ((2, 2),), ((1, 3),), ((2, 0),)]
