"""Where a suggestion stands: tracker, outcome, provenance, receipts, taking it back."""

import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from tests.factories import make_staff, make_user
from tests.kernel.sample_files import pdf
from tests.pages import client_of, html_of
from tests.suggestions.factories import (
    administrator_of,
    again,
    hand_in,
    in_the_window,
    make_draft,
    make_file,
    make_submitted,
)
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.kernel.file_checks.verdicts import DOCX
from xinghai.kernel.models import StoredFile
from xinghai.kernel.uploads import look_into_upload, receive, start_upload
from xinghai.submissions.models import Attachment, Receipt
from xinghai.submissions.services import drafting as drafts
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db
PDF = pdf()


def officer_for(suggestion: Suggestion) -> User:
    return make_staff(Role.OFFICER, office=suggestion.office)


def record_of(suggestion: Suggestion) -> str:
    return html_of(client_of(suggestion.author).get(f"/my/suggestions/{suggestion.pk}/"))


def test_the_tracker_says_who_has_it_since_when_and_what_next(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call)
        page = record_of(suggestion)
    assert "高新处 0411-39989856" in page or "高新处 0411-" in page
    assert "2024年2月20日 10:00" in page
    assert "处室受理；受理前可以撤回" in page
    assert "提交到处室" in page


def test_a_return_is_shown_with_reason_date_and_a_way_back(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call)
        officer = officer_for(suggestion)
        office.take_up(suggestion, by=officer)
        back = office.Return("请补充考核方式。", date(2024, 3, 10), {"goals": "写明第三方检测。"})
        office.return_for_correction(again(suggestion), back, by=officer)
        page = record_of(suggestion)
    for words in ("请补充考核方式。", "写明第三方检测。", "2024年3月10日 23:59"):
        assert words in page
    assert f'href="/my/suggestions/{suggestion.pk}/edit/"' in page


def test_the_office_is_named_and_never_its_people(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call)
        officer = officer_for(suggestion)
        User.objects.filter(pk=officer.pk).update(name="演示某经办")
        office.take_up(suggestion, by=officer)
        deciding.decline(again(suggestion), by=officer, reason="与在研项目重复。")
    page = record_of(suggestion)
    assert "与在研项目重复。" in page
    assert "不采纳的理由" in page
    assert "演示某经办" not in page


def test_a_merged_suggestion_names_its_heir_and_the_heir_its_sources(call: Call) -> None:
    with in_the_window():
        first, second = make_submitted(call), make_submitted(call)
        officer = officer_for(first)
        for one in (first, second):
            office.take_up(again(one), by=officer)
        deciding.merge_into(again(first), again(second), by=officer, reason="方向相同")
    assert f"已并入 {second.number}" in record_of(first)
    heir = record_of(second)
    assert "并入这份建议的" in heir
    assert first.number in heir


def test_it_can_be_taken_back_until_an_office_has_it(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call)
        assert 'data-dialog="recall"' in record_of(suggestion)
        client = client_of(suggestion.author)
        answer = client.post(f"/my/suggestions/{suggestion.pk}/recall/")
        assert answer["Location"] == f"/my/suggestions/{suggestion.pk}/edit/"
        number = again(suggestion).number
        assert again(suggestion).state == "draft"

        suggestion = hand_in(again(suggestion))
        assert suggestion.number == number
        office.take_up(suggestion, by=officer_for(suggestion))
        assert 'data-dialog="recall"' not in record_of(suggestion)
        late = client.post(f"/my/suggestions/{suggestion.pk}/recall/", follow=True)
    assert again(suggestion).state == "with_office"
    assert "不能撤回" in html_of(late)


def test_a_receipt_is_verified_by_anybody_and_nothing_else_is_told(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call, title="演示：不公开的名称")
    receipt = Receipt.objects.get()
    asked = {"number": receipt.number.lower(), "digest": receipt.content_hash.upper() + " "}
    page = html_of(Client().get("/verify/", asked))
    assert "编号和校验码都对得上" in page
    assert "2024年2月20日 10:00" in page
    assert suggestion.title not in page
    wrong = html_of(Client().get("/verify/", {**asked, "digest": "0" * 64}))
    assert "校验码不同" in wrong
    assert "没有找到这个编号" in html_of(Client().get("/verify/", {"number": "2024-99999"}))
    assert "对得上" not in html_of(Client().get("/verify/"))


def test_a_receipt_belongs_to_its_suggestion(call: Call) -> None:
    with in_the_window():
        first = make_submitted(call)
        second = make_submitted(call, author=first.author, organisation=first.organisation)
    receipt = Receipt.objects.get(dossier=second.pk)
    client = client_of(first.author)
    assert client.get(f"/my/suggestions/{first.pk}/receipt/{receipt.pk}/").status_code == 404
    assert client.get(f"/my/suggestions/{second.pk}/receipt/{receipt.pk}/").status_code == 200


def test_only_a_draft_that_was_never_handed_in_can_be_deleted(call: Call) -> None:
    with in_the_window():
        draft, sent = make_draft(call), make_submitted(call)
    assert "草稿已删除" in html_of(
        client_of(draft.author).post(f"/my/suggestions/{draft.pk}/discard/", follow=True)
    )
    client_of(sent.author).post(f"/my/suggestions/{sent.pk}/discard/")
    assert list(Suggestion.objects.all()) == [sent]


def upload(owner: User, name: str = "演示 承诺书.pdf") -> StoredFile:
    """A file of this person, sent whole and looked into."""
    stored = receive(start_upload(owner, name=name, size=len(PDF)), offset=0, content=PDF)
    look_into_upload(str(stored.pk))
    return stored


def name_in_answers(suggestion: Suggestion, field: str, files: list[StoredFile]) -> None:
    drafts.save(
        suggestion,
        by=suggestion.author,
        base_version=suggestion.version,
        answers={field: [{"id": str(one.pk), "name": one.name} for one in files]},
    )


def attach(suggestion: Suggestion, owner: User) -> StoredFile:
    """Upload a file as `owner` and let the author name it in the answers."""
    stored = upload(owner)
    field = next(one for one in suggestion.form.form.fields() if one.kind == "file")
    name_in_answers(suggestion, field.id, [stored])
    return stored


@pytest.fixture
def suggestion(call: Call) -> Suggestion:
    """A draft of a form that takes files."""
    return make_draft(call, "GJHZ")


def test_a_pdf_or_picture_is_shown_on_demand_and_nothing_else(suggestion: Suggestion) -> None:
    stored = attach(suggestion, suggestion.author)
    address = f"/my/suggestions/{suggestion.pk}/files/{stored.pk}/?show"
    answer = client_of(suggestion.author).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename*=")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    StoredFile.objects.filter(pk=stored.pk).update(content_type=DOCX)
    assert client_of(suggestion.author).get(address)["Content-Type"] == "application/octet-stream"


def test_the_pages_of_its_readers_lead_to_an_attachment(suggestion: Suggestion) -> None:
    stored = attach(suggestion, suggestion.author)
    link = f'href="/my/suggestions/{suggestion.pk}/files/{stored.pk}/'
    with in_the_window():
        hand_in(again(suggestion))
    officer = officer_for(again(suggestion))
    for reader, page in (
        (suggestion.author, f"/my/suggestions/{suggestion.pk}/"),
        (suggestion.author, f"/my/suggestions/{suggestion.pk}/print/"),
        (officer, f"/office/suggestions/{suggestion.pk}/"),
        (make_staff(Role.PLANNER), f"/office/suggestions/{suggestion.pk}/"),
    ):
        assert link in html_of(client_of(reader).get(page)), page


def test_all_attachments_come_in_one_archive(suggestion: Suggestion) -> None:
    field = next(one for one in suggestion.form.form.fields() if one.kind == "file")
    stored = [upload(suggestion.author, name) for name in ("甲.pdf", "甲.pdf", "乙.pdf")]
    name_in_answers(suggestion, field.id, stored)
    address = f"/my/suggestions/{suggestion.pk}/files/"
    page = html_of(client_of(suggestion.author).get(f"/my/suggestions/{suggestion.pk}/preview/"))
    assert f'href="{address}"' in page
    assert "下载全部 3 份附件" in page
    answer = client_of(suggestion.author).get(address)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert archive.namelist() == ["1-甲.pdf", "2-甲.pdf", "乙.pdf"]
        assert archive.read("乙.pdf") == PDF
    assert client_of(make_user()).get(address).status_code == 404


def test_without_attachments_there_is_no_archive(suggestion: Suggestion) -> None:
    address = f"/my/suggestions/{suggestion.pk}/files/"
    Attachment.objects.filter(dossier=suggestion.pk).delete()
    assert client_of(suggestion.author).get(address).status_code == 404


def test_an_attachment_is_downloaded_and_never_shown(suggestion: Suggestion) -> None:
    stored = attach(suggestion, suggestion.author)
    answer = client_of(suggestion.author).get(f"/my/suggestions/{suggestion.pk}/files/{stored.pk}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%BC%94")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_attachment_is_for_those_who_may_read_the_suggestion(suggestion: Suggestion) -> None:
    stored = attach(suggestion, suggestion.author)
    address = f"/my/suggestions/{suggestion.pk}/files/{stored.pk}/"
    with in_the_window():
        hand_in(again(suggestion))
    officer = officer_for(again(suggestion))
    assert suggestion.organisation is not None
    assert client_of(officer).get(address).status_code == 200
    assert client_of(administrator_of(suggestion.organisation)).get(address).status_code == 200
    assert client_of(make_user()).get(address).status_code == 404
    assert client_of(make_staff(Role.SYSTEM_ADMIN)).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_file_the_answers_do_not_name_is_not_found(suggestion: Suggestion) -> None:
    other = make_file(suggestion.author)
    answer = client_of(suggestion.author).get(f"/my/suggestions/{suggestion.pk}/files/{other.pk}/")
    assert answer.status_code == 404


def test_naming_somebody_elses_upload_gives_no_access_to_it(suggestion: Suggestion) -> None:
    stolen = attach(suggestion, make_user())
    answer = client_of(suggestion.author).get(f"/my/suggestions/{suggestion.pk}/files/{stolen.pk}/")
    assert answer.status_code == 404
