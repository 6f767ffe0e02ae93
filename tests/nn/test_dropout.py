"""Dropout as a module."""


def test_printed_forms(torch, printed):
    nn = torch.nn
    modules = [nn.Dropout(), nn.Dropout(0.2, inplace=True), nn.Dropout(1)]
    assert [printed(module) for module in modules] == [
        "Dropout(p=0.5, inplace=False)",
        "Dropout(p=0.2, inplace=True)",
        "Dropout(p=1, inplace=False)",
    ]


def test_it_drops_in_training_only(torch):
    x, dropout = torch.ones(100), torch.nn.Dropout(0.75)
    assert set(dropout(x).tolist()) == {0.0, 4.0}
    assert dropout.eval()(x) is x
    assert dropout.train()(x) is not x
    dropout.p = 0.0
    assert dropout(x) is x


def test_in_place_the_input_is_the_output(torch):
    x = torch.ones(100)
    assert torch.nn.Dropout(0.5, inplace=True)(x) is x
    assert set(x.tolist()) == {0.0, 2.0}


def test_each_call_draws_anew_and_a_seed_draws_again(torch):
    x, dropout = torch.ones(100), torch.nn.Dropout()
    torch.manual_seed(4)
    first, second = dropout(x).tolist(), dropout(x).tolist()
    torch.manual_seed(4)
    assert first == dropout(x).tolist() != second
