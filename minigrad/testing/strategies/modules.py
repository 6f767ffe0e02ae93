"""Small networks: which layers, of which sizes, for which inputs?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

ACTIVATIONS = (
    "ReLU()",
    "Sigmoid()",
    "Tanh()",
    "ELU()",
    "ELU(alpha=0.5)",
    "LeakyReLU()",
    "LeakyReLU(0.2)",
    "SELU()",
    "GELU()",
    "GELU(approximate='tanh')",
    "SiLU()",
    "Softplus()",
    "Softplus(beta=2, threshold=1)",
    "Softmax(dim=1)",
    "LogSoftmax(dim=1)",
    "Identity()",
)


@dataclass(frozen=True)
class Network:
    """Layers in order, and the sizes that they take and give; `build` makes the module.

    Parameters
    ----------
    layers : the calls of their constructors, without `nn.`
    features, outputs : of a batch of inputs, (N, features), and of what comes out, (N, outputs)
    seed : what `manual_seed` is given before the layers draw their weights

    Examples
    --------
    >>> import minigrad
    >>> network = Network(("Linear(3, 2)", "ReLU()"), 3, 2)
    >>> print(network)
    nn.Sequential(nn.Linear(3, 2), nn.ReLU())
    >>> network.input_shape(4), network.build(minigrad)(minigrad.zeros(4, 3)).shape
    ((4, 3), minigrad.Size([4, 2]))
    """

    layers: tuple[str, ...]
    features: int
    outputs: int
    seed: int = 0

    @property
    def source(self) -> str:
        """The call of the constructor."""
        called = ", ".join(f"nn.{layer}" for layer in self.layers)
        return called if len(self.layers) == 1 else f"nn.Sequential({called})"

    def __str__(self) -> str:
        return self.source

    def build(self, library: Any = None) -> Any:
        """The module, of minigrad or of a library with its names; its weights follow the seed."""
        if library is None:
            import minigrad as library
        library.manual_seed(self.seed)
        return eval(self.source, {"nn": library.nn})

    def input_shape(self, rows: int = 2) -> tuple[int, int]:
        """The shape of a batch of so many rows."""
        return rows, self.features

    @property
    def needs_several_rows(self) -> bool:
        """Whether a batch of one row is refused in training: BatchNorm has no variance of one."""
        return any(layer.startswith("BatchNorm") for layer in self.layers)

    @property
    def gives_probabilities(self) -> bool:
        """Whether all outputs are between 0 and 1."""
        last = [layer for layer in self.layers if layer != "Identity()"][-1:]
        return bool(last) and last[0].startswith(("Sigmoid", "Softmax"))

    @property
    def gives_logarithms(self) -> bool:
        """Whether outputs are logarithms of probabilities of classes."""
        return bool(self.layers) and self.layers[-1].startswith("LogSoftmax")


@st.composite
def modules(
    draw: Any,
    *,
    max_layers: int = 4,
    max_features: int = 4,
    activations: tuple[str, ...] = ACTIVATIONS,
    batch_norm: bool = True,
    dropout: bool = True,
    outputs: int | None = None,
) -> Network:
    """Networks of Linear layers, with normalisation, activations and dropout between them.

    Parameters
    ----------
    max_layers : how many Linear layers there are at most; there is one at least
    max_features : how wide they are at most
    activations : calls of constructors to choose from, as in `ACTIVATIONS`
    batch_norm, dropout : whether these layers may be among them
    outputs : how many outputs there are; None for any number

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import modules
    >>> print(find(modules(), lambda network: True))
    nn.Linear(1, 1)
    >>> print(find(modules(outputs=2), lambda network: network.gives_probabilities))
    nn.Sequential(nn.Linear(1, 2), nn.Sigmoid())
    """
    for name, value in (("max_layers", max_layers), ("max_features", max_features)):
        if value < 1:
            raise ValueError(f"modules: {name} must be at least 1, got {value}")
    width = features = draw(st.integers(1, max_features))
    layers: list[str] = []
    for number in range(draw(st.integers(1, max_layers)))[::-1]:
        wanted = outputs if outputs is not None and number == 0 else None
        following = draw(st.integers(1, max_features)) if wanted is None else wanted
        bias = draw(st.sampled_from(("", ", bias=False")))
        layers.append(f"Linear({width}, {following}{bias})")
        width = following
        layers += draw(_after_linear(width, activations, batch_norm, dropout))
    return Network(tuple(layers), features, width, draw(st.integers(0, 3)))


@st.composite
def _after_linear(
    draw: Any, width: int, activations: tuple[str, ...], batch_norm: bool, dropout: bool
) -> list[str]:
    found = []
    if batch_norm and draw(st.booleans()):
        rest = draw(st.sampled_from(("", ", affine=False", ", momentum=None", ", eps=0.1")))
        found.append(f"BatchNorm1d({width}{rest})")
    if activations and draw(st.booleans()):
        found.append(draw(st.sampled_from(activations)))
    if dropout and draw(st.booleans()):
        found.append(draw(st.sampled_from(("Dropout(0.5)", "Dropout(0.0)"))))
    return found
