"""Names of PyTorch's past, without the underscore of work in place: they do the same, and warn."""

import pytest

INITIALISERS = {
    "constant": (0.5,),
    "dirac": (),
    "eye": (),
    "kaiming_normal": (),
    "kaiming_uniform": (0.5,),
    "normal": (1.0, 2.0),
    "orthogonal": (),
    "sparse": (0.5,),
    "uniform": (1.0, 2.0),
    "xavier_normal": (2.0,),
    "xavier_uniform": (),
}


@pytest.mark.parametrize("name", INITIALISERS)
def test_initialisers(torch, name):
    init = torch.nn.init
    text = f"`nn.init.{name}` is now deprecated in favor of `nn.init.{name}_`."
    first, second = (torch.empty(4, 3, *[1] * (name == "dirac")) for _ in range(2))
    torch.manual_seed(0)
    with pytest.warns(FutureWarning) as caught:
        assert getattr(init, name)(first, *INITIALISERS[name]) is first
    assert [str(each.message) for each in caught] == [text]
    torch.manual_seed(0)
    getattr(init, name + "_")(second, *INITIALISERS[name])
    assert first.tolist() == second.tolist() and getattr(init, name).__name__ == name


def test_an_old_answer_of_how_to_initialise(torch):
    def init_weights(module):
        if isinstance(module, torch.nn.Linear):
            torch.nn.init.xavier_uniform(module.weight)
            module.bias.data.fill_(0.01)

    net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU())
    with pytest.warns(FutureWarning):
        net.apply(init_weights)
    assert net[0].bias.tolist() == pytest.approx([0.01] * 2) and net[0].weight.requires_grad


def test_clipping(torch):
    w = torch.zeros(2, requires_grad=True)
    w.grad = torch.tensor([3.0, 4.0])
    with pytest.warns(FutureWarning, match="utils.clip_grad_norm` is now deprecated in favor of"):
        assert torch.nn.utils.clip_grad_norm([w], max_norm=1.0).item() == 5.0
    assert w.grad.tolist() == pytest.approx([0.6, 0.8])
