"""Word and Excel of the XML kind (ECMA-376): every part is of a sort we know, and leads nowhere.

What is not known is refused: a list of dangers is always one behind.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from xinghai.kernel.file_checks.verdicts import (
    BROKEN,
    DISGUISED,
    EMBEDDED,
    HUGE,
    LOCKED,
    MACROS,
    OUTSIDE,
    Found,
)

MOST_PARTS = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 200
MOST_ELEMENTS, MOST_ATTRIBUTES = 2_000_000, 4_000_000
DEEPEST_XML, DEEPEST_PACKAGE = 500, 2
PIECE = 1024 * 1024

TYPES, RELATIONS = "[content_types].xml", ".rels"
WORD, EXCEL = "word/document.xml", "xl/workbook.xml"
# What begins like this is a program or a container of the old kind, whatever it is called.
OLE, PROGRAM, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"PK\x03\x04"

_OPEN = "application/vnd.openxmlformats-officedocument."
KNOWN_TYPES = re.compile(
    r"application/xml|text/xml|image/[\w.+-]+|application/pdf"
    rf"|{re.escape('application/vnd.openxmlformats-package.')}[\w.+-]+"
    rf"|{re.escape(_OPEN)}[\w.+-]+"
    r"|application/vnd\.ms-(word|excel|office|powerpoint)\.[\w.+-]+"
    r"|application/x-font[\w-]*|application/x-fontdata|font/[\w-]+"
)
MACRO_TYPES = re.compile(r"macro|vba|activex|intlmacro|dialogsheet|customui|userinterface", re.I)
EMBEDDED_TYPES = re.compile(r"oleobject|\.package$|webextension", re.I)
MACRO_RELATIONS = re.compile(
    r"vba|macro|activex|/control$|customui|ui/extensibility|dialogsheet|attachedToolbars", re.I
)
EMBEDDED_RELATIONS = re.compile(r"oleobject|webextension", re.I)
ON_A_CLICK = re.compile(r"(https?|mailto|tel):", re.I)
OWN_DISK = re.compile(r"(file:///)?[a-z]:[\\/]", re.I)
# DDE starts a program when a field is updated.
FIELDS, FIELD_ATTRIBUTE, FIELD_BEGIN = ("instrText", "delInstrText"), "instr", "fldChar"
DDE = re.compile(r"\bDDE(AUTO)?\b", re.I)
OUTSIDE_LINKS = ("ddeLink", "oleLink")


def check_document(content: bytes) -> None:
    """Raise Found with what is wrong with a Word document."""
    _check(content, WORD, DEEPEST_PACKAGE)


def check_workbook(content: bytes) -> None:
    """Raise Found with what is wrong with an Excel workbook."""
    _check(content, EXCEL, DEEPEST_PACKAGE)


def _check(content: bytes, main_part: str, left: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _entries(archive, len(content))
            if main_part not in entries or TYPES not in entries:
                raise Found(DISGUISED)
            total = _Total()
            for name, entry in entries.items():
                _check_part(name, _read(archive, entry, total), total, left)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as fault:
        raise Found(BROKEN) from fault


def _entries(archive: zipfile.ZipFile, packed: int) -> dict[str, zipfile.ZipInfo]:
    """Return the parts by their name in small letters: readers of such files do not tell case."""
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    steps = [step for name in names for step in re.split(r"[\\/]", name)]
    if ".." in steps or any(re.match(r"[\\/]|[a-z]:", name) for name in names):
        raise Found(OUTSIDE)
    if len(set(names)) != len(names):
        raise Found(DISGUISED)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Found(LOCKED)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > min(LARGEST_UNPACKED, LARGEST_RATIO * packed):
        raise Found(HUGE)
    return dict(zip(names, entries, strict=True))


@dataclass
class _Total:
    """What all parts together have unpacked to and hold, counted as they are read."""

    unpacked: int = 0
    elements: int = 0
    attributes: int = 0

    def add(self, *, elements: int = 0, attributes: int = 0, unpacked: int = 0) -> None:
        self.elements += elements
        self.attributes += attributes
        self.unpacked += unpacked
        if (
            self.elements > MOST_ELEMENTS
            or self.attributes > MOST_ATTRIBUTES
            or self.unpacked > LARGEST_UNPACKED
        ):
            raise Found(HUGE)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, total: _Total) -> bytes:
    """Unpack a part by pieces: the size it states is not believed."""
    pieces = []
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            total.add(unpacked=len(piece))
            pieces.append(piece)
    return b"".join(pieces)


def _check_part(name: str, content: bytes, total: _Total, left: int) -> None:
    if content.startswith((OLE, PROGRAM)):
        raise Found(MACROS if "vba" in name else EMBEDDED)
    if content.startswith(ZIP):
        _check_package(content, left)
    elif name.endswith((".xml", RELATIONS, ".vml")):
        for element, attributes in _Xml(total).read(content):
            _check_element(name, element, attributes)


def _check_package(content: bytes, left: int) -> None:
    """The table behind a chart is a workbook of its own; anything else is a file in a file."""
    if left == 0:
        raise Found(HUGE)
    try:
        _check(content, EXCEL, left - 1)
    except Found as found:
        raise Found(EMBEDDED if found.verdict == DISGUISED else found.verdict) from found


def _check_element(part: str, element: str, attributes: dict[str, str]) -> None:
    if part == TYPES and element in ("Default", "Override"):
        _check_type(attributes.get("ContentType", ""))
    if part.endswith(RELATIONS) and element == "Relationship":
        _check_relation(attributes)
    if element in OUTSIDE_LINKS or DDE.search(attributes.get(FIELD_ATTRIBUTE, "")):
        raise Found(OUTSIDE)


def _check_type(content_type: str) -> None:
    if MACRO_TYPES.search(content_type):
        raise Found(MACROS)
    if EMBEDDED_TYPES.search(content_type) or not KNOWN_TYPES.fullmatch(content_type.lower()):
        # A part a program put there for itself; only Word's own containers are called so.
        raise Found(EMBEDDED)


def _check_relation(attributes: dict[str, str]) -> None:
    kind, target = attributes.get("Type", ""), attributes.get("Target", "").strip()
    if MACRO_RELATIONS.search(kind):
        raise Found(MACROS)
    if EMBEDDED_RELATIONS.search(kind):
        raise Found(EMBEDDED)
    if attributes.get("TargetMode", "").lower() != "external":
        return
    is_link = kind.endswith("/hyperlink") and ON_A_CLICK.match(target)
    # Word notes where the template lay on the writer's disk, and opens nothing elsewhere.
    is_template = kind.endswith("/attachedTemplate") and OWN_DISK.match(target)
    if not is_link and not is_template:
        raise Found(OUTSIDE)


@dataclass
class _Xml:
    """Reads one part without building a tree; entities and document types are refused."""

    total: _Total
    met: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    depth: int = 0
    in_field: bool = False
    instructions: list[str] = field(default_factory=list)

    def read(self, content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the name of every element that is looked at, without its prefix, and attributes."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        for begin in range(0, len(content), PIECE):
            self._parse(parser, content[begin : begin + PIECE], is_last=False)
            yield from self.met
            self.met.clear()
        self._parse(parser, b"", is_last=True)
        if DDE.search("".join(self.instructions)):
            raise Found(OUTSIDE)

    def _parse(self, parser: Any, piece: bytes, *, is_last: bool) -> None:
        try:
            parser.Parse(piece, is_last)
        except expat.ExpatError as fault:
            raise Found(BROKEN) from fault

    def _refuse(self, *_declared: object) -> None:
        raise Found(BROKEN)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.total.add(elements=1, attributes=len(attributes))
        self.depth += 1
        if self.depth > DEEPEST_XML:
            raise Found(HUGE)
        plain = name.rpartition(":")[2]
        self.in_field = plain in FIELDS
        if plain == FIELD_BEGIN:
            self.instructions.append(" ")
        if attributes or plain in OUTSIDE_LINKS:
            own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            self.met.append((plain, own))

    def _end(self, _name: str) -> None:
        self.depth -= 1
        self.in_field = False

    def _text(self, text: str) -> None:
        if self.in_field:
            self.instructions.append(text)
