"""`xinghai compare`: copies among the documents of files, on this machine or on a Ray cluster.

One setting decides where: XINGHAI_RAY_ADDRESS, as `ray start` prints it.
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from xinghai.config.errors import StartError


def compare(arguments: argparse.Namespace) -> None:
    run_compare(files=arguments.files, stock=arguments.stock)


def run_compare(*, files: str, stock: Sequence[str]) -> None:
    """Write a line of JSON for each pair of documents that shares a passage."""
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    distributed = load_distributed()
    try:
        known = [Path(one).read_text() for one in stock]
        distributed.choose_runner(os.environ.get("XINGHAI_RAY_ADDRESS", ""))
        rows = distributed.spread(distributed.read(files), stock=known)
    except FileNotFoundError as fault:
        which = str(fault).splitlines()[0]
        raise StartError(f"没有这个文件：{which}", f"There is no such file: {which}") from fault
    except ValueError as fault:
        raise StartError(f"这些文件无法比对：{fault}", f"Cannot be compared: {fault}") from fault
    for row in rows.iter_rows():
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def load_distributed() -> ModuleType:
    """Import what needs the extra, or say how it is installed."""
    try:
        return importlib.import_module("xinghai.similarity.distributed")
    except ImportError as fault:
        raise StartError(
            f"缺少 {fault.name}；请先运行：./xinghai prepare spread",
            f"{fault.name} is missing; install it with: ./xinghai prepare spread",
        ) from fault
