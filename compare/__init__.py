"""Parity with PyTorch: every fused operation held against the mathematics, beside PyTorch.

`python -m compare` prints the verdicts, with `--trajectories` those of whole trainings;
`python -m compare --help` says what can be chosen.
"""
