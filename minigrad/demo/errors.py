"""How does the demo say, in one line, what is wrong with its input?"""

LONGEST_SHOWN = 40


class InputError(Exception):
    """Something the user gave cannot be used; the message is one line that says what and where."""


def cut(text: str) -> str:
    """Text shortened, where it has to be, to a length that can be read at a glance."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def quoted(text: str) -> str:
    """Text from the user's file in quotes, cut and on one line."""
    return repr(cut(text))


def shown(path: object) -> str:
    """A path as the user wrote it, or in quotes where printing it would break the line."""
    text = str(path)
    return text if text.isprintable() else repr(text)


def reason(error: OSError) -> str:
    """What the operating system said, without the number and the path."""
    return error.strerror or str(error)
