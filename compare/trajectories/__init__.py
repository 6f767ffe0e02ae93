"""Parity over time: scripts train with either library, every tensor compared at each step.

`python -m compare --trajectories` prints the verdicts.
"""
