"""Translations without gettext's programs: extract, complete and compile the rooms' catalogues.

Chinese is the message id, English stands in `<room>/locale/en/LC_MESSAGES/django.po`. One
catalogue per room, so that work in two rooms never meets in one file. The compiled files are
not kept in the repository; a process that starts makes sure of them.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
# Every room with words of its own, lowest floor first: a new room is in it by itself.
FLOORS = ("kernel", "accounts", "calls", "submissions", "casework", "duplicates")
HIGHEST = ("portal", "config")
WITHOUT_WORDS = ("corpus",)
ROOMS = (
    *FLOORS,
    *sorted(
        place.parent.name
        for place in PACKAGE.glob("*/apps.py")
        if place.parent.name not in (*FLOORS, *HIGHEST, *WITHOUT_WORDS)
    ),
    *HIGHEST,
)
# Templates of the frames and of the sign-in library belong to these rooms.
OTHER_FOLDERS = {"account": "accounts", "mfa": "accounts", "allauth": "accounts"}
COMMON_ROOM = "kernel"
# Written by hand: the framework's own sentences that it does not say well in Chinese.
FRAMEWORK_CHINESE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# The files are compared in reviews: a date that changes by itself would hide what changed.
HEADER_DATE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Wanted:
    """A message found in the sources; `plural` is empty when it is not counted."""

    file: str
    message: str
    plural: str = ""
    context: str = ""


def catalogue_path(room: str) -> Path:
    return PACKAGE / room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def wanted_by(room: str) -> list[Wanted]:
    """Every message of a room's code and templates, in the order of the files."""
    found = [one for file in _code_of(room) for one in _from_code(file)]
    return found + [one for file in _templates_of(room) for one in _from_template(file)]


def completed(room: str) -> tuple[Catalog, list[str]]:
    """The catalogue as it should be now, and the messages it does not translate yet."""
    catalogues = [_read(one) for one in (room, *ROOMS)]
    fresh = Catalog(
        locale="en", project="Xinghai", creation_date=HEADER_DATE, revision_date=HEADER_DATE
    )
    fresh.header_comment = f"# English of the room {room}."
    fresh.last_translator = fresh.language_team = "Xinghai"
    for one in wanted_by(room):
        key = (one.message, one.plural) if one.plural else one.message
        fresh.add(
            key,
            _translation(catalogues, key, one.context or None),
            locations=[(one.file, 0)],
            context=one.context or None,
        )
    return fresh, [_key(one) for one in fresh if one.id and not _is_translated(one.string)]


def _translation(catalogues: list[Catalog], key: Any, context: str | None) -> Any:
    """The room's own translation, or else the one another room gave the same words."""
    found = (catalogue.get(key, context) for catalogue in catalogues)
    return next((one.string for one in found if one and _is_translated(one.string)), None)


def write(room: str, catalogue: Catalog) -> None:
    path = catalogue_path(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_text(catalogue))


def as_text(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, include_lineno=False)
    return buffer.getvalue()


def ensure_compiled() -> list[Path]:
    """Compile each catalogue whose compiled file is absent or older; return what was compiled."""
    done = []
    for source in (*map(catalogue_path, ROOMS), FRAMEWORK_CHINESE):
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            done.append(target)
    return done


def _compile(source: Path, target: Path) -> None:
    """Written aside and renamed: two processes may start at the same moment."""
    handle, aside = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        write_mo(file, _read_file(source))
    os.chmod(aside, 0o644)
    os.replace(aside, target)


def _read(room: str) -> Catalog:
    return _read_file(catalogue_path(room))


def _read_file(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _code_of(room: str) -> Iterator[Path]:
    return iter(sorted((PACKAGE / room).rglob("*.py")))


def _templates_of(room: str) -> Iterator[Path]:
    folder = PACKAGE / "templates"
    for file in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        if room_of(file.relative_to(folder)) == room:
            yield file


def room_of(template: Path) -> str:
    """The room whose catalogue translates a template, by the template's first folder."""
    first = template.parts[0]
    return first if first in ROOMS else OTHER_FOLDERS.get(first, COMMON_ROOM)


def _from_code(file: Path) -> Iterator[Wanted]:
    yield from _extracted(file.read_bytes(), file)


def _from_template(file: Path) -> Iterator[Wanted]:
    source = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    # What is left between the calls is no Python; without indentation it can be tokenised.
    flat = re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)
    yield from _extracted(flat.encode(), file)


def _extracted(source: bytes, file: Path) -> Iterator[Wanted]:
    name = str(file.relative_to(PACKAGE))
    for _line, ids, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        message, plural = (ids[0], ids[1]) if isinstance(ids, tuple) else (ids, "")
        if message:
            yield Wanted(name, message, plural, context or "")


def _is_translated(string: Any) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _key(message: Any) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)
