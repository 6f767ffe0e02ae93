"""Calls of everything public, by theme: of each name some rows `lambda f, o: f(o.x, ...)`.

`f` is what has the name: a function of the package, of `nn.functional` or `nn.init`, a method of
tensors or its form in place. `o` holds the operands.
"""
