"""Where scripts import containers from: `torch.nn.modules.container`."""

from ..container import ModuleList, Sequential
from ..module_dict import ModuleDict
from ..parameter_container import ParameterDict, ParameterList

__all__ = ["ModuleDict", "ModuleList", "ParameterDict", "ParameterList", "Sequential"]
