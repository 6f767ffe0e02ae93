"""The command `minigrad demo`: four recipes against unstable gradients, side by side."""
