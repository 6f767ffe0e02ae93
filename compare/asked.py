"""What can be refused before minigrad is imported, whose kernels may have to be compiled?"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from .devices import ALL, CPU, obstacle


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def positive(text: str) -> int:
    """A number of something, of which there is at least one."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number of at least 1")
    return int(text)


def device(name: str) -> str:
    """A device of PyTorch's that can be used here, or all there are."""
    if name != ALL and not re.fullmatch(r"cpu|cuda(:\d+)?", name):
        raise argparse.ArgumentTypeError(
            f"unknown device {name!r}: expected cpu, cuda, cuda:N or all"
        )
    reason = obstacle(name)
    if reason is not None:
        raise argparse.ArgumentTypeError(f"device {name!r}: {reason}")
    return name


def add_device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device", default=CPU, type=device, help="where PyTorch computes: cpu, cuda, cuda:1, all"
    )


def refuse_device(arguments: Sequence[str]) -> None:
    """Exit if a device is asked for that is not there, whatever else is asked for."""
    parser = Parser(prog="compare", add_help=False)
    add_device(parser)
    parser.parse_known_args(arguments)
