"""The kinds of call: which process takes what comes in under one; each room registers its own."""

from collections.abc import Collection

_kinds: dict[str, frozenset[str]] = {}


def register_kind(key: str, *, levels: Collection[str]) -> None:
    """Let calls be of this kind: the key of a process.

    `levels` names what a call of the kind may ask for between author and bureau:
    `endorsed_kinds` (the unit reviews), `recommended_kinds` (a recommending body passes on).
    """
    _kinds[key] = frozenset(levels)


def known_kinds() -> list[str]:
    """Return every kind a call may have, in the order of the alphabet."""
    return sorted(_kinds)


def levels_of(kind: str) -> frozenset[str]:
    """Return the levels a call of a registered kind may ask for."""
    return _kinds[kind]
