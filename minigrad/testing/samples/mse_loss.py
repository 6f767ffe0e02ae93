"""Squared error: any two tensors of one shape."""

from ..operations.sample import Draw, Sample
from .pairs import the_sum_is_of_the_losses


def sample(draw: Draw) -> Sample:
    shape, scale = draw.shape(), draw.scale()
    x, target = (draw.tensor(shape, -1e3, 1e3, 0.0, -0.0, 1.0) for _ in range(2))
    return Sample(
        [x, target, scale],
        units=4.0,
        independent=shape,
        relations=[the_sum_is_of_the_losses],
    )
