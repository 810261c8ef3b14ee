"""Attachments: rows a save writes, what they open, and what was attached before there were rows."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_user
from tests.pages import client_of
from tests.suggestions.attaching import (
    begun,
    drop_first,
    file_field,
    name_files,
    rows_in_the_field,
    rows_of,
    uploaded,
)
from tests.suggestions.factories import (
    IN_THE_WINDOW,
    again,
    in_the_window,
)
from xinghai.calls.models import Call
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.models import Revision
from xinghai.submissions.precheck import context_of, precheck, precheck_each
from xinghai.submissions.selectors import attachments_of
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.services.attaching import Moved, attach
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(call: Call) -> Suggestion:
    """A complete draft of a form that takes files, with those it needs."""
    return begun(call)


def test_a_save_writes_which_files_it_names_since_when_and_until_when(draft: Suggestion) -> None:
    first = drop_first(draft)
    second, start = uploaded(draft.author), again(draft).version
    name_files(draft, first)
    name_files(draft, first, second)
    name_files(draft, second)
    field = file_field(draft)
    assert rows_in_the_field(draft) == {
        (field, first.pk, start + 1, start + 3),
        (field, second.pk, start + 2, None),
    }
    assert second in attachments_of(draft, draft.author)
    assert first not in attachments_of(draft, draft.author)


def test_the_same_file_named_again_is_a_row_of_its_own(draft: Suggestion) -> None:
    stored, field = drop_first(draft), file_field(draft)
    start = again(draft).version
    name_files(draft, stored)
    name_files(draft)
    name_files(draft, stored)
    assert rows_in_the_field(draft) == {
        (field, stored.pk, start + 1, start + 2),
        (field, stored.pk, start + 3, None),
    }


def statements_of_a_save(draft: Suggestion, answers: dict[str, Any]) -> list[str]:
    draft = again(draft)
    with (
        in_the_window(),
        CaptureQueriesContext(
            connection,
        ) as captured,
    ):
        drafts.save(draft, by=draft.author, base_version=draft.version, answers=answers)
    return [one["sql"] for one in captured.captured_queries]


def test_a_save_that_names_the_same_files_asks_nothing_of_them(draft: Suggestion) -> None:
    assert attachments_of(draft, draft.author).exists()
    said = statements_of_a_save(draft, {"title": "演示：另一个名称"})
    assert [sql for sql in said if "attachment" in sql or "storedfile" in sql] == []


def test_naming_a_file_costs_two_statements_more_and_dropping_it_one(draft: Suggestion) -> None:
    stored, field = drop_first(draft), file_field(draft)
    plain = statements_of_a_save(draft, {"title": "演示：另一个名称"})
    naming = statements_of_a_save(draft, {field: [{"id": str(stored.pk), "name": "演示.pdf"}]})
    dropping = statements_of_a_save(draft, {field: []})

    def own(said: list[str]) -> list[str]:
        return [sql for sql in said if "SAVEPOINT" not in sql]

    assert len(own(naming)) == len(own(plain)) + 2
    assert len(own(dropping)) == len(own(plain)) + 1


def test_another_persons_upload_is_no_attachment_and_the_checks_miss_it(draft: Suggestion) -> None:
    drop_first(draft)
    stolen = uploaded(make_user(), "别人的.pdf")
    name_files(draft, stolen)
    assert rows_in_the_field(draft) == set()
    record = again(draft)
    found = precheck(record, now=IN_THE_WINDOW)
    assert file_field(draft) in {one.field for one in found.problems}
    assert str(stolen.pk) not in (context_of(record, now=IN_THE_WINDOW).files or {})
    address = f"/my/suggestions/{draft.pk}/files/{stolen.pk}/"
    assert client_of(draft.author).get(address).status_code == 404


def test_a_list_reads_the_files_of_all_its_rows_at_once(call: Call) -> None:
    drafts_ = [again(begun(call)) for _ in range(3)]
    with CaptureQueriesContext(connection) as captured:
        reports = precheck_each(drafts_, now=IN_THE_WINDOW)
    assert [one.is_submittable for one in reports] == [True, True, True]
    asked = [one["sql"] for one in captured.captured_queries if "attachment" in one["sql"]]
    assert len(asked) == 1


def test_a_file_the_record_has_had_is_attached_whoever_saves(draft: Suggestion) -> None:
    """An author restores what a partner uploaded; the same id is nothing in another record."""
    stored, field = drop_first(draft), file_field(draft)
    name_files(draft, stored)
    name_files(draft)
    other, moved = begun(draft.call), Moved(frozenset({(field, stored.pk)}), frozenset())
    stranger = make_user()
    attach(again(draft), moved, by=stranger)
    attach(again(other), moved, by=stranger)
    assert stored in attachments_of(draft, draft.author)
    assert stored not in attachments_of(other, other.author)


def test_a_restored_version_has_its_files_again(draft: Suggestion) -> None:
    stored = drop_first(draft)
    name_files(draft, stored)
    named = Revision.objects.filter(dossier=draft.pk).latest("version")
    name_files(draft)
    assert stored not in attachments_of(draft, draft.author)
    with in_the_window():
        drafts.restore(again(draft), named, by=draft.author)
    assert stored in attachments_of(draft, draft.author)


def test_the_rows_of_records_from_before_are_those_a_save_would_have_written(
    draft: Suggestion,
) -> None:
    first, second = uploaded(draft.author), uploaded(draft.author)
    name_files(draft, first)
    name_files(draft, second)
    stolen = uploaded(make_user())
    name_files(draft, second, stolen)
    written = rows_of(draft)
    Attachment.objects.all().delete()
    fill = import_module("xinghai.submissions.migrations.0004_attachments").FILL
    with connection.cursor() as cursor:
        cursor.execute(fill)
    assert rows_of(draft) == written
    assert {row[1] for row in written} >= {first.pk, second.pk}
