"""Parity with PyTorch: every fused operation held against the mathematics, beside PyTorch.

`python -m compare` prints the verdicts; `python -m compare --help` says what can be chosen.
"""
