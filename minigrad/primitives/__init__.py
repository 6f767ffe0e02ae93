"""The primitive operations: what each computes on arrays, and next to it how gradients pass.

Everything else that can be differentiated is made of these. They run on NumPy; what training
spends its time in has kernels of its own in `ops`. They take tensors of one dtype: Python numbers
and mixed types are the business of `functions`.
"""
