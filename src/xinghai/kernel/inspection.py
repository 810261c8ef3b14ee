"""What an uploaded file really is: the content decides, the name must agree."""

import io
import zipfile

import filetype
from defusedxml.ElementTree import parse as parse_xml
from django.utils.translation import gettext as _

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPE_OF_SUFFIX = {
    "pdf": PDF,
    "docx": DOCX,
    "xlsx": XLSX,
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
OFFICE_PARTS = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
MOST_ENTRIES = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 200
ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")


class FileRefused(Exception):
    """The file cannot be taken; `reason` names the file and the remedy."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def inspect(name: str, content: bytes) -> str:
    """Return the content type of a permitted file, or raise FileRefused.

    Permitted: PDF, Word and Excel of the XML kind, PNG, JPEG; no macros, no
    active PDF content, no archive that unpacks out of proportion.
    """
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    expected = TYPE_OF_SUFFIX.get(suffix)
    if expected is None:
        raise FileRefused(
            _("“%(name)s”的格式不能接收。请转为 PDF、Word（docx）、Excel（xlsx）、PNG 或 JPG。")
            % {"name": name}
        )
    guess = filetype.guess(content)
    if guess is None or guess.mime not in {expected, "application/zip"}:
        raise _disguised(name, suffix)
    if expected in OFFICE_PARTS:
        _inspect_office(name, suffix, content, OFFICE_PARTS[expected])
    elif guess.mime != expected:
        raise _disguised(name, suffix)
    if expected == PDF and any(mark in content for mark in ACTIVE_PDF):
        raise FileRefused(
            _("“%(name)s”里有脚本或内嵌文件。请另存为普通 PDF 后再传。") % {"name": name}
        )
    return expected


def _inspect_office(name: str, suffix: str, content: bytes, main_part: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _inspect_sizes(name, entries, len(content))
            names = {entry.filename for entry in entries}
            if main_part not in names or "[Content_Types].xml" not in names:
                raise _disguised(name, suffix)
            if any(part.endswith("vbaProject.bin") for part in names):
                raise FileRefused(_("“%(name)s”里有宏。请去掉宏后再传。") % {"name": name})
            with archive.open("[Content_Types].xml") as part:
                parse_xml(part)
            with archive.open(main_part) as part:
                parse_xml(part)
    except FileRefused:
        raise
    except Exception as fault:
        raise FileRefused(
            _("“%(name)s”已损坏，无法打开。请重新保存后再传。") % {"name": name}
        ) from fault


def _inspect_sizes(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    outside = any(
        entry.filename.startswith("/") or ".." in entry.filename.split("/") for entry in entries
    )
    if (
        outside
        or len(entries) > MOST_ENTRIES
        or unpacked > min(LARGEST_UNPACKED, LARGEST_RATIO * packed)
    ):
        raise FileRefused(_("“%(name)s”解压后异常庞大，不能接收。") % {"name": name})


def _disguised(name: str, suffix: str) -> FileRefused:
    return FileRefused(
        _("“%(name)s”的内容不是 %(suffix)s 文件，请检查后缀或重新导出。")
        % {"name": name, "suffix": suffix}
    )
