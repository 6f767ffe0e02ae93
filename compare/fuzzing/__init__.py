"""Differential fuzzing: random programs in both libraries, held against each other line by line.

`drawing` makes a program of a seed, `judge` runs it, `block` some of them and `workers` many.
"""
