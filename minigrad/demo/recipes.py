"""Which network does the demo train, and what does each of its four recipes change?"""

from collections.abc import Callable
from dataclasses import dataclass

import minigrad.nn.init as init
from minigrad import Tensor, nn


@dataclass(frozen=True)
class Recipe:
    """Which of the three steps against unstable gradients a network takes."""

    name: str
    kaiming: bool
    activation: Callable[[Tensor], Tensor]
    batch_norm: bool


RECIPES = (
    Recipe("default init, ReLU", False, nn.functional.relu, False),
    Recipe("Kaiming, ReLU", True, nn.functional.relu, False),
    Recipe("Kaiming, ELU", True, nn.functional.elu, False),
    Recipe("Kaiming, ELU, BatchNorm", True, nn.functional.elu, True),
)


class Net(nn.Module):
    """Three linear layers, 16, 8 and 1 wide, that end in the probability of class 1."""

    def __init__(self, inputs: int, recipe: Recipe) -> None:
        super().__init__()
        self.fc1 = nn.Linear(inputs, 16)
        self.fc2 = nn.Linear(16, 8)
        self.fc3 = nn.Linear(8, 1)
        self.activation = recipe.activation
        self.batch_norm = recipe.batch_norm

        if recipe.kaiming:
            init.kaiming_uniform_(self.fc1.weight)
            init.kaiming_uniform_(self.fc2.weight)
            init.kaiming_uniform_(self.fc3.weight, nonlinearity="sigmoid")
        if recipe.batch_norm:
            self.bn1 = nn.BatchNorm1d(16)
            self.bn2 = nn.BatchNorm1d(8)

    def forward(self, x: Tensor) -> Tensor:
        x = self.fc1(x)  # (N, 16)
        if self.batch_norm:
            x = self.bn1(x)
        x = self.activation(x)
        x = self.fc2(x)  # (N, 8)
        if self.batch_norm:
            x = self.bn2(x)
        x = self.activation(x)
        return nn.functional.sigmoid(self.fc3(x))  # (N, 1)

    def layers(self) -> tuple[nn.Linear, ...]:
        """The layers whose gradients are compared, first to last."""
        return (self.fc1, self.fc2, self.fc3)
