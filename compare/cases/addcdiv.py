"""addcdiv: what addcmul is compared on, with a quotient in the place of the product."""

from __future__ import annotations

import numpy as np

from ..case import Operation
from ..references import sums
from .addcmul import calling, cases_with

OPERATION = Operation(calling("addcdiv"), sums.addcdiv, cases_with(np.divide), fused=False)
