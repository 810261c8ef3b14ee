"""Uploads: resumable, checked by content, never trusted by name."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from tests.factories import make_user
from xinghai.kernel import uploads
from xinghai.kernel.clock import database_now
from xinghai.kernel.inspection import FileRefused, inspect
from xinghai.kernel.models import FileChunk, StoredFile
from xinghai.kernel.uploads import (
    LARGEST_FILE,
    MOST_OPEN_UPLOADS,
    WrongOffset,
    receive,
    start_upload,
)

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
CONTENT_TYPES = b'<?xml version="1.0"?><Types/>'


def office_file(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<document/>"}
    return office_file({**parts, **more})


@pytest.mark.django_db
def test_pieces_in_order_make_a_complete_file() -> None:
    upload = start_upload(make_user(), name="承诺书.pdf", size=len(PDF))
    receive(upload, offset=0, content=PDF[:20])
    done = receive(upload, offset=20, content=PDF[20:])
    assert done.completed_at is not None
    assert done.content_type == "application/pdf"
    assert not FileChunk.objects.exists()


@pytest.mark.django_db
def test_a_wrong_offset_is_told_where_to_go_on() -> None:
    upload = start_upload(make_user(), name="承诺书.pdf", size=len(PDF))
    receive(upload, offset=0, content=PDF[:20])
    with pytest.raises(WrongOffset) as wrong:
        receive(upload, offset=40, content=PDF[40:])
    assert wrong.value.offset == 20


@pytest.mark.django_db
def test_a_piece_sent_again_after_a_lost_answer_is_answered_like_the_first() -> None:
    upload = start_upload(make_user(), name="承诺书.pdf", size=len(PDF))
    receive(upload, offset=0, content=PDF[:20])
    again = receive(upload, offset=0, content=PDF[:20])
    assert again.received == 20
    receive(upload, offset=20, content=PDF[20:])
    assert receive(upload, offset=20, content=PDF[20:]).completed_at is not None


@pytest.mark.django_db
def test_a_disguised_file_is_refused_and_gone() -> None:
    content = b"MZ" + b"\0" * 100
    upload = start_upload(make_user(), name="承诺书.pdf", size=len(content))
    with pytest.raises(FileRefused, match="不是 pdf 文件"):
        receive(upload, offset=0, content=content)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, -1, LARGEST_FILE + 1])
def test_an_oversize_or_empty_file_is_refused_before_a_byte_is_sent(size: int) -> None:
    with pytest.raises(FileRefused, match="20 MB"):
        start_upload(make_user(), name="大文件.pdf", size=size)


@pytest.mark.django_db
def test_one_person_cannot_open_uploads_without_end() -> None:
    user = make_user()
    for number in range(MOST_OPEN_UPLOADS):
        start_upload(user, name=f"{number}.pdf", size=10)
    with pytest.raises(FileRefused):
        start_upload(user, name="one-more.pdf", size=10)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a.pdf", "a.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
    ],
)
def test_a_name_is_only_a_label(name: str, kept: str) -> None:
    upload = start_upload(make_user(), name=name, size=10)
    assert upload.name == kept
    assert upload.path == f"{upload.pk.hex[:2]}/{upload.pk.hex}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("协议.docx", docx()),
        ("协议.pdf", PDF),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30),
    ],
)
def test_ordinary_files_are_taken(name: str, content: bytes) -> None:
    assert inspect(name, content)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("程序.exe", b"MZ", "格式不能接收"),
        ("没有后缀", PDF, "格式不能接收"),
        ("协议.docx", PDF, "不是 docx"),
        ("协议.docx", office_file({"a.txt": b"x"}), "不是 docx"),
        ("协议.pdf", office_file({"a.txt": b"x"}), "不是 pdf"),
        ("协议.docx", docx(**{"word/vbaProject.bin": b"x"}), "宏"),
        ("协议.docx", docx(**{"../evil.xml": b"x"}), "异常庞大"),
        ("炸弹.docx", docx(**{"bomb": b"\0" * 40_000_000}), "异常庞大"),
        ("协议.docx", docx()[:-30], "已损坏|不是 docx"),
        (
            "实体.docx",
            office_file(
                {
                    "[Content_Types].xml": CONTENT_TYPES,
                    "word/document.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
                }
            ),
            "已损坏",
        ),
        ("脚本.pdf", PDF.replace(b"/Catalog", b"/Catalog /JavaScript"), "脚本"),
        ("图.png", b"\xff\xd8\xff\xe0" + b"\0" * 30, "不是 png"),
    ],
)
def test_hostile_files_are_refused_with_a_remedy(name: str, content: bytes, complaint: str) -> None:
    with pytest.raises(FileRefused, match=complaint):
        inspect(name, content)


@pytest.mark.django_db
def test_one_person_cannot_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = make_user()
    monkeypatch.setattr(uploads, "MOST_OF_ONE_PERSON", 100)
    start_upload(owner, name="一.pdf", size=60)
    with pytest.raises(FileRefused):
        start_upload(owner, name="二.pdf", size=60)
    start_upload(make_user(), name="三.pdf", size=60)


@pytest.mark.django_db
def test_a_file_without_a_name_is_refused() -> None:
    with pytest.raises(FileRefused, match="没有名称"):
        start_upload(make_user(), name="\x07/", size=10)


@pytest.mark.django_db
def test_a_piece_that_would_make_the_file_longer_than_promised_is_not_taken() -> None:
    upload = start_upload(make_user(), name="承诺书.pdf", size=10)
    with pytest.raises(WrongOffset) as wrong:
        receive(upload, offset=0, content=PDF[:11])
    assert wrong.value.offset == 0
    assert not FileChunk.objects.exists()


@pytest.mark.django_db
def test_where_nothing_was_ever_stored_nothing_is_left_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "default_storage", FileSystemStorage(tmp_path / "nothing"))
    assert uploads.forget_stray_content(database_now()) == 0
