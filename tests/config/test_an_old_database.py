"""A database of the version before the shared rooms migrates whole: nothing lost, all verifying.

`tests/fixtures/README.md` says what the database holds. It is restored and migrated once; each
test that writes is taken back.
"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from importlib import import_module
from inspect import signature
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import resolve
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import composed
from tests.fixtures.former_database import (
    TEMPLATE,
    connect,
    rows,
    schema,
)
from tests.fixtures.former_rows import MOVED, MOVES, OF_DJANGO, OF_FORMS
from tests.fixtures.old_database import OldDatabase
from tests.suggestions.factories import again, fill, hand_in, start
from xinghai.accounts.selectors import officers
from xinghai.calls.composing import definition_path
from xinghai.calls.models import Call, CallDefinition, CallForm
from xinghai.calls.services import load_call
from xinghai.casework.models import SavedView
from xinghai.casework.services import deciding as office
from xinghai.kernel.events import history
from xinghai.kernel.hashing import is_hash_of
from xinghai.kernel.message_topics import topic_named
from xinghai.kernel.models import EventDetail, Message
from xinghai.kernel.seals import seal
from xinghai.submissions.models import Receipt, Revision
from xinghai.submissions.precheck import stands_behind
from xinghai.submissions.receipts import receipted_content
from xinghai.submissions.services.submitting import recall
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion

EVENTS, CHAINS = 536, 207
# The worker's own database is made first: nobody may be connected to what it is copied from.
pytestmark = pytest.mark.usefixtures("django_db_setup")

# Discarded drafts had the ids up to it.
HIGHEST_ID = 92
STATES = {
    34: "returned_by_office",
    35: "returned_by_office",
    39: "unit_review_again",
    67: "returned_by_unit",
    68: "unit_review",
}
DUE = date(2026, 12, 30)


def verify_trail() -> str:
    said = StringIO()
    call_command("verify_trail", stdout=said, stderr=said)
    return said.getvalue()


def test_the_trail_was_whole_before(old_database: OldDatabase) -> None:
    trail = old_database.trail
    assert (len(trail.events), len(trail.chains()), len(trail.seals)) == (EVENTS, CHAINS, 2)
    assert (trail.broken_events(), trail.false_seals()) == ([], [])


def test_what_verified_it_before_finds_a_changed_event(old_database: OldDatabase) -> None:
    trail = old_database.trail
    changed = replace(trail.events[9], reason="另一个理由")
    torn = replace(trail, events=[*trail.events[:9], changed, *trail.events[10:]])
    assert torn.broken_events() == [10]
    missing = replace(trail, events=[*trail.events[:9], *trail.events[10:]])
    assert missing.false_seals() == [1, 2]


def test_the_trail_is_whole_after(migrated: OldDatabase) -> None:
    assert f"{CHAINS} chains and all seals fit." in verify_trail()


def test_a_changed_event_is_found_after(migrated: OldDatabase) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_event SET verb = 'accept' WHERE id = 10")
    with pytest.raises(CommandError, match="1 faults in the trail"):
        verify_trail()


def test_a_changed_reason_of_an_old_event_is_found_after(migrated: OldDatabase) -> None:
    told = EventDetail.objects.exclude(reason="").earliest("pk")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_eventdetail DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE kernel_eventdetail SET reason = '另一个理由' WHERE event_id = %s", [told.pk]
        )
    with pytest.raises(CommandError, match="1 faults in the trail"):
        verify_trail()


def test_sealing_goes_on_where_it_stood(migrated: OldDatabase) -> None:
    made = seal(patience=0)
    assert made is not None
    assert made.count == EVENTS
    verify_trail()


def test_reasons_and_addresses_stand_beside_their_events(
    old_database: OldDatabase, server: psycopg.Connection
) -> None:
    before = {
        row["id"]: (row["reason"], row["address"])
        for row in old_database.rows["kernel_event"]
        if row["reason"] or row["address"]
    }
    assert {address for _reason, address in before.values()} == {None, "203.0.113.7"}
    after = rows(server, "kernel_eventdetail")
    assert {row["event_id"]: (row["reason"], row["address"]) for row in after} == before


@pytest.mark.parametrize("table", MOVES)
def test_every_record_is_there_with_its_id_and_content(
    old_database: OldDatabase, server: psycopg.Connection, table: str
) -> None:
    move = MOVES[table]
    before = [move.expected(row) for row in old_database.rows[table]]
    assert before, "an empty table shows nothing"
    after = [move.compared(row) for row in rows(server, move.to)]
    spelled = partial(json.dumps, sort_keys=True)
    assert sorted(after, key=spelled) == sorted(before, key=spelled)


def test_no_table_with_rows_is_forgotten(old_database: OldDatabase) -> None:
    filled = {table for table, found in old_database.rows.items() if found}
    assert filled == {*MOVES, *OF_FORMS, *OF_DJANGO}


def test_what_was_asked_for_in_ten_thousands_is_the_amount_in_yuan(
    old_database: OldDatabase, server: psycopg.Connection
) -> None:
    asked = {
        row["id"]: Decimal(row["answers"]["fiscal_ask"]) * 10_000
        for row in old_database.rows["suggestions_suggestion"]
        if row["answers"].get("fiscal_ask")
    }
    stored = rows(server, "suggestions_suggestion")
    assert asked
    assert {row["id"]: row["amount"] for row in stored if row["amount"] is not None} == asked


def test_every_record_has_its_dossier(
    old_database: OldDatabase, server: psycopg.Connection
) -> None:
    suggestions = [row["id"] for row in old_database.rows["suggestions_suggestion"]]
    dossiers = [(row["id"], row["process"]) for row in rows(server, "submissions_dossier")]
    assert sorted(dossiers) == [(pk, "suggestion") for pk in sorted(suggestions)]


def test_who_returned_it_is_its_state(migrated: OldDatabase) -> None:
    found = Suggestion.objects.filter(pk__in=STATES).values_list("pk", "state")
    assert dict(found) == STATES


def test_the_schema_is_that_of_a_new_database(server: psycopg.Connection) -> None:
    with connect(TEMPLATE) as new:
        assert schema(server) == schema(new)


def test_no_migration_is_missing(migrated: OldDatabase) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_each_current_receipt_states_what_is_stored(migrated: OldDatabase) -> None:
    suggestions = Suggestion.objects.select_related("form", "call").in_bulk()
    current = [
        one for one in Receipt.objects.all() if one.version == suggestions[one.dossier_id].version
    ]
    assert len(current) > 60
    false = [
        one.number
        for one in current
        if not is_hash_of(one.content_hash, receipted_content(suggestions[one.dossier_id]))
    ]
    assert false == []


def test_a_changed_answer_no_longer_fits_its_receipt(migrated: OldDatabase) -> None:
    receipt = Receipt.objects.get(number="2027-00001")
    suggestion = Suggestion.objects.get(pk=receipt.dossier_id)
    suggestion.answers = {**suggestion.answers, "nj_title": "另一个方向"}
    assert not is_hash_of(receipt.content_hash, receipted_content(suggestion))


def test_a_partner_still_stands_behind_its_part(migrated: OldDatabase) -> None:
    suggestion = Suggestion.objects.get(pk=73)
    assert [stands_behind(suggestion, one) for one in suggestion.live_partners] == [True]
    suggestion.answers = {**suggestion.answers, "cx_partner_need": "另一个需求"}
    assert [stands_behind(suggestion, one) for one in suggestion.live_partners] == [False]


def test_old_forms_stay_as_they_were(old_database: OldDatabase, server: psycopg.Connection) -> None:
    before = old_database.rows["calls_callform"]
    after = {row["id"]: row for row in rows(server, "calls_callform")}
    assert {row["id"]: after[row["id"]] for row in before} == {row["id"]: row for row in before}


def test_each_pair_of_tables_is_a_form_and_the_newest_pair_is_the_newest_version(
    migrated: OldDatabase,
) -> None:
    suggestions = Suggestion.objects.filter(pk__in=(1, 89, 90)).select_related("form")
    found = {
        suggestion.pk: (suggestion.form.version, suggestion.form.form.title_of("guide").zh)
        for suggestion in suggestions
    }
    assert found == {
        1: (2, "2022年指南凝练信息表"),
        89: (3, "较早的凝练表"),
        90: (4, "2022年指南凝练信息表"),
    }
    tables = [one.form.form.tables for one in Suggestion.objects.select_related("form")]
    assert {tuple(table.id for table in found) for found in tables} == {("guide",)}


def test_two_tables_with_one_name_are_not_put_together(migrated: OldDatabase) -> None:
    join = import_module("xinghai.suggestions.migrations.0005_one_form").join
    form, guide = (
        CallForm.objects.get(call__code="2022-1", key=key, version=1).definition
        for key in ("2022-2", "2022-guide")
    )
    assert join(form, guide)["tables"][0]["id"] == "guide"
    form["sections"][0]["fields"][0]["id"] = "nj_title"
    with pytest.raises(ValueError, match="2022-2 and 2022-guide cannot be one form"):
        join(form, guide)


@pytest.mark.parametrize("code", ["2022-1", "2024"])
def test_loading_the_notice_of_today_adds_versions_and_changes_no_form(
    migrated: OldDatabase, code: str
) -> None:
    """The shipped notices have learned since which field fills which column."""
    call = Call.objects.get(code=code)
    *_before, forms, _count = _as_loaded(call)
    load_call(composed(definition_path(code)), publish=True)
    call.refresh_from_db()
    loaded = _as_loaded(call)
    assert set(forms) < set(loaded[2])
    load_call(composed(definition_path(code)), publish=True)
    call.refresh_from_db()
    assert _as_loaded(call) == loaded


def _as_loaded(call: Call) -> tuple[Any, ...]:
    forms = list(call.forms.order_by("pk").values_list("pk", "definition_hash"))
    content = CallDefinition.objects.get(call=call).content
    return call.definition_hash, content, forms, history(call).count()


def test_a_version_is_frozen_again(migrated: OldDatabase) -> None:
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Revision.objects.filter(dossier=1).update(answers={})
    Revision.objects.filter(dossier=1).update(note="merge")


def test_no_id_is_given_twice(old_database: OldDatabase, server: psycopg.Connection) -> None:
    discarded = {event.subject_id for event in old_database.trail.events if event.verb == "discard"}
    assert max(discarded) == HIGHEST_ID
    moved = {move.to for move in MOVED.values()} | {"submissions_dossier"}
    next_ids = {}
    # A suggestion's id is its dossier's, a file's is drawn by lot.
    for table in moved - {"suggestions_suggestion", "kernel_storedfile"}:
        query = f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))"
        next_ids[table] = server.execute(query).fetchone()[0]
    highest = {
        move.to: max(row["id"] for row in old_database.rows[table])
        for table, move in MOVED.items()
        if move.to in next_ids
    } | {"submissions_dossier": HIGHEST_ID}
    assert [table for table in highest if next_ids[table] <= highest[table]] == []
    assert next_ids["submissions_dossier"] == HIGHEST_ID + 1


def test_a_new_suggestion_is_begun_submitted_and_decided(migrated: OldDatabase) -> None:
    like = Suggestion.objects.select_related("call", "category", "domain", "organisation").get(
        number="2027-00049"
    )
    draft = start(like.call, like.category.code, author=like.author, organisation=like.organisation)
    assert draft.pk > HIGHEST_ID
    suggestion = hand_in(fill(draft, title="升级之后的演示建议", domain=like.domain.code))
    assert (suggestion.number, suggestion.state) == ("2027-00050", "submitted")
    officer = officers(suggestion.office)[0]
    office.take_up(suggestion, by=officer)
    deciding.accept(again(suggestion), by=officer)
    assert again(suggestion).state == "pooled"
    assert f"{CHAINS + 1} chains and all seals fit." in verify_trail()


def test_old_suggestions_go_on_their_way(migrated: OldDatabase) -> None:
    waiting = again(Suggestion(pk=39))
    recall(waiting, by=waiting.author)
    returned = again(waiting)
    assert (returned.state, returned.due_on) == ("returned_by_office", waiting.due_on)
    sent = again(Suggestion.objects.filter(state="with_office").latest("pk"))
    officer = officers(sent.office)[0]
    office.return_for_correction(sent, office.Return("请补充", DUE), by=officer)
    assert again(sent).state == "returned_by_office"
    verify_trail()


def test_queued_letters_and_texts_still_find_their_work(migrated: OldDatabase) -> None:
    queued = dict(ProcrastinateJob.objects.values_list("task_name", "args"))
    assert {"submissions.mail_invitation", "submissions.keep_in_index"} < set(queued)
    assert {name for name in queued if name not in app.tasks} == set()
    for name, arguments in queued.items():
        signature(app.tasks[name].func).bind(**arguments)


def test_every_topic_of_a_message_is_known(migrated: OldDatabase) -> None:
    topics = set(Message.objects.values_list("topic", flat=True))
    assert {topic_named(topic).name for topic in topics} == topics >= {"submissions.progress"}


def test_every_message_still_has_its_english(migrated: OldDatabase) -> None:
    messages = list(Message.objects.exclude(subject_text="", body_text=""))
    assert {one.parameters.get("nouns") for one in messages} >= {None, "建议"}
    with translation.override("en"):
        for one in messages:
            for text in filter(None, (one.subject_text, one.body_text)):
                assert translation.gettext(text) != text
            assert "%(" not in f"{one.subject}{one.body}"


def test_every_address_in_a_message_leads_somewhere(migrated: OldDatabase) -> None:
    addresses = {urlsplit(url).path for url in Message.objects.values_list("url", flat=True)}
    assert len(addresses) > 100
    for address in addresses:
        resolve(address)


def test_a_saved_view_shows_what_it_showed(migrated: OldDatabase, client: Client) -> None:
    view = SavedView.objects.get(name="退回的")
    client.force_login(view.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/office/suggestions/?{view.words}").content.decode()
    rows_shown = Suggestion.objects.filter(
        office=view.office, state__in=("returned_by_office", "with_office")
    )
    assert rows_shown.exists()
    assert [suggestion.number for suggestion in rows_shown if suggestion.number not in page] == []
