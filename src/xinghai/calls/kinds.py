"""The kinds of call: which process takes what comes in under one; each room registers its own."""

_kinds: set[str] = set()


def register_kind(key: str) -> None:
    """Let calls be of this kind: the key of a process."""
    _kinds.add(key)


def known_kinds() -> list[str]:
    """Return every kind a call may have, in the order of the alphabet."""
    return sorted(_kinds)
