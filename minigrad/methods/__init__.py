"""What a tensor can do: its methods by theme, each a call of the function of the same theme."""

from .arithmetic import Arithmetic
from .comparison import Comparison
from .conversion import Conversion
from .indexing import Indexing
from .inplace import Inplace
from .pointwise import Pointwise
from .reductions import Reductions
from .shape import Shaping

__all__ = [
    "Arithmetic",
    "Comparison",
    "Conversion",
    "Indexing",
    "Inplace",
    "Pointwise",
    "Reductions",
    "Shaping",
]
