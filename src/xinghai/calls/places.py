"""Where in a TOML file something stands, so that a finding can name file, line and cell.

`tomllib` forgets lines; definitions are written one table header or key per line, so a scan
of the text finds them again.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_HEADER = re.compile(r"\[{1,2}\s*([\w.\-\"]+)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"\s*\"?([\w\-]+)\"?\s*=")
_ITEM = re.compile(r"\s*\{")


@dataclass(frozen=True, slots=True)
class Place:
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Source:
    """One TOML file's text and the lines its tables and keys stand on."""

    name: str
    text: str

    @classmethod
    def read(cls, path: Path, root: Path) -> "Source":
        name = str(path.relative_to(root)) if path.is_relative_to(root) else path.name
        return cls(name, path.read_text(encoding="utf-8"))

    @cached_property
    def _entries(self) -> list[tuple[int, str, str]]:
        """(line, table, key) for every header (key empty) and every key of the file."""
        entries, table = [], ""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line.strip()):
                table = header[1].replace('"', "")
                entries.append((number, table, ""))
            elif key := _KEY.match(line):
                entries.append((number, table, key[1]))
        return entries

    def table(self, header: str, occurrence: int = 0) -> Place:
        """The nth `[header]` or `[[header]]`; the file's first line when there is none."""
        lines = [line for line, table, key in self._entries if table == header and not key]
        return Place(self.name, lines[occurrence] if occurrence < len(lines) else 1)

    def key(self, table: str, key: str, occurrence: int = 0) -> Place:
        """The nth `key = …` inside `[table]`, or the table itself."""
        lines = [line for line, own, name in self._entries if own == table and name == key]
        if occurrence < len(lines):
            return Place(self.name, lines[occurrence])
        return self.table(table)

    def item(self, table: str, key: str, number: int) -> Place:
        """The nth inline table of the list `key = [ … ]` inside `[table]`."""
        start = self.key(table, key).line
        lines = self.text.splitlines()
        seen = -1
        for offset, line in enumerate(lines[start:], start=start + 1):
            seen += bool(_ITEM.match(line))
            if seen == number:
                return Place(self.name, offset)
        return Place(self.name, start)
