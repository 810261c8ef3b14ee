"""How names are kept comparable and sortable."""

import unicodedata
from difflib import SequenceMatcher
from importlib import import_module

from xinghai.kernel.apart import apart


def clean_name(typed: str) -> str:
    """Return the NFKC form with single spaces and no invisible characters."""
    shown = "".join(
        character
        for character in unicodedata.normalize("NFKC", typed)
        if unicodedata.category(character) not in {"Cf", "Cc", "Co"}
    )
    return " ".join(shown.split())


@apart
def initials(name: str) -> str:
    """Return pinyin initials for picking: 大连理工大学 gives dllgdx.

    The dictionary of readings is 55 MB, so it is read where a name is registered, not at import.
    """
    pypinyin = import_module("pypinyin")
    letters = pypinyin.lazy_pinyin(name, style=pypinyin.Style.FIRST_LETTER)
    return "".join(letter.lower() for letter in letters if letter.strip())[:100]


def likeness(name: str, other: str) -> float:
    """Return how alike two names look, from 0 to 1."""
    return SequenceMatcher(None, clean_name(name), clean_name(other), autojunk=False).ratio()
