"""What an uploaded file may contain: each danger alone, and what ordinary programs write."""

import subprocess
import sys
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.kernel.sample_files import (
    OPEN_TYPE,
    docx,
    override,
    pdf,
    picture,
    relation,
    xlsx,
    zipped,
)
from xinghai.config.demonstration.story import LETTER
from xinghai.kernel import inspection
from xinghai.kernel.file_checks import office, pictures
from xinghai.kernel.file_checks.__main__ import verdict_of
from xinghai.kernel.file_checks.verdicts import (
    ACTIVE,
    BROKEN,
    CLEAN,
    DISGUISED,
    DOCX,
    EMBEDDED,
    HUGE,
    JPEG,
    LOCKED,
    MACROS,
    OUTSIDE,
    PDF,
    PNG,
    VERDICTS,
    XLSX,
)
from xinghai.kernel.inspection import look_into, reason_for

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def field(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:p>'


CLEAN_WORD = {
    "plain": docx(),
    "a picture": docx(word__media__a=picture()),
    "a link to read": docx(related=(relation("hyperlink", "https://example.com/a"),)),
    "the writer's own template": docx(
        related=(relation("attachedTemplate", "file:///C:\\\\Users\\\\a\\\\Normal.dotm"),)
    ),
    "a page number": docx(body=field(" PAGE ")),
    "a chart with its table": docx(word__embeddings__a=xlsx()),
    "comments": docx(listed=(override(f"{OPEN_TYPE}wordprocessingml.commentsExtended+xml"),)),
}
HOSTILE_WORD = {
    "macros": (docx(**{"word__vbaProject.bin": OLE}), MACROS),
    "macros in capitals": (docx(**{"word__VBAPROJECT.BIN": OLE}), MACROS),
    "macros under another name": (docx(word__media__image1=OLE), EMBEDDED),
    "macros by type": (
        docx(listed=(override("application/vnd.ms-office.vbaProject"),)),
        MACROS,
    ),
    "a document of the kind with macros": (
        docx(listed=(override("application/vnd.ms-word.document.macroEnabled.main+xml"),)),
        MACROS,
    ),
    "a control": (docx(listed=(override("application/vnd.ms-office.activeX+xml"),)), MACROS),
    "a control by relation": (docx(related=(relation("control", "a", outside=False),)), MACROS),
    "an object": (docx(related=(relation("oleObject", "a", outside=False),)), EMBEDDED),
    "a program": (docx(word__embeddings__a=b"MZ" + b"\0" * 90), EMBEDDED),
    "another archive": (docx(word__embeddings__a=zipped({"a.exe": b"MZ"})), EMBEDDED),
    "a type nobody knows": (docx(listed=(override("application/x-evil"),)), EMBEDDED),
    "a template from elsewhere": (
        docx(related=(relation("attachedTemplate", "https://evil.example/a.dotm"),)),
        OUTSIDE,
    ),
    "a template on a share": (
        docx(related=(relation("attachedTemplate", "\\\\\\\\evil\\\\a.dotm"),)),
        OUTSIDE,
    ),
    "a picture from elsewhere": (docx(related=(relation("image", "https://e.example/"),)), OUTSIDE),
    "a link to a share": (docx(related=(relation("hyperlink", "\\\\\\\\evil\\\\a"),)), OUTSIDE),
    "a field that starts a program": (docx(body=field(" DDEAUTO c:\\\\cmd ")), OUTSIDE),
    "the same in pieces": (docx(body=field(" DD", "EAU", "TO c:\\\\cmd ")), OUTSIDE),
    "the same as an attribute": (docx(body='<w:fldSimple w:instr=" DDE a b "/>'), OUTSIDE),
    "a way out of the archive": (docx(**{"..__..__evil.xml": b"x"}), OUTSIDE),
    "the same with the other slash": (docx(**{"..\\..\\evil.xml": b"x"}), OUTSIDE),
    "an absolute place": (docx(**{"__evil.xml": b"x"}), OUTSIDE),
    "two parts of one name": (docx(**{"WORD__document.xml": b"<a/>"}), DISGUISED),
    "no document": (zipped({"a.txt": b"x"}), DISGUISED),
    "a workbook": (xlsx(), DISGUISED),
    "an entity": (
        docx(**{"word__a.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///e">]><a>&x;</a>'}),
        BROKEN,
    ),
    "an outside DTD": (docx(**{"word__a.xml": b'<!DOCTYPE a SYSTEM "https://e/"><a/>'}), BROKEN),
    "a part that is no XML": (docx(**{"word__a.xml": b"<a>"}), BROKEN),
    "a bomb": (docx(word__bomb=b"\0" * 40_000_000), HUGE),
    "elements without end": (docx(**{"word__a.xml": b"<a>" + b"<b/>" * 2_000_001 + b"</a>"}), HUGE),
    "depth without end": (docx(**{"word__a.xml": b"<a>" * 600 + b"</a>" * 600}), HUGE),
    "half of it": (docx()[:-30], BROKEN),
}


@pytest.mark.parametrize("name", CLEAN_WORD)
def test_what_word_writes_is_clean(name: str) -> None:
    assert verdict_of(DOCX, CLEAN_WORD[name]) == CLEAN


@pytest.mark.parametrize("name", HOSTILE_WORD)
def test_a_word_document_with_something_in_it_is_found(name: str) -> None:
    content, verdict = HOSTILE_WORD[name]
    assert verdict_of(DOCX, content) == verdict


def test_too_many_attributes_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST_ATTRIBUTES", 3)
    content = docx(**{"word__a.xml": b'<a b="1" c="2" d="3" e="4"/>'})
    assert verdict_of(DOCX, content) == HUGE


def test_a_size_that_lies_is_not_believed() -> None:
    """The central list says one byte where a thousand unpack."""
    content = bytearray(docx(word__long=b"x" * 1000))
    at = content.rindex(b"word/long") - 46 + 24
    content[at : at + 4] = (1).to_bytes(4, "little")
    assert verdict_of(DOCX, bytes(content)) == BROKEN


def test_an_archive_with_a_password_is_told_apart() -> None:
    content = bytearray(docx())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + flags] |= 1
    assert verdict_of(DOCX, bytes(content)) == LOCKED


def test_packages_in_packages_without_end_are_not_followed() -> None:
    inner = xlsx()
    for _level in range(3):
        inner = xlsx(xl__embeddings__a=inner)
    assert verdict_of(DOCX, docx(word__embeddings__a=inner)) == HUGE


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (xlsx(), CLEAN),
        (xlsx(**{"xl__printerSettings.bin": b"\0" * 50}), CLEAN),
        (xlsx(listed=(override("application/vnd.ms-excel.macrosheet+xml"),)), MACROS),
        (xlsx(listed=(override("application/vnd.ms-excel.intlmacrosheet+xml"),)), MACROS),
        (xlsx(**{"xl__externalLinks__a.xml": b'<e><ddeLink ddeService="cmd"/></e>'}), OUTSIDE),
        (docx(), DISGUISED),
    ],
)
def test_a_workbook_is_held_to_the_same(content: bytes, verdict: str) -> None:
    assert verdict_of(XLSX, content) == verdict


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def at_opening(what: Callable[[], Dictionary]) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        document.Root.OpenAction = what()

    return change


def annotated(what: Callable[[], Dictionary]) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        document.pages[0].Annots = Array([document.make_indirect(what())])

    return change


def in_a_script_tree(document: Pdf) -> None:
    names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action("JavaScript")])))
    document.Root.Names = names


def with_a_file(document: Pdf) -> None:
    document.attachments["evil.exe"] = b"MZ"


def with_a_form_of_xml(document: Pdf) -> None:
    document.Root.AcroForm = Dictionary(XFA=String("<xdp/>"))


def with_content_elsewhere(document: Pdf) -> None:
    stream = document.make_stream(b"x")
    stream.stream_dict.F = String("\\\\evil\\share")
    document.Root.Evil = stream


def link() -> Dictionary:
    place, target = Array([0, 0, 9, 9]), action("URI", URI=String("https://example.com"))
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, A=target)


PDFS: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "a link to click": (annotated(link), CLEAN),
    "a script at opening": (
        at_opening(lambda: action("JavaScript", JS=String("app.alert(1)"))),
        ACTIVE,
    ),
    "a program at opening": (at_opening(lambda: action("Launch", F=String("cmd.exe"))), ACTIVE),
    "an address at opening": (at_opening(lambda: action("URI", URI=String("https://e/"))), ACTIVE),
    "another file at opening": (
        at_opening(lambda: action("GoToR", F=String("\\\\evil\\a"))),
        ACTIVE,
    ),
    "a form that is sent": (annotated(lambda: Dictionary(A=action("SubmitForm"))), ACTIVE),
    "a script in the list of names": (in_a_script_tree, ACTIVE),
    "a film": (annotated(lambda: Dictionary(Subtype=Name("/RichMedia"))), ACTIVE),
    "an address on a trigger": (annotated(lambda: Dictionary(AA=Dictionary(PO=link().A))), ACTIVE),
    "a form of XML": (with_a_form_of_xml, ACTIVE),
    "content that lies elsewhere": (with_content_elsewhere, ACTIVE),
    "another file in it": (with_a_file, EMBEDDED),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_with_something_in_it_is_found(name: str, packed: bool) -> None:
    """Also where the objects stand compressed in a stream of objects."""
    change, verdict = PDFS[name]
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    assert verdict_of(PDF, pdf(change, object_stream_mode=mode)) == verdict


def test_a_name_written_with_escapes_is_read_as_what_it_means() -> None:
    content = pdf(at_opening(lambda: action("JavaScript", JS=String("1"))), linearize=False)
    assert content.count(b"/JavaScript") == 1
    escaped = content.replace(b"/JavaScript", b"/#4AavaScript").replace(b"/JS", b"/#4AS")
    assert verdict_of(PDF, escaped) == ACTIVE


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (pdf(), CLEAN),
        (LETTER, CLEAN),
        (b"%PDF-1.4\n%%EOF\n", BROKEN),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>", BROKEN),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), LOCKED),
    ],
)
def test_a_pdf_must_open_and_have_pages(content: bytes, verdict: str) -> None:
    assert verdict_of(PDF, content) == verdict


def test_a_pdf_nested_without_end_is_found() -> None:
    def nest(document: Pdf) -> None:
        inner = Dictionary()
        for _level in range(70):
            inner = Dictionary(A=inner)
        document.Root.Deep = inner

    assert verdict_of(PDF, pdf(nest)) == HUGE


def test_a_picture_can_be_decoded_and_is_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict_of(PNG, picture()) == verdict_of(JPEG, picture("JPEG")) == CLEAN
    assert verdict_of(PNG, b"\x89PNG\r\n\x1a\n" + b"\0" * 30) == BROKEN
    monkeypatch.setattr(pictures, "MOST_PIXELS", 47)
    assert verdict_of(PNG, picture()) == HUGE


def test_the_process_of_its_own_gives_the_same_verdict() -> None:
    assert look_into(PDF, pdf()) == CLEAN
    assert look_into(DOCX, HOSTILE_WORD["macros"][0]) == MACROS


@pytest.mark.parametrize(
    "ending", ["import os; os.abort()", "while True: pass", "print('fine', end='')"]
)
def test_a_check_that_dies_hangs_or_babbles_takes_no_file(
    ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = subprocess.run

    def broken(command: list[str], **more: object) -> object:
        return run([sys.executable, "-c", ending], **{**more, "timeout": 1})  # type: ignore[call-overload]

    monkeypatch.setattr(inspection.subprocess, "run", broken)
    assert look_into(PDF, pdf()) == HUGE


def test_every_verdict_is_said_with_the_file_s_name_and_a_remedy() -> None:
    assert reason_for(CLEAN, "a.pdf") == ""
    for verdict in set(VERDICTS) - {CLEAN}:
        assert "“预算.docx”" in reason_for(verdict, "预算.docx")
