"""The largest and smallest numbers of dtypes."""


def test_limits(torch, printed):
    assert printed(torch.finfo(torch.float32)) == (
        "finfo(resolution=1e-06, min=-3.40282e+38, max=3.40282e+38, eps=1.19209e-07, "
        "smallest_normal=1.17549e-38, tiny=1.17549e-38, dtype=float32)"
    )
    wide = torch.finfo(torch.float64)
    assert (wide.eps, wide.bits, wide.tiny) == (2.0**-52, 64, 2.0**-1022)
    assert torch.finfo(float).bits == torch.iinfo(int).bits == 64
    assert torch.finfo().max == torch.finfo(torch.float32).max
    whole = torch.iinfo(torch.int64)
    assert (whole.min, whole.max, whole.bits) == (-(2**63), 2**63 - 1, 64)
    assert printed(whole) == "iinfo(min=-9.22337e+18, max=9.22337e+18, dtype=int64)"
    ends = [(torch.iinfo(each).min, torch.iinfo(each).max) for each in (torch.uint8, torch.int8)]
    assert ends == [(0, 255), (-128, 127)]
    assert printed(torch.iinfo(torch.int32)) == (
        "iinfo(min=-2.14748e+09, max=2.14748e+09, dtype=int32)"
    )


def test_refused(torch, failure):
    for given in (None, 2.0, "float32"):
        assert failure(torch.finfo, given).startswith("TypeError: finfo(): argument 'type'")
    assert failure(torch.finfo, torch.int64).startswith(
        "TypeError: minigrad.finfo() requires a floating point input type"
    )
    assert failure(torch.iinfo, torch.float32).startswith(
        "TypeError: minigrad.iinfo() requires an integer input type"
    )
    assert failure(torch.iinfo, torch.bool) == (
        "TypeError: minigrad.bool is not supported by minigrad.iinfo"
    )
