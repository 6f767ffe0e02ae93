"""In which order, and under which names, is everything in a tree of modules reached?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigrad

# A tree is a list of children: a number picks a layer from a shared pool, None is no module.
trees = st.recursive(
    st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=3),
    lambda inner: st.lists(st.one_of(inner, st.none(), st.integers(0, 3)), max_size=4),
    max_leaves=12,
)


def grown(torch, tree, pool):
    module = torch.nn.Module()
    for position, branch in enumerate(tree):
        if isinstance(branch, list):
            child = grown(torch, branch, pool)
        else:
            child = None if branch is None else pool[branch]
        module.add_module(f"child{position}", child)
    return module


def walked(torch, tree, prefix):
    """Everything that can be listed about a tree."""
    nn = torch.nn
    pool = [nn.Linear(1, 2), nn.BatchNorm1d(2), nn.Linear(2, 1, bias=False), nn.ELU()]
    pool[2].weight = nn.Parameter(pool[0].weight.reshape(1, 2))
    pool.append(pool[0])
    module = grown(torch, tree, pool)
    named = [
        module.named_modules(prefix=prefix),
        module.named_modules(prefix=prefix, remove_duplicate=False),
        module.named_children(),
        module.named_parameters(prefix),
        module.named_parameters(remove_duplicate=False),
        module.named_parameters(prefix, recurse=False),
        module.named_buffers(prefix),
        module.named_buffers(prefix, remove_duplicate=False),
    ]
    plain = [module.modules(), module.children(), module.parameters(), module.buffers()]
    visited = []
    module.apply(lambda each: visited.append(type(each).__name__))
    return (
        [[name for name, _ in each] for each in named],
        [[type(each).__name__ for each in listed] for listed in plain],
        visited,
        list(module.state_dict(prefix="root.")),
        repr(module),
    )


@given(trees, st.sampled_from(["", "net"]))
def test_any_tree_is_walked_as_pytorch_walks_it(tree, prefix):
    torch = pytest.importorskip("torch")
    assert walked(minigrad, tree, prefix) == walked(torch, tree, prefix)


def test_what_is_shared_is_reached_once(torch):
    net = torch.nn.Module()
    net.first = torch.nn.Linear(1, 1)
    net.second = net.first
    net.tied = net.first.weight
    assert [name for name, _ in net.named_modules()] == ["", "first"]
    assert [name for name, _ in net.named_children()] == ["first"]
    assert [name for name, _ in net.named_parameters()] == ["tied", "first.bias"]
    assert [name for name, _ in net.named_parameters(remove_duplicate=False)] == [
        "tied", "first.weight", "first.bias", "second.weight", "second.bias",
    ]  # fmt: skip
    assert [name for name, _ in net.named_parameters(prefix="net", recurse=False)] == ["net.tied"]
