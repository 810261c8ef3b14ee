"""Uploads: resumable, checked by content, never trusted by name."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import make_user
from tests.kernel.sample_files import docx, pdf, picture, xlsx
from xinghai.kernel import uploads
from xinghai.kernel.clock import database_now
from xinghai.kernel.file_checks.verdicts import CLEAN
from xinghai.kernel.inspection import FileRefused, glance
from xinghai.kernel.models import FileChunk, StoredFile
from xinghai.kernel.uploads import (
    LARGEST_FILE,
    MOST_OPEN_UPLOADS,
    WrongOffset,
    is_being_checked,
    look_into_upload,
    receive,
    start_upload,
)

PDF = pdf()


def sent(content: bytes, *, name: str = "承诺书.pdf") -> StoredFile:
    """Upload the content whole; nobody has looked into it yet."""
    upload = start_upload(make_user(), name=name, size=len(content))
    return receive(upload, offset=0, content=content)


@pytest.mark.django_db
def test_pieces_in_order_make_a_complete_file() -> None:
    upload = start_upload(make_user(), name="承诺书.pdf", size=len(PDF))
    receive(upload, offset=0, content=PDF[:20])
    whole = receive(upload, offset=20, content=PDF[20:])
    assert is_being_checked(whole)
    look_into_upload(str(upload.pk))
    upload.refresh_from_db()
    assert upload.completed_at is not None
    assert (upload.content_type, is_being_checked(upload)) == ("application/pdf", False)
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
    assert receive(upload, offset=20, content=PDF[20:]).received == len(PDF)
    assert ProcrastinateJob.objects.filter(task_name="kernel.look_into_upload").count() == 1


@pytest.mark.django_db
def test_a_disguised_file_is_refused_and_gone() -> None:
    content = b"MZ" + b"\0" * 100
    upload = start_upload(make_user(), name="承诺书.pdf", size=len(content))
    with pytest.raises(FileRefused, match="与后缀不符"):
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
        ("预算.XLSX", xlsx()),
        ("协议.pdf", PDF),
        ("图.png", picture()),
        ("图.jpeg", picture("JPEG")),
    ],
)
def test_ordinary_files_are_known_by_their_first_bytes(name: str, content: bytes) -> None:
    assert glance(name, content[:300])


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("程序.exe", b"MZ", "格式不能接收"),
        ("没有后缀", PDF, "格式不能接收"),
        ("协议.docx", PDF, "与后缀不符"),
        ("协议.pdf", docx(), "与后缀不符"),
        ("图.png", picture("JPEG"), "与后缀不符"),
        ("空.pdf", b"\0" * 50, "与后缀不符"),
    ],
)
def test_a_name_that_is_not_its_content_is_refused(
    name: str, content: bytes, complaint: str
) -> None:
    with pytest.raises(FileRefused, match=complaint):
        glance(name, content)


@pytest.mark.django_db
def test_what_the_check_refuses_is_told_and_its_content_is_gone() -> None:
    upload = sent(
        docx(**{"word__vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), name="协议.docx"
    )
    for _twice in range(2):
        look_into_upload(str(upload.pk))
        upload.refresh_from_db()
        assert (upload.refused_for, upload.completed_at) == ("macros", None)
    assert not FileChunk.objects.exists()


@pytest.mark.django_db
def test_a_refused_file_takes_no_room_and_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = sent(b"%PDF-1.4\n%%EOF")
    look_into_upload(str(upload.pk))
    monkeypatch.setattr(uploads, "MOST_OPEN_UPLOADS", 1)
    monkeypatch.setattr(uploads, "MOST_OF_ONE_PERSON", upload.size)
    start_upload(upload.owner, name="再来.pdf", size=10)
    StoredFile.objects.filter(pk=upload.pk).update(created_at=database_now() - timedelta(days=3))
    uploads.forget_abandoned()
    assert not StoredFile.objects.filter(pk=upload.pk).exists()


@pytest.mark.django_db
def test_a_file_given_up_while_it_is_looked_into_is_not_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload = sent(PDF)

    def slow(_content_type: str, _content: bytes) -> str:
        StoredFile.objects.all().delete()
        return CLEAN

    monkeypatch.setattr(uploads, "look_into", slow)
    look_into_upload(str(upload.pk))
    look_into_upload(str(upload.pk))
    assert not StoredFile.objects.exists()


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
