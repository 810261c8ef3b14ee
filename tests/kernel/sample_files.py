"""Files as people upload them, and the same with something in them that must not be there."""

import io
import zipfile
from collections.abc import Callable

import pikepdf
from PIL import Image

TYPES_OPEN = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
RELATIONS_OPEN = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
WORD_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN_TYPE = "application/vnd.openxmlformats-officedocument."
OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def types(*more: str, main: str) -> str:
    """The list of content types with further lines."""
    lines = "".join(more)
    return (
        f'{TYPES_OPEN}<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/main" ContentType="{main}"/>{lines}</Types>'
    )


def override(content_type: str) -> str:
    return f'<Override PartName="/part" ContentType="{content_type}"/>'


def relation(kind: str, target: str, *, outside: bool = True) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="r1" Type="{OFFICE_RELATION}{kind}" Target="{target}"{mode}/>'


def relations(*some: str) -> str:
    return f"{RELATIONS_OPEN}{''.join(some)}</Relationships>"


def docx(
    *, body: str = "", listed: tuple[str, ...] = (), related: tuple[str, ...] = (), **parts: bytes
) -> bytes:
    """A Word document; `parts` are further parts by name, with `__` for the slash."""
    main = f"{OPEN_TYPE}wordprocessingml.document.main+xml"
    document = f"<w:document {WORD_NAMES}><w:body>{body}</w:body></w:document>"
    more = {name.replace("__", "/"): content for name, content in parts.items()}
    return zipped(
        {
            "[Content_Types].xml": types(*listed, main=main),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations(*related),
            **more,
        }
    )


def xlsx(*, listed: tuple[str, ...] = (), **parts: bytes) -> bytes:
    main = f"{OPEN_TYPE}spreadsheetml.sheet.main+xml"
    more = {name.replace("__", "/"): content for name, content in parts.items()}
    return zipped(
        {"[Content_Types].xml": types(*listed, main=main), "xl/workbook.xml": "<workbook/>", **more}
    )


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda _document: None, **saving: object) -> bytes:
    """A document of one page; `change` puts something into it before it is saved."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    change(document)
    written = io.BytesIO()
    document.save(written, **saving)  # type: ignore[arg-type]
    return written.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size).save(written, kind)
    return written.getvalue()
