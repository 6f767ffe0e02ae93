"""Scripts ask whether there is a GPU before they use one: here there is none."""


def is_available() -> bool:
    """Whether tensors can be on a GPU: False."""
    return False


def device_count() -> int:
    """How many GPUs tensors can be on: 0."""
    return 0
