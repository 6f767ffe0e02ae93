"""Elements are picked, gathered, scattered, and assigned to."""


def assigned(key, value):
    """A row that assigns; the tensor assigned to is looked at afterwards."""

    def call(f, o):
        target = o.x * 1
        f(target, key(o), value(o))
        return target

    return call


KEYS = {
    "int": lambda o: 1,
    "ints": lambda o: (-1, 2),
    "slices": lambda o: (slice(1, None), slice(None, None, 2)),
    "none": lambda o: (None, ..., 0),
    "list": lambda o: [0, 2, 0],
    "lists": lambda o: ([0, 1], [2, 2]),
    "tensor": lambda o: o.classes,
    "tensors": lambda o: (o.classes, o.classes),
    "tensor and slice": lambda o: (slice(None), o.places),
    "tensor between": lambda o: (slice(1, None), None, o.classes),
    "array": lambda o: o.array,
    "tensor of a step": lambda o: o.x.argmax(0),
    "true": lambda o: True,
}

CALLS = {
    "__getitem__": [
        *[lambda f, o, key=key: f(o.x, key(o)) for key in KEYS.values()],
        lambda f, o: f(o.batch, (0, slice(None), [1, 2])),
        lambda f, o: f(o.whole, o.classes),
    ],
    "__setitem__": [
        *[assigned(key, lambda o: 0.5) for key in KEYS.values()],
        *[assigned(key, lambda o: o.s) for key in KEYS.values()],
        assigned(lambda o: o.mask, lambda o: 0.5),
        assigned(lambda o: o.mask, lambda o: o.s),
        assigned(lambda o: o.x > 0, lambda o: -1),
        assigned(lambda o: 1, lambda o: o.y),
        assigned(lambda o: slice(1, 3), lambda o: o.z[:2]),
        assigned(lambda o: [3, 0], lambda o: o.z[:2]),
        assigned(lambda o: (slice(None), 1), lambda o: o.z[:, 0]),
    ],
    "gather": [lambda f, o: f(o.x, 0, o.places), lambda f, o: f(o.x, 1, o.places)],
    "take_along_dim": [lambda f, o: f(o.x, o.places, 0), lambda f, o: f(o.x, o.places)],
    "index_select": [lambda f, o: f(o.x, 0, o.classes), lambda f, o: f(o.x, 1, o.classes)],
    "scatter": [
        lambda f, o: f(o.x, 0, o.places, o.z), lambda f, o: f(o.x, 1, o.places, 0.5),
        lambda f, o: f(o.x, 1, o.places, value=2),
        lambda f, o: f(o.x.detach(), 1, o.places, 2.0, reduce="multiply"),
        lambda f, o: f(o.x.detach(), 0, o.places, o.z.detach(), reduce="add"),
    ],
    "scatter_add": [lambda f, o: f(o.x, 0, o.places, o.z)],
}  # fmt: skip
