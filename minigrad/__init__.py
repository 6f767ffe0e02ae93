"""minigrad: a tensor engine with reverse-mode automatic differentiation, to be read.

The names, arguments and numbers are PyTorch's: `import minigrad as torch`.
"""

from importlib import import_module
from math import e, inf, nan, pi
from typing import TYPE_CHECKING, Any

from .tensor import Size, Tensor  # first: what it builds on comes with it

# isort: split
from . import accelerator, autograd, backends, creation, cuda, missing, nn, optim, random, utils
from .autograd import (
    enable_grad,
    inference_mode,
    is_anomaly_check_nan_enabled,
    is_anomaly_enabled,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from .creation import *  # noqa: F403
from .determinism import (
    are_deterministic_algorithms_enabled,
    get_float32_matmul_precision,
    is_deterministic_algorithms_warn_only_enabled,
    set_float32_matmul_precision,
    use_deterministic_algorithms,
)
from .devices import device
from .dtypes import (
    bool,
    can_cast,
    dtype,
    float32,
    float64,
    get_default_dtype,
    int8,
    int16,
    int32,
    int64,
    promote_types,
    set_default_dtype,
    uint8,
)
from .functions import exports
from .functions.exports import in_place, of_elements, of_tensors  # one by one, for type checkers
from .functions.exports.in_place import *  # noqa: F403
from .functions.exports.of_elements import *  # noqa: F403
from .functions.exports.of_tensors import *  # noqa: F403
from .kernels.threads import get_num_threads, set_num_threads
from .layouts import contiguous_format, layout, memory_format, preserve_format, strided
from .limits import finfo, iinfo
from .numpy_names import add_numpys_names
from .out_argument import taking_out
from .print_options import set_printoptions
from .random import (
    Generator,
    default_generator,
    get_rng_state,
    initial_seed,
    manual_seed,
    seed,
    set_rng_state,
)
from .recording import compile
from .serialization import load, save
from .tensor_types import (
    BoolTensor,
    ByteTensor,
    CharTensor,
    DoubleTensor,
    FloatTensor,
    IntTensor,
    LongTensor,
    ShortTensor,
)
from .utils.dlpack import from_dlpack
from .version import __version__

float = float32
double = float64
long = int64
int = int32
short = int16
newaxis = None

__all__ = [
    "BoolTensor",
    "ByteTensor",
    "CharTensor",
    "DoubleTensor",
    "FloatTensor",
    "Generator",
    "IntTensor",
    "LongTensor",
    "ShortTensor",
    "Size",
    "Tensor",
    "__version__",
    "accelerator",
    "are_deterministic_algorithms_enabled",
    "autograd",
    "backends",
    "bool",
    "can_cast",
    "compile",
    "contiguous_format",
    "cuda",
    "default_generator",
    "device",
    "double",
    "dtype",
    "e",
    "enable_grad",
    "finfo",
    "float",
    "float32",
    "float64",
    "from_dlpack",
    "get_default_dtype",
    "get_float32_matmul_precision",
    "get_num_threads",
    "get_rng_state",
    "iinfo",
    "inf",
    "inference_mode",
    "initial_seed",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "is_anomaly_check_nan_enabled",
    "is_anomaly_enabled",
    "is_deterministic_algorithms_warn_only_enabled",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "layout",
    "load",
    "long",
    "manual_seed",
    "memory_format",
    "nan",
    "newaxis",
    "nn",
    "no_grad",
    "optim",
    "pi",
    "preserve_format",
    "promote_types",
    "random",
    "save",
    "seed",
    "set_default_dtype",
    "set_float32_matmul_precision",
    "set_grad_enabled",
    "set_num_threads",
    "set_printoptions",
    "set_rng_state",
    "short",
    "strided",
    "testing",
    "uint8",
    "use_deterministic_algorithms",
    "utils",
]
__all__ += creation.__all__
__all__ += in_place.__all__
__all__ += of_elements.__all__
__all__ += of_tensors.__all__
add_numpys_names([*creation.__all__, *exports.__all__], globals(), __name__, taking_out)

if TYPE_CHECKING:
    from . import testing
else:

    def __getattr__(name: str) -> Any:
        if name == "testing":  # which training does not need; it takes 25 ms
            return import_module(".testing", __name__)
        raise missing.attribute(__name__, name, __all__)
