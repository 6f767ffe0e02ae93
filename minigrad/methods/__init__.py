"""What a tensor can do: its methods by theme, each a call of the function of the same theme."""

from ..numpy_names import add_numpys_names_to_methods
from .arithmetic import Arithmetic
from .autograd import Autograd
from .comparison import Comparison
from .conversion import Conversion
from .copying import Copying
from .creation import Creation
from .description import Description
from .indexing import Indexing
from .inplace import Inplace
from .inplace_pointwise import InplacePointwise
from .logic import Logic
from .pointwise import Pointwise
from .products import Products
from .rearranging import Rearranging
from .reductions import Reductions
from .shape import Shaping
from .values import Values

__all__ = [
    "Arithmetic",
    "Autograd",
    "Comparison",
    "Conversion",
    "Copying",
    "Creation",
    "Description",
    "Indexing",
    "Inplace",
    "InplacePointwise",
    "Logic",
    "Pointwise",
    "Products",
    "Rearranging",
    "Reductions",
    "Shaping",
    "Values",
]

for _name in __all__:
    add_numpys_names_to_methods(globals()[_name])
