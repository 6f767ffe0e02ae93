"""The primitive operations: what each computes on arrays, and next to it how gradients pass.

Everything else that can be differentiated is made of these. The commonest have kernels
(`of_each`, `comparing`, `exponentials`, `adding_up`, `products`); the rest, whole numbers and what
lies apart in memory are NumPy's. What training spends its time in has kernels of its own in `ops`.
Primitives take tensors of one dtype: Python numbers and mixed types are the business of
`functions`.
"""
