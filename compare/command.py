"""What can be asked for on the command line, and with which exit status is it answered?

0: every row passes; 1: a row fails; 2: the comparison could not be made as asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import numpy as np
import torch
from rich.console import Console

import minigrad

from .comparison import compare, names
from .export import write_json
from .report import print_report
from .row import FAIL
from .trajectories import command as trajectories


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def make_parser() -> Parser:
    parser = Parser(
        prog="compare",
        description="Hold minigrad's operations, gradients, optimisers and random numbers against "
        "the mathematics, beside PyTorch.",
    )
    parser.add_argument(
        "--device", default="cpu", type=device, help="where PyTorch computes: cpu, cuda, cuda:1"
    )
    parser.add_argument(
        "--operation",
        action="append",
        metavar="NAME",
        type=operation,
        help=f"compare only this; may be given more than once. One of {', '.join(names())}",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all rows to a file")
    parser.add_argument("--verbose", action="store_true", help="show all rows, not the worst ones")
    trajectories.add_arguments(parser)
    return parser


def device(name: str) -> str:
    """A device of PyTorch's that can be used here."""
    kind, _, index = name.partition(":")
    if kind not in ("cpu", "cuda") or (index and not index.isdecimal()):
        raise argparse.ArgumentTypeError(f"unknown device {name!r}: expected cpu, cuda or cuda:N")
    if kind == "cpu":
        return kind
    if not torch.cuda.is_available():
        raise argparse.ArgumentTypeError(f"device {name!r}: PyTorch finds no CUDA device here")
    if int(index or 0) >= torch.cuda.device_count():
        raise argparse.ArgumentTypeError(
            f"device {name!r}: PyTorch finds {torch.cuda.device_count()} CUDA devices"
        )
    return name


def operation(name: str) -> str:
    """Something that can be compared."""
    if name not in names():
        raise argparse.ArgumentTypeError(
            f"unknown operation {name!r}: expected one of {', '.join(names())}"
        )
    return name


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print, write; return the exit status."""
    parser = make_parser()
    chosen = parser.parse_args(arguments)
    if chosen.json is not None and not chosen.json.absolute().parent.is_dir():
        parser.error(f"--json: there is no folder {str(chosen.json.parent)!r}")
    if trajectories.wanted(parser, chosen):
        return trajectories.run(parser, chosen)
    if np.finfo(np.longdouble).nmant <= np.finfo(np.float64).nmant:
        parser.error("this machine's longdouble is no wider than float64: nothing to judge it by")
    wanted = list(dict.fromkeys(chosen.operation or names()))
    rows = list(compare(wanted, chosen.device))
    console = Console(highlight=False)
    title = (
        f"minigrad {minigrad.__version__} beside PyTorch {torch.__version__} on {chosen.device}"
    )
    print_report(console, rows, title, chosen.verbose)
    if chosen.json is not None:
        content = {
            "minigrad": minigrad.__version__,
            "torch": str(torch.__version__),
            "numpy": np.__version__,
            "device": chosen.device,
            "rows": [asdict(row) for row in rows],
        }
        try:
            write_json(chosen.json, content)
        except OSError as error:
            parser.error(f"--json: {chosen.json}: {error.strerror}")
    return 1 if any(row.verdict == FAIL for row in rows) else 0
