"""How are tensors kept in a file? Safely, whole, and as others can read them."""

import io
import json
import re
import struct
from collections import OrderedDict

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad import dtypes, nn
from minigrad.serialization.safetensors_file import load, save


def network(torch=minigrad):
    return torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 1)
    )


def with_integers(net, torch):
    """A network that keeps whole numbers of every size."""
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        numbers = torch.tensor([3, torch.iinfo(dtype).max], dtype=dtype)
        net.register_buffer(str(dtype).rpartition(".")[2], numbers)
    return net


def values_of(state):
    return {key: (str(each.dtype).split(".")[-1], each.tolist()) for key, each in state.items()}


def trained():
    """A network, its optimiser after two steps, and what it takes to go on."""
    net = network()
    optimizer = minigrad.optim.Adam(net.parameters(), lr=0.01, amsgrad=True)

    def step():
        optimizer.zero_grad()
        (net(minigrad.rand(8, 3)) ** 2).sum().backward()
        optimizer.step()

    step()
    step()
    return net, optimizer, step


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.safetensors"


arrays = st.builds(
    lambda dtype, shape, order, seed: np.asarray(
        np.random.default_rng(seed).integers(-300, 300, shape).astype(dtype), order=order
    ),
    st.sampled_from([each.name for each in dtypes.EVERY]),
    st.lists(st.integers(0, 4), max_size=4).map(tuple),
    st.sampled_from("CF"),
    st.integers(0, 99),
)


@given(st.dictionaries(st.text(), arrays, max_size=5))
def test_tensors_of_every_dtype_shape_and_layout_come_back(given_arrays):
    file = io.BytesIO()
    save({name: minigrad.from_numpy(array) for name, array in given_arrays.items()}, file)
    file.seek(0)
    loaded = load(file)
    assert list(loaded) == list(given_arrays)
    for name, array in given_arrays.items():
        assert loaded[name].numpy().dtype == array.dtype
        np.testing.assert_array_equal(loaded[name].numpy(), array)
        assert loaded[name].numpy().flags.writeable


def test_bits_of_nan_and_of_negative_zero_are_kept(path):
    bits = np.array([0x7FC00001, 0xFFC12345, 0x80000000, 1], np.uint32)
    save(minigrad.from_numpy(bits.view(np.float32)), path)
    assert load(path).numpy().view(np.uint32).tolist() == bits.tolist()


def test_views_and_shared_tensors_are_written_in_full(path):
    base = minigrad.arange(6.0).reshape(2, 3)
    save({"all": base, "turned": base.transpose(0, 1), "part": base[:, 1], "again": base}, path)
    loaded = load(path)
    assert loaded["turned"].tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    assert loaded["part"].tolist() == [1.0, 4.0]
    loaded["again"].zero_()
    assert loaded["all"].tolist() == base.tolist()


def saved_and_loaded(torch, obj):
    file = io.BytesIO()
    torch.save(obj, file)
    file.seek(0)
    return torch.load(file)


def test_what_a_tensor_is_besides_its_elements_comes_back(torch):
    leaf, plain = torch.ones(2, requires_grad=True), torch.ones(2)
    parameters = [torch.nn.Parameter(plain, requires_grad) for requires_grad in (True, False)]
    for each in (plain, leaf, leaf * 2, *parameters):
        loaded = saved_and_loaded(torch, [each])[0]
        assert type(loaded) is type(each) and loaded.is_leaf
        assert (loaded.requires_grad, loaded.tolist()) == (each.requires_grad, each.tolist())


def test_the_state_of_a_module_comes_back_with_the_versions_of_its_format(torch):
    state = network(torch).state_dict()
    loaded = saved_and_loaded(torch, {"net": state})["net"]
    assert type(loaded) is OrderedDict and list(loaded) == list(state)
    assert loaded._metadata == state._metadata and loaded._metadata["1"] == {"version": 2}


def test_sizes_dtypes_and_devices_come_back(torch):
    obj = {"shape": torch.ones(2, 3).shape, "dtype": torch.int64, "device": torch.device("cpu")}
    loaded = saved_and_loaded(torch, obj)
    assert loaded == obj and type(loaded["shape"]) is torch.Size
    assert loaded["dtype"] is torch.int64


def test_training_goes_on_from_a_file_as_if_it_had_not_stopped(path):
    net, optimizer, step = trained()
    save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 2}, path)
    minigrad.manual_seed(5)
    step()
    expected = values_of(net.state_dict())

    net, optimizer, step = trained()
    kept = load(path, map_location="cpu", weights_only=True)
    net.load_state_dict(kept["net"])
    optimizer.load_state_dict(kept["optimizer"])
    minigrad.manual_seed(5)
    step()
    assert values_of(net.state_dict()) == expected and kept["epoch"] == 2
    assert kept["optimizer"]["param_groups"][0]["betas"] == (0.9, 0.999)


def test_what_torch_saved_loads_here(path):
    torch, theirs = pytest.importorskip("torch"), pytest.importorskip("safetensors.torch")
    net, other = (with_integers(network(each), each) for each in (minigrad, torch))
    other(torch.ones(3, 3))
    theirs.save_file(other.state_dict(), path)
    assert repr(net.load_state_dict(load(path))) == "<All keys matched successfully>"
    assert values_of(net.state_dict()) == values_of(other.state_dict())


def test_what_is_saved_here_loads_in_torch(path):
    torch, theirs = pytest.importorskip("torch"), pytest.importorskip("safetensors.torch")
    net, other = (with_integers(network(each), each) for each in (minigrad, torch))
    net[2].weight = nn.Parameter(minigrad.rand(4, 1).transpose(0, 1))
    save(net.state_dict(), path)
    assert repr(other.load_state_dict(theirs.load_file(path))) == "<All keys matched successfully>"
    assert values_of(net.state_dict()) == values_of(other.state_dict())


@pytest.mark.parametrize("zipped", [True, False])
def test_a_file_of_torch_save_is_told_from_a_damaged_one(path, zipped):
    torch = pytest.importorskip("torch")
    torch.save({"x": torch.zeros(2)}, path, _use_new_zipfile_serialization=zipped)
    kind = (
        "a zip archive, as torch.save writes" if zipped else "a pickle, as torch.save once wrote"
    )
    with pytest.raises(ValueError, match=rf"model\.safetensors: this is {kind} .*save_file\("):
        load(path)


def file_of(header, data=b""):
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def one(dtype="F32", shape=(2,), offsets=(0, 8), data=b"12345678", **metadata):
    entry = {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}
    return file_of({"x": entry, "__metadata__": metadata}, data)


def twice():
    """One name for two tensors in one place, of which readers choose the first or the last."""
    entries = [
        json.dumps({"x": {"dtype": dtype, "shape": [size], "data_offsets": [0, 4]}})[1:-1]
        for dtype, size in (("F32", 1), ("BOOL", 4))
    ]
    text = f"{{{', '.join(entries)}}}".encode()
    return struct.pack("<Q", len(text)) + text + bytes(4)


DAMAGED = {
    "nothing": (b"", "this is not a safetensors file: it has 0 bytes"),
    "text": (b"epoch,loss\n1,0.5\n", "this is not a safetensors file"),
    "a zip archive": (b"PK\x03\x04" + bytes(20), "this is a zip archive, as torch.save writes"),
    "a pickle": (b"\x80\x02}q\x00." + bytes(20), "this is a pickle, as torch.save once wrote"),
    "a huge header": (struct.pack("<Q", 2**63) + b"{}", "header too large"),
    "a header beyond the end": (struct.pack("<Q", 10**6) + b"{}", "or a damaged one"),
    "data missing": (one()[:-1], "or a damaged one"),
    "data left over": (one() + b"1", "or a damaged one"),
    "offsets beyond the end": (one(offsets=(8, 16)), "or a damaged one"),
    "offsets that do not fit": (one(offsets=(0, 4)), "or a damaged one"),
    "a shape that overflows": (one(shape=(2**40, 2**40)), "or a damaged one"),
    "a negative shape": (one(shape=(-2,)), "or a damaged one"),
    "too many dimensions": (one(shape=(2, *[1] * 70)), "tensor 'x': maximum supported dimension"),
    "an unknown dtype": (one("F16", (4,)), "tensor 'x' has the dtype F16; minigrad has F32, F64"),
    "no bools": (one("BOOL", (8,)), "tensor 'x' is of bools, but some bytes are neither 0 nor 1"),
    "another structure": (one(minigrad='{"value":1}'), "its metadata do not fit its tensors"),
    "a name twice": (twice(), "its header has 'x' twice"),
    "data that overlap": (
        file_of(
            {
                key: {"dtype": "BOOL", "shape": [3], "data_offsets": [at, at + 3]}
                for key, at in (("x", 0), ("y", 2))
            },
            bytes(5),
        ),
        "or a damaged one",
    ),
    "deep metadata": (one(minigrad='{"list":[' * 10**5), "its metadata do not fit its tensors"),
}


@pytest.mark.parametrize(("data", "message"), DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_is_no_sound_one_is_refused_by_its_name(path, data, message):
    path.write_bytes(data)
    expected = f"{re.escape(str(path))}: .*{re.escape(message)}"
    with pytest.raises(ValueError, match=expected):
        load(path)
    with pytest.raises(ValueError, match=expected), open(path, "rb") as file:
        load(file)


@given(st.data())
def test_a_damaged_file_gives_a_value_error_or_tensors_never_anything_else(data):
    file = io.BytesIO()
    save({"a": minigrad.arange(3), "b": [minigrad.zeros(2, dtype=minigrad.bool), 1.5]}, file)
    sound = file.getvalue()
    damaged = bytearray(sound[: data.draw(st.one_of(st.just(None), st.integers(0, len(sound))))])
    for _ in range(data.draw(st.integers(0, 4))):
        if damaged:
            place = data.draw(st.integers(0, len(damaged) - 1))
            damaged[place] = data.draw(st.integers(0, 255))
    try:
        loaded = load(io.BytesIO(bytes(damaged)))
    except ValueError as error:
        assert str(error).startswith("the file: ")
    else:
        assert isinstance(loaded, dict)


@given(st.integers(0, 400))
def test_a_model_is_as_it_was_after_a_file_that_is_cut_off(length):
    file = io.BytesIO()
    save(network().state_dict(), file)
    net = network()
    before = values_of(net.state_dict())
    with pytest.raises(ValueError):
        net.load_state_dict(load(io.BytesIO(file.getvalue()[:length])))
    assert values_of(net.state_dict()) == before


def test_a_model_is_as_it_was_after_a_file_of_another_model(path):
    save(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2)).state_dict(), path)
    net = network()
    before = values_of(net.state_dict())
    with pytest.raises(RuntimeError, match=r"size mismatch for 2\.weight"):
        net.load_state_dict(load(path))
    assert values_of(net.state_dict()) == before


def test_what_is_no_file(path, failure):
    with pytest.raises(FileNotFoundError, match=re.escape(str(path))):
        load(path)
    with pytest.raises(FileNotFoundError, match="nowhere"):
        save(1, path / "nowhere" / "x")
    with pytest.raises(IsADirectoryError):
        save(1, path.parent)
    assert failure(save, {}, 3) == (
        "AttributeError: save: expected 'f' to be string, path, or a file-like object with a "
        "'write' attribute, got int"
    )
    assert failure(load, None).startswith("AttributeError: load: expected 'f' to be string, path")
    assert failure(load, io.StringIO("x")).startswith("TypeError: the file: load: expected a file")
    assert failure(load, path, "cuda") == (
        "RuntimeError: map_location must be None or 'cpu', got 'cuda'"
    )


@pytest.mark.parametrize(
    "place",
    [lambda storage, location: storage, {"cuda:0": "cpu"}, {"cpu": "cpu"}, {}, "cpu", None],
)
def test_scripts_say_in_many_ways_that_tensors_go_to_the_cpu(torch, tmp_path, place):
    torch.save(torch.ones(2), tmp_path / "x")
    assert torch.load(tmp_path / "x", map_location=place).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("place", "error"),
    [("xyz", RuntimeError), ({"cpu": "xyz"}, RuntimeError), (3, TypeError), (["cpu"], TypeError)],
)
def test_elsewhere_they_do_not_go(torch, tmp_path, place, error):
    torch.save(torch.ones(2), tmp_path / "x")
    with pytest.raises(error):
        torch.load(tmp_path / "x", map_location=place)


def test_a_save_that_fails_leaves_the_old_file(path, monkeypatch):
    save({"x": minigrad.ones(2)}, path)

    def fails(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(OSError, match=re.escape(str(path))):
        save({"x": minigrad.zeros(2)}, path)
    assert load(path)["x"].tolist() == [1.0, 1.0]


def test_nothing_is_written_if_something_cannot_be_saved(path):
    with pytest.raises(TypeError, match="got Linear at 'net'; save its state_dict"):
        save({"x": minigrad.ones(1), "net": nn.Linear(1, 1)}, path)
    assert not path.exists()


def test_a_recorded_step_neither_saves_nor_loads(path):
    step = minigrad.compile(lambda x: save(x, path))
    with pytest.raises(RuntimeError, match=r"save\(\) in a compiled step"):
        step(minigrad.ones(2))
    assert not path.exists()
