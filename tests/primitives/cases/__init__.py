"""Each primitive with operands to check its gradients on, by theme."""
