"""Reading the city's file (`XINGHAI_CITY_FILE`): every fault of it is named at once."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

# The longest each key of an entry may be: as the columns that keep it.
_LONGEST = {"code": 20, "name": 40, "name_en": 80, "gb_code": 6}
_NEEDED = ("code", "name", "name_en")
_KEYS = {
    "districts": (*_NEEDED, "gb_code"),
    "qualifications": _NEEDED,
}
_CODE = re.compile(r"[A-Za-z0-9_-]+")


class CityFileRefused(Exception):
    """The city's file cannot be used; the message names each fault with its place."""


@cache
def read_city(path: str) -> Mapping[str, Any]:
    """Return the city's file as it stands: `districts`, `qualifications`, `places`.

    Raises CityFileRefused.
    """
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CityFileRefused(f"{path}: {error}") from error
    if faults := list(_faults_of(found)):
        raise CityFileRefused("\n".join(f"{path}: {fault}" for fault in faults))
    return found


def _faults_of(found: Mapping[str, Any]) -> Iterator[str]:
    places = found.get("places")
    if not isinstance(places, list) or not all(isinstance(one, str) and one for one in places):
        yield "places: a list of names is needed"
    for name in sorted(found.keys() - {"places", *_KEYS}):
        yield f"{name}: unknown key"
    for name, keys in _KEYS.items():
        entries = found.get(name)
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            yield f"{name}: a list of tables is needed"
            continue
        for number, entry in enumerate(entries, start=1):
            for fault in _faults_in(entry, keys):
                yield f"{name}, entry {number}: {fault}"
        codes = Counter(str(entry.get("code")) for entry in entries)
        yield from (f"{name}: duplicate code {one!r}" for one, many in codes.items() if many > 1)


def _faults_in(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in sorted(entry.keys() - set(keys)):
        yield f"{key}: unknown key"
    for key in keys:
        value = entry.get(key, "")
        if not isinstance(value, str):
            yield f"{key}: {value!r} is not text"
        elif not value and key in _NEEDED:
            yield f"{key}: missing"
        elif len(value) > _LONGEST[key]:
            yield f"{key}: {value!r} is longer than {_LONGEST[key]} characters"
        elif key == "code" and not _CODE.fullmatch(value):
            yield f"code: {value!r} has other characters than letters, digits, - and _"
        elif "\0" in value:
            yield f"{key}: {value!r} has a character no text has"
