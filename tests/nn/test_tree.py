"""In which order, and under which names, is everything in a tree of modules reached?"""

import pytest
from hypothesis import given, strategies as st

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
    assert len(list(net.modules())) == 2
    assert len(list(net.modules(remove_duplicate=False))) == 3


def branched(torch):
    nn = torch.nn
    return nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.BatchNorm1d(3), nn.ReLU()))


def test_a_path_leads_to_a_module_a_parameter_or_a_buffer(torch):
    net = branched(torch)
    assert net.get_submodule("") is net
    assert net.get_submodule("1.0") is net[1][0]
    assert net.get_parameter("1.0.weight") is net[1][0].weight
    assert net[0].get_parameter("bias") is net[0].bias
    assert net.get_buffer("1.0.running_mean") is net[1][0].running_mean


PATH_ERRORS = [
    (lambda net: net.get_submodule("2"), "AttributeError: Sequential has no attribute `2`"),
    (lambda net: net.get_submodule("0."), "AttributeError: Linear has no attribute ``"),
    (lambda net: net.get_submodule("0.weight"), "AttributeError: `weight` is not an nn.Module"),
    (lambda net: net.get_parameter(""), "AttributeError: Sequential has no attribute ``"),
    (lambda net: net.get_parameter("0.x"), "AttributeError: Linear has no attribute `x`"),
    (lambda net: net.get_parameter("1.0.running_mean"),
     "AttributeError: `running_mean` is not an nn.Parameter"),
    (lambda net: net.get_buffer("0.weight"), "AttributeError: `weight` is not a buffer"),
    (lambda net: net.get_buffer("1.0.x"), "AttributeError: BatchNorm1d has no attribute `x`"),
    (lambda net: net.set_submodule("", net), "ValueError: Cannot set the submodule without a "
     "target name!"),
    (lambda net: net.set_submodule("0", 3),
     "ValueError: `module` is not an nn.Module, found <class 'int'>"),
    (lambda net: net.set_submodule("2", net[0], strict=True),
     "AttributeError: Sequential has no attribute `2`"),
    (lambda net: net.set_submodule("0.weight", net[1]),
     "AttributeError: `weight` is not an nn.Module"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "message"), PATH_ERRORS)
def test_a_path_that_leads_nowhere_is_told(torch, failure, action, message):
    assert failure(action, branched(torch)) == message


def test_a_module_at_a_path_is_replaced_or_added(torch):
    net = branched(torch)
    net.set_submodule("1.0", torch.nn.ELU(), strict=True)
    net.set_submodule("2", torch.nn.Sigmoid())
    assert [type(each).__name__ for each in net.modules()] == [
        "Sequential", "Linear", "Sequential", "ELU", "ReLU", "Sigmoid",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [0, None])
def test_a_path_is_a_string(torch, wrong):
    with pytest.raises(AttributeError, match="has no attribute"):
        torch.nn.Linear(1, 1).get_submodule(wrong)
