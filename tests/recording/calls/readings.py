"""Calls that look at values, which a compiled step refuses; and what has no row at all."""

CALLS = {
    "item": [lambda f, o: f(o.s)],
    "tolist": [lambda f, o: f(o.x)],
    "numpy": [lambda f, o: f(o.x)],
    "data_ptr": [lambda f, o: f(o.x)],
    "storage_offset": [lambda f, o: f(o.x[1:])],
    "nonzero": [lambda f, o: f(o.x), lambda f, o: f(o.x, as_tuple=True)],
    "bincount": [lambda f, o: f(o.classes), lambda f, o: f(o.classes, minlength=9)],
    "argwhere": [lambda f, o: f(o.x)],
    "masked_select": [lambda f, o: f(o.x, o.mask)],
    "unique": [lambda f, o: f(o.whole), lambda f, o: f(o.whole, return_counts=True)],
    "equal": [lambda f, o: f(o.x, o.z)],
    "allclose": [lambda f, o: f(o.x, o.z)],
    "__array__": [lambda f, o: f(o.x)],
    "__bool__": [lambda f, o: f(o.s)],
    "__float__": [lambda f, o: f(o.s)],
    "__int__": [lambda f, o: f(o.s)],
    "__complex__": [lambda f, o: f(o.s)],
    "__index__": [lambda f, o: f(o.row)],
    "__contains__": [lambda f, o: f(o.x, 1)],
    "__format__": [lambda f, o: f(o.s, ".2f")],
    "__repr__": [lambda f, o: f(o.x)],
    "__dlpack__": [lambda f, o: f(o.x)],
    "__deepcopy__": [lambda f, o: f(o.x, {})],
    "__reduce_ex__": [lambda f, o: f(o.x, 4)],
    "repeat_interleave": [lambda f, o: f(o.y, o.classes[:3].abs())],
    "__getitem__": [lambda f, o: f(o.x, o.mask), lambda f, o: f(o.x, o.row)],
    "__setitem__": [lambda f, o: f(o.x, o.mask, o.y[:1].expand(3)), lambda f, o: f(o.x, o.row, 1)],
}

# What has no row, and why.
EXEMPT = {
    "Tensor.array": "the memory itself: what NumPy does with it is not seen",
    "Tensor.grad": "tests of gradients look at it",
    "Tensor.cuda": "there is no such device",
    "Tensor.__new__": "makes what as_tensor makes, or empty; its own tests record it",
    "Tensor.__delitem__": "it is refused",
    "Tensor.__array_wrap__": "NumPy asks for the memory before",
    "init._calculate_fan_in_and_fan_out": "sizes alone; the fillings of nn.init ask it",
    "Tensor.__hash__": "the identity, without an observer",
}
EXEMPT |= {
    f"init.{name}": f"`{name}_` by its older name"
    for name in (
        "constant dirac eye kaiming_normal kaiming_uniform normal orthogonal sparse uniform "
        "xavier_normal xavier_uniform"
    ).split()
}
