"""The initialisers by the names that they had before the underscore."""

from ..renamed import renamed
from .fans import kaiming_normal_, kaiming_uniform_, xavier_normal_, xavier_uniform_
from .filling import constant_, normal_, uniform_
from .structured import dirac_, eye_, orthogonal_, sparse_

constant = renamed("nn.init", constant_)
dirac = renamed("nn.init", dirac_)
eye = renamed("nn.init", eye_)
kaiming_normal = renamed("nn.init", kaiming_normal_)
kaiming_uniform = renamed("nn.init", kaiming_uniform_)
normal = renamed("nn.init", normal_)
orthogonal = renamed("nn.init", orthogonal_)
sparse = renamed("nn.init", sparse_)
uniform = renamed("nn.init", uniform_)
xavier_normal = renamed("nn.init", xavier_normal_)
xavier_uniform = renamed("nn.init", xavier_uniform_)
