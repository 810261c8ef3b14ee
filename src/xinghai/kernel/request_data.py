"""Answers out of an ordinary form post, whatever their shape.

Control names say where a value belongs: `title`, `keywords[]`, `period[start]`,
`team[0][name]`. The page names its fields in hidden `__field` inputs, so that
an unticked box is told from a field that was not on the page.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from django.http import HttpRequest, RawPostDataException

PRESENT = "__field"
# The word of a list's address for rows that have none of what is asked for.
NONE = "none"
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_STEP = re.compile(r"\[([^\[\]]*)\]")

MOST_STEPS = 4
MOST_DIGITS = 9
DEEPEST = 12

Posted = Iterable[tuple[str, list[str]]]


def read_posted(lists: Posted) -> dict[str, Any]:
    """Raw answers of the fields on the page, for `parse_answers`; an absent one is ``""``.

    `lists` is `request.POST.lists()`. Rows are ordered by their number; gaps close.
    """
    given = dict(lists)
    tree: dict[str, Any] = {}
    for name, values in given.items():
        found = _NAME.fullmatch(name)
        steps = _STEP.findall(found[2]) if found else []
        if found and len(steps) <= MOST_STEPS:
            _place(tree, found[1], steps, values)
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
    if value and all(is_number(key) for key in value):
        return [_closed(value[key]) for key in sorted(value, key=int)]
    return {key: _closed(inner) for key, inner in value.items()}


def is_number(text: str) -> bool:
    """Whether the text is a whole number short enough to be the id or the index of a row."""
    return text.isdecimal() and len(text) <= MOST_DIGITS


def numbers(texts: Iterable[str]) -> set[int]:
    """Return the ids of the ticked rows; values that are no numbers are ignored."""
    return {int(text) for text in texts if is_number(text)}


def read_json(request: HttpRequest) -> Any:
    """What a script sent; ValueError for what no page of ours sends and no column can hold.

    That is: not JSON (a form with files was read as one before), nested without end, or a
    number that is none (NaN, Infinity, 1e999).
    """
    try:
        value = json.loads(request.body, parse_constant=_refuse, parse_float=_finite)
    except RawPostDataException as form:
        raise ValueError("not JSON") from form
    except RecursionError as endless:
        raise ValueError("nested too deep") from endless
    if not _is_shallow(value, DEEPEST):
        raise ValueError("nested too deep")
    return value


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


def _finite(word: str) -> float:
    number = float(word)
    if number in (float("inf"), float("-inf")):
        raise ValueError(word)
    return number


def _is_shallow(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left > 0 and all(_is_shallow(one, left - 1) for one in inner)
