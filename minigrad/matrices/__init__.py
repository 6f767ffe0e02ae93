"""Tensors of any shape as the matrices and lines that kernels take."""
