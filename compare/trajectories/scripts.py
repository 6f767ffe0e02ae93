"""What is trained? Scripts for PyTorch, each a function of the library that runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROWS, FEATURES, CLASSES, BATCH_SIZE = 500, 9, 4, 32


@dataclass
class Training:
    """What a script has made: all that a step needs, and all that it changes."""

    network: Any
    loader: Any
    criterion: Any
    optimizer: Any
    scheduler: Any = None


Script = Callable[[Any], Training]


def slides_network(torch: Any) -> Any:
    """The slides' network: Linear, BatchNorm and ELU twice, then a probability."""
    nn = torch.nn

    class Net(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.fc1 = nn.Linear(FEATURES, 16)
            self.bn1 = nn.BatchNorm1d(16)
            self.fc2 = nn.Linear(16, 8)
            self.bn2 = nn.BatchNorm1d(8)
            self.fc3 = nn.Linear(8, 1)
            nn.init.kaiming_uniform_(self.fc1.weight)
            nn.init.kaiming_uniform_(self.fc2.weight)
            nn.init.kaiming_uniform_(self.fc3.weight, nonlinearity="sigmoid")

        def forward(self, x: Any) -> Any:
            x = nn.functional.elu(self.bn1(self.fc1(x)))
            x = nn.functional.elu(self.bn2(self.fc2(x)))
            return nn.functional.sigmoid(self.fc3(x))

    return Net()


def loader_of(torch: Any, features: Any, labels: Any) -> Any:
    """Shuffled batches; the last one of each epoch is smaller."""
    data = torch.utils.data
    samples = data.TensorDataset(features, labels)
    return data.DataLoader(samples, batch_size=BATCH_SIZE, shuffle=True)


def yes_or_no(torch: Any) -> tuple[Any, Any]:
    """Features and labels of 0 and 1 that follow from them but for noise."""
    x = torch.rand(ROWS, FEATURES)
    noise = 0.3 * torch.rand(ROWS, 1)
    y = ((x[:, 0:1] - x[:, 1:2] * x[:, 2:3] + noise) > 0.3).float()
    return x, y


def slides(optimiser: str, schedule: str = "", **settings: Any) -> Script:
    """The slides' network under an optimiser, and a schedule that is a name of `lr_scheduler`."""

    def script(torch: Any) -> Training:
        torch.manual_seed(42)
        x, y = yes_or_no(torch)
        network = slides_network(torch)
        optimizer = getattr(torch.optim, optimiser)(network.parameters(), **settings)
        scheduler = None
        if schedule:
            scheduler = getattr(torch.optim.lr_scheduler, schedule)(optimizer, T_max=200)
        loader = loader_of(torch, x, y)
        return Training(network, loader, torch.nn.BCELoss(), optimizer, scheduler)

    return script


def without_batch_norm(torch: Any) -> Training:
    """A ReLU network that ends in logits: no normalisation holds its values together."""
    nn = torch.nn
    torch.manual_seed(43)
    x, y = yes_or_no(torch)
    network = nn.Sequential(
        nn.Linear(FEATURES, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1)
    )
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    return Training(network, loader_of(torch, x, y), nn.BCEWithLogitsLoss(), optimizer)


def classes(torch: Any) -> Training:
    """One of several classes, by cross entropy with smoothed labels."""
    nn = torch.nn
    torch.manual_seed(44)
    x = torch.rand(ROWS, FEATURES)
    y = x[:, :CLASSES].argmax(1)  # (ROWS,) of int64
    network = nn.Sequential(nn.Linear(FEATURES, 32), nn.Tanh(), nn.Linear(32, CLASSES))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
    return Training(network, loader_of(torch, x, y), criterion, optimizer)


def dropout(torch: Any) -> Training:
    """A network that draws random numbers in each step."""
    nn = torch.nn
    torch.manual_seed(45)
    x, y = yes_or_no(torch)
    network = nn.Sequential(nn.Linear(FEATURES, 32), nn.ELU(), nn.Dropout(0.2), nn.Linear(32, 1))
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    return Training(network, loader_of(torch, x, y), nn.BCEWithLogitsLoss(), optimizer)


SCRIPTS: dict[str, Script] = {
    "SGD": slides("SGD", lr=0.05),
    "SGD, momentum": slides("SGD", lr=0.05, momentum=0.9),
    "SGD, schedule": slides("SGD", "CosineAnnealingLR", lr=0.1, momentum=0.9),
    "SGD, weight decay": slides("SGD", lr=0.05, momentum=0.9, weight_decay=1e-2),
    "Adam": slides("Adam", lr=0.005),
    "AdamW": slides("AdamW", lr=0.005, weight_decay=1e-2),
    "RMSprop": slides("RMSprop", lr=0.002),
    "Adagrad": slides("Adagrad", lr=0.02),
    "ReLU, no BatchNorm": without_batch_norm,
    "classes": classes,
    "dropout": dropout,
}
