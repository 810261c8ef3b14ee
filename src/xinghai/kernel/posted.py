"""Answers out of an ordinary form post, whatever their shape.

Control names say where a value belongs: `title`, `keywords[]`, `period[start]`,
`team[0][name]`. The page names its fields in hidden `__field` inputs, so that
an unticked box is told from a field that was not on the page.
"""

import re
from collections.abc import Iterable
from typing import Any

PRESENT = "__field"
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_STEP = re.compile(r"\[([^\[\]]*)\]")

Posted = Iterable[tuple[str, list[str]]]


def read_posted(lists: Posted) -> dict[str, Any]:
    """Raw answers of the fields on the page, for `parse_answers`; an absent one is ``""``.

    `lists` is `request.POST.lists()`. Rows are ordered by their number; gaps close.
    """
    given = dict(lists)
    tree: dict[str, Any] = {}
    for name, values in given.items():
        found = _NAME.fullmatch(name)
        if found:
            _place(tree, found[1], _STEP.findall(found[2]), values)
    return {field: _closed(tree.get(field, "")) for field in given.get(PRESENT, [])}


def _place(tree: dict[str, Any], name: str, steps: list[str], values: list[str]) -> None:
    if not steps:
        tree[name] = values[-1] if values else ""
    elif steps == [""]:
        tree[name] = values
    else:
        inner = tree.setdefault(name, {})
        if isinstance(inner, dict):
            _place(inner, steps[0], steps[1:], values)


def _closed(value: Any) -> Any:
    """A mapping from row numbers becomes the list of its rows."""
    if not isinstance(value, dict):
        return value
    if value and all(key.isdecimal() for key in value):
        return [_closed(value[key]) for key in sorted(value, key=int)]
    return {key: _closed(inner) for key, inner in value.items()}
