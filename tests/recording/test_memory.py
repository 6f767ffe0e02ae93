"""Where do operands lie, and does a step in use take more and more memory?"""

import gc
import resource
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad import nn, optim
from minigrad.recording.memory import (
    Memory,
    address_of,
    arranged,
    array_at,
    extent,
    layout_of,
)


@pytest.mark.parametrize("take", [
    lambda a: a, lambda a: a[1:, 2:], lambda a: a[::-1], lambda a: a[::-1, ::-2], lambda a: a.T,
    lambda a: a[2:3, ::3], lambda a: a[:0], lambda a: a[1, 1:2].reshape(()),
])  # fmt: skip
def test_an_address_and_a_layout_are_an_array(take):
    values = np.arange(30.0).reshape(5, 6)
    array = np.asarray(take(values))
    begin, end = extent(array)
    again = array_at(address_of(array), layout_of(array))
    assert np.array_equal(again, array)
    assert array.size == 0 or again.strides == array.strides
    if array.size:
        again[...] = -1.0
        assert (array == -1.0).all()
        assert begin <= address_of(array) < end <= address_of(values) + values.nbytes


def test_places_of_the_four_kinds_of_storages():
    argument, fixed, made, escaping = (np.zeros(shape) for shape in (6, 4, 5, 3))
    memory = Memory([argument, argument[1:3]], [fixed], [made, escaping], [escaping], {})
    assert memory.place(argument[2:]) == (0, 16)
    assert memory.place(argument[5:]) == (0, 40)
    assert memory.place(fixed[1:]) == (None, address_of(fixed) + 8)
    assert memory.place(escaping[1:]) == (2, 8)
    arena = memory.place(made[4:])
    begin, end = extent(memory.arena)
    assert arena.source is None
    assert begin <= arena.address - 32 < arena.address < end
    assert memory.place(np.zeros(3)) is None
    assert memory.place(np.zeros(0)) == (None, 0)


def test_the_arena_is_no_others_memory(worlds):
    sizes = [1, 3, 17, 64, 65]
    arrays = [np.zeros(size, np.float32) for size in sizes]
    memory = Memory([], [], arrays, [], {})
    spans = sorted((memory.place(each).address, each.nbytes) for each in arrays)
    assert all(address % 64 == 0 for address, _ in spans)
    for (first, size), (second, _) in pairwise(spans):
        assert first + size <= second


@given(
    lives=st.lists(
        st.tuples(st.sampled_from([1, 8, 16, 17, 33]), st.integers(0, 9), st.integers(0, 9))
    )
)
def test_arrays_share_memory_only_if_one_is_used_after_the_other(lives):
    arrays = [np.zeros(size, np.float32) for size, _, _ in lives]
    lifetimes = {
        id(array): (first, first + more)
        for array, (_, first, more) in zip(arrays, lives, strict=True)
    }
    offsets, size = arranged(arrays, lifetimes)
    placed = list(zip(arrays, offsets, strict=True))
    assert all(offset % 64 == 0 and offset + array.nbytes <= size for array, offset in placed)
    for (one, start), (other, begin) in combinations(placed, 2):
        if start < begin + other.nbytes and begin < start + one.nbytes:
            (first, last), (born, gone) = lifetimes[id(one)], lifetimes[id(other)]
            assert last < born or gone < first


def test_a_deep_network_takes_memory_for_two_layers_not_for_fifty():
    net = nn.Sequential(*[layer for _ in range(50) for layer in (nn.Linear(64, 64), nn.ReLU())])

    @torch.compile
    def infer(x):
        with torch.no_grad():
            return net(x)

    x = torch.randn(128, 64)
    for _ in range(3):
        ours = infer(x)
    with torch.no_grad():
        assert (ours.array == net(x).array).all()
    activation = x.array.nbytes
    assert infer.program.program._memory.arena.nbytes < 3 * activation


def test_thousands_of_replays_take_no_more_memory(worlds):
    world = worlds.classifier(optim.Adam)
    step, data = torch.compile(world.step), worlds.batch(32)
    forward = torch.compile(nn.Sequential(nn.Linear(9, 100), nn.ELU()))

    def work(count):
        for _ in range(count):
            step(*data)
            with torch.no_grad():
                forward(data[0])

    work(100)
    gc.collect()
    gc.disable()
    try:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        work(5000)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    finally:
        gc.enable()
    assert after - before < 8 * 1024


def test_recording_over_and_over_takes_no_more_memory(worlds):
    world = worlds.classifier(optim.Adam)
    step = torch.compile(world.step)

    def work():
        for rows in range(2, 42):
            step(*worlds.batch(rows))

    work()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(3):
        work()
    gc.collect()
    assert len(step._replays) <= 16
    assert len(gc.get_objects()) < before * 1.05
