"""What a tensor says of itself, and its place in the graph."""


def with_hook(f, o):
    made = o.x * 2
    f(made, lambda gradient: gradient * gradient)
    return made * o.y


def retained(f, o):
    made = o.x.detach() * o.weight
    f(made)
    (made * made).sum().backward()
    return made.grad


def with_hook_of_leaf(f, o):
    def doubled(leaf):
        leaf.grad.mul_(2)

    leaf = o.x.detach().requires_grad_()
    f(leaf, doubled)
    (leaf * leaf).sum().backward()
    return leaf.grad


def walked(f, o):
    f((o.x.detach() * o.weight * o.weight).sum())
    return o.weight.grad.clone()


def detached(f, o):
    made = o.x * 2
    return f(made) * o.x


def requiring(f, o):
    leaf = o.x.detach()
    f(leaf)
    (leaf * leaf).sum().backward()
    return leaf.grad


PLAIN = [
    "device", "dtype", "layout", "ndim", "shape", "itemsize", "nbytes", "is_cuda", "is_leaf",
    "is_sparse", "requires_grad", "retains_grad", "output_nr",
]  # fmt: skip
ASKED = [
    "dim", "element_size", "is_complex", "is_contiguous", "is_floating_point", "is_inference",
    "ndimension", "nelement", "numel", "stride", "size", "__len__", "is_tensor",
    "__dlpack_device__",
]  # fmt: skip

CALLS = {
    **dict.fromkeys([*PLAIN, *ASKED], (lambda f, o: f(o.x), lambda f, o: f(o.batch[1:].mT))),
    "grad_fn": [lambda f, o: f(o.x).name()],
    "storage_offset": [lambda f, o: f(o.x)],
    "result_type": [lambda f, o: f(o.x, o.whole)],
    "register_hook": [with_hook],
    "register_post_accumulate_grad_hook": [with_hook_of_leaf],
    "retain_grad": [retained],
    "backward": [walked],
    "detach": [detached],
    "detach_": [detached],
    "data": [detached],
    "requires_grad_": [requiring],
}
