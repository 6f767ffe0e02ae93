"""What losses have in common: targets, scores, pairs of tensors, and reductions.

The losses themselves are operations, one in each file of `ops`.
"""
