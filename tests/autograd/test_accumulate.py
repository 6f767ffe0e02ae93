"""Gradients that arrive at one tensor from several threads, and what may happen meanwhile."""

import sys
import threading

import pytest

import minigrad as torch


@pytest.fixture
def restless():
    """Threads that change as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def in_threads(count, work):
    threads = [threading.Thread(target=work, args=(k,)) for k in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_no_gradient_is_lost_between_threads(restless):
    weight = torch.zeros(50, requires_grad=True)
    shared = weight * 1
    shared.retain_grad()
    seen = []
    shared.register_hook(lambda grad: seen.append(threading.get_ident()))

    def work(k):
        for _ in range(100):
            (weight * (k + 1.0)).sum().backward()
            (shared * 2.0).sum().backward(retain_graph=True)

    in_threads(6, work)
    assert weight.grad.tolist() == [100.0 * (1 + 2 + 3 + 4 + 5 + 6) + 600 * 2] * 50
    assert shared.grad.tolist() == [600 * 2.0] * 50
    assert len(seen) == 600


def test_a_hook_may_wait_for_another_thread_that_walks():
    """Nothing that the other one needs is held while a user's code runs."""
    first, second = (torch.ones(1, requires_grad=True) for _ in range(2))
    finished = []

    def walk_elsewhere(*_):
        thread = threading.Thread(target=lambda: (second * 1).backward(), daemon=True)
        thread.start()
        thread.join(20)
        finished.append(not thread.is_alive())

    first.register_hook(walk_elsewhere)
    first.register_post_accumulate_grad_hook(walk_elsewhere)
    root = first * 1
    root.grad_fn.next_functions[0][0].register_prehook(walk_elsewhere)
    root.backward()
    assert finished == [True] * 3 and second.grad.tolist() == [3.0]


def test_a_leaf_that_requires_no_gradient_any_more_gets_none(torch):
    x, w = (torch.ones(2, requires_grad=True) for _ in range(2))
    loss = (x * w).sum()
    x.requires_grad_(False)
    loss.backward()
    assert x.grad is None and w.grad.tolist() == [1.0, 1.0]
