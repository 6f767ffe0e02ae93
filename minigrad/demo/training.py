"""How is the network trained under one recipe, and what is measured on the way?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import accuracy_score, f1_score

import minigrad as torch
from minigrad import Tensor, nn, optim
from minigrad.demo.recipes import Net, Recipe
from minigrad.demo.split import Split
from minigrad.utils.data import DataLoader, TensorDataset


@dataclass(frozen=True)
class Settings:
    """What all recipes share."""

    epochs: int
    batch_size: int
    lr: float
    optimizer: str
    seed: int
    compiled: bool


@dataclass(frozen=True)
class Scores:
    """How good a trained network is; accuracy and F1 are those of the test rows."""

    train_loss: float
    test_loss: float
    accuracy: float
    f1: float


@dataclass(frozen=True)
class Result:
    """What training under one recipe led to; a network that diverged has no scores."""

    recipe: Recipe
    scores: Scores | None
    gradient_sizes: npt.NDArray[np.float64]  # (steps, layers)
    steps_per_epoch: int

    def typical_sizes(self) -> npt.NDArray[np.float64]:
        """The median over all steps of each layer's gradient size, first layer to last."""
        return np.median(self.gradient_sizes, axis=0)  # (layers,)


def train(
    recipe: Recipe, split: Split, settings: Settings, after_epoch: Callable[[float], None]
) -> Result:
    """Train a new network under a recipe; `after_epoch` is given each epoch's mean loss."""
    torch.manual_seed(settings.seed)
    net = Net(split.train_x.shape[1], recipe)
    criterion = nn.BCELoss()
    optimizer = make_optimizer(net, settings)

    def step(x: Tensor, y: Tensor) -> Tensor:
        optimizer.zero_grad()
        loss: Tensor = criterion(net(x), y)
        loss.backward()
        optimizer.step()
        return loss

    if settings.compiled:
        step = torch.compile(step)

    # Recipes draw different amounts of initial weights: seeded again, all see the same batches.
    torch.manual_seed(settings.seed)
    loader = make_loader(split, settings)
    sizes: list[list[float]] = []
    for _ in range(settings.epochs):
        losses = []
        try:
            for x, y in loader:
                losses.append(step(x, y).item())
                sizes.append([gradient_size(layer) for layer in net.layers()])
        except RuntimeError:
            # The loss refuses probabilities that are NaN; any other error is a fault.
            if not has_diverged(net, split):
                raise
            break
        after_epoch(float(np.mean(losses)))

    scores = None if has_diverged(net, split) else evaluate(net, criterion, split)
    return Result(recipe, scores, np.array(sizes), len(loader))


def make_optimizer(net: Net, settings: Settings) -> optim.Optimizer:
    """The optimiser that the settings name."""
    if settings.optimizer == "adam":
        return optim.Adam(net.parameters(), lr=settings.lr)
    return optim.SGD(net.parameters(), lr=settings.lr)


def make_loader(split: Split, settings: Settings) -> DataLoader[tuple[Tensor, ...]]:
    """Shuffled batches of the training rows."""
    dataset = TensorDataset(split.train_x, split.train_y)
    # BatchNorm cannot train on a batch of one row, which the last batch could be.
    one_row_left = len(dataset) % settings.batch_size == 1
    return DataLoader(dataset, settings.batch_size, shuffle=True, drop_last=one_row_left)


def gradient_size(layer: nn.Linear) -> float:
    """The root mean square of the weight's gradient: its L2 norm, whatever the layer's size."""
    gradient = layer.weight.grad
    assert gradient is not None, "a layer has a gradient once backward() has run"
    return float(np.sqrt(np.mean(gradient.numpy().astype(np.float64) ** 2)))


def has_diverged(net: Net, split: Split) -> bool:
    """Whether the network no longer gives a probability for every row."""
    parts = (split.train_x, split.test_x)
    return any(np.isnan(predict(net, x).numpy()).any() for x in parts)


def predict(net: Net, x: Tensor) -> Tensor:
    """The probabilities that a network in evaluation mode gives."""
    net.eval()
    with torch.no_grad():
        probabilities: Tensor = net(x)
    return probabilities


def evaluate(net: Net, criterion: nn.BCELoss, split: Split) -> Scores:
    """The losses on both parts, and accuracy and F1 on the test rows."""
    train_p = predict(net, split.train_x)
    test_p = predict(net, split.test_x)
    truth = split.test_y.numpy().ravel() > 0.5
    decided = test_p.numpy().ravel() > 0.5
    return Scores(
        train_loss=criterion(train_p, split.train_y).item(),
        test_loss=criterion(test_p, split.test_y).item(),
        accuracy=float(accuracy_score(truth, decided)),
        f1=float(f1_score(truth, decided, zero_division=0.0)),
    )
