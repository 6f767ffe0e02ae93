"""Differential fuzzing: random programs that both libraries run, held against each other line by
line. `drawing` makes a program of a seed, `judge` runs it, `block` some of them and `workers` many.
"""
