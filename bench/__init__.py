"""How fast is a training step, beside PyTorch, in one run on one machine?

`python -m bench` measures and prints; `python -m bench --help` says what can be chosen.
"""
