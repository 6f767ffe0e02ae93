"""The one door: all work passes it and is seen there; poison shows what was not written."""

import threading

import numpy as np
import pytest

import minigrad as torch
from minigrad import launch, ops, optim
from minigrad.kernels.kernel import Flat, kernel


class Witness(launch.Observer):
    """Takes down what is launched in its thread."""

    def __init__(self):
        super().__init__()
        self.kernels, self.arrays, self.functions = [], [], []

    def launched(self, kernel, operands):
        self.kernels.append(kernel)

    def launched_each(self, kernel, calls):
        self.kernels += [kernel] * len(calls)

    def allocated(self, array):
        self.arrays.append(array)

    def called(self, function):
        self.functions.append(function)


@pytest.fixture
def witness():
    watching = Witness()
    launch.observe(watching)
    yield watching
    launch.observe(None)


def test_all_work_of_a_step_passes_the_door(witness):
    weight = torch.ones(1, 2, requires_grad=True)
    optimizer = optim.SGD([weight], lr=0.5)
    loss = ops.mse_loss(ops.sigmoid(ops.linear(torch.ones(3, 2), weight)), torch.zeros(3, 1))
    loss.backward()
    optimizer.step()
    names = [getattr(each, "name", getattr(each, "__name__", "?")) for each in witness.kernels]
    for expected in ("linear.forward", "sigmoid.forward", "mse_loss.forward", "mse_loss.backward",
                     "sigmoid.backward", "linear.backward", "sgd.descend"):  # fmt: skip
        assert expected in names
    assert any(each is loss.array for each in witness.arrays)
    assert len(witness.functions) == 1


def test_another_thread_is_not_watched(witness):
    thread = threading.Thread(target=lambda: torch.ones(3) * 2)
    thread.start()
    thread.join()
    assert witness.kernels == [] and witness.arrays == []
    torch.ones(3) * 2
    assert witness.kernels != []


def test_what_a_kernel_forgets_to_write_is_not_a_number():
    @kernel(writes=("out",))
    def all_but_the_last(x: Flat, out: Flat) -> None:
        for i in range(x.size - 1):
            out[i] = x[i]

    x = np.arange(4.0, dtype=np.float32)
    out = launch.empty((4,), np.float32)
    launch.launch(all_but_the_last, x, out)
    np.testing.assert_array_equal(out, [0.0, 1.0, 2.0, np.nan])
    assert launch.empty((2,), np.int64).tolist() == [1, 1]


def test_what_runs_at_each_run_runs_now_too(witness):
    runs = []
    launch.at_each_run(lambda: runs.append(1))
    assert runs == [1] and len(witness.functions) == 1
    witness.functions[0]()
    assert runs == [1, 1]
