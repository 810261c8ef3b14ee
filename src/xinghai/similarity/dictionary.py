"""The dictionary of words, read when the first text is cut: 33 MB most processes never need."""

from functools import cache
from importlib import import_module
from typing import Any


@cache
def _rjieba() -> Any:
    return import_module("rjieba")


def cut(text: str) -> list[str]:
    """Cut a text into words as the dictionary has them, without a guess from the context."""
    return _rjieba().cut(text, hmm=False)


def tag(text: str) -> list[tuple[str, str]]:
    """Cut a text into words, each with its kind."""
    return _rjieba().tag(text)
