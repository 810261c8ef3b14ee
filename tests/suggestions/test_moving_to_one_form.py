"""Records of the time of two tables: moved to one form, every receipt and confirmation holds.

The old state is made by hand: what the services wrote is taken apart into the columns and the
forms of that time, and then the migrations themselves are applied to it.
"""

import json
from copy import deepcopy
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import F

from tests.factories import load_notice
from tests.suggestions.factories import (
    administrator_of,
    again,
    hand_in,
    make_draft,
    make_partner,
    make_submitted,
)
from xinghai.calls.composing import compose, definition_path
from xinghai.calls.models import Call, CallDefinition, CallForm
from xinghai.calls.services import load_call
from xinghai.kernel.clock import travel_to
from xinghai.kernel.events import history
from xinghai.kernel.forms import take_table
from xinghai.kernel.hashing import content_hash
from xinghai.submissions.exceptions import StaleVersion
from xinghai.submissions.models import Partner, Receipt, Revision, UnmergedDraft
from xinghai.submissions.precheck import stands_behind
from xinghai.submissions.receipts import receipt_hash
from xinghai.submissions.services.drafting import save
from xinghai.submissions.services.partners import confirm_part
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

GUIDE = "2022-guide"
DEMAND = {"d_need": "企业经营中的演示技术需求。" * 5, "d_market": "演示市场前景。" * 5}
BEFORE = [("suggestions", "0004_states"), ("calls", "0002_questions")]
THE_MIGRATIONS = (("suggestions", "0005_one_form"), ("calls", "0003_one_form"))
OLD_COLUMNS = """
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE calls_call ADD guide_form_key varchar(20) NOT NULL DEFAULT '2022-guide';
    ALTER TABLE suggestions_suggestion ADD condensation jsonb NOT NULL DEFAULT '{}',
        ADD condensation_form_id bigint REFERENCES calls_callform DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE suggestions_revision ADD condensation jsonb NOT NULL DEFAULT '{}';
    ALTER TABLE suggestions_unmergeddraft ADD condensation jsonb NOT NULL DEFAULT '{}';
    ALTER TABLE suggestions_revision DISABLE TRIGGER USER;
    ALTER TABLE calls_callform DISABLE TRIGGER USER;
"""
OLD_FORMS = """
    UPDATE suggestions_suggestion SET form_id = %s, condensation_form_id = %s WHERE form_id = %s
"""
OLD_ANSWERS: dict[Any, str] = {
    Suggestion: """
        UPDATE suggestions_suggestion SET answers = %s, condensation = %s WHERE id = %s
    """,
    Revision: "UPDATE suggestions_revision SET answers = %s, condensation = %s WHERE id = %s",
    UnmergedDraft: """
        UPDATE suggestions_unmergeddraft SET answers = %s, condensation = %s WHERE id = %s
    """,
}
OLD_TRIGGERS = """
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE suggestions_revision ENABLE TRIGGER USER;
    ALTER TABLE calls_callform ENABLE TRIGGER USER;
    SET CONSTRAINTS ALL DEFERRED;
"""


def load_earlier() -> Call:
    """The notice of 2022 with another guide table, as it may have been loaded at first."""
    made = compose(definition_path("2022-1"))
    made.data = deepcopy(made.data)
    for form in made.data["forms"].values():
        form["tables"][0]["title"] = "较早的凝练表"
    return load_call(made, publish=True)


@pytest.fixture
def papers() -> dict[str, Suggestion]:
    """Papers under two guide tables, one with a confirmed partner, one with an unmerged draft."""
    call = load_earlier()
    with travel_to(call.windows.all()[0].opens_at):
        earlier = make_submitted(call, "JBGS")
        load_notice("2022-1")
        later = make_submitted(call, "JBGS")
        joint = make_draft(call, "CXJJ-SZ", kind="university")
        _confirm(joint)
        joint = hand_in(again(joint))
        torn = make_draft(call, "JBGS")
        _type_in(torn, "甲窗口写的演示名称")
        with pytest.raises(StaleVersion):
            _type_in(torn, "乙窗口写的演示名称")
    return {"earlier": earlier, "later": later, "joint": joint, "torn": again(torn)}


def _type_in(paper: Suggestion, title: str) -> None:
    typed = {"title": title, "nj_title": f"{title}的方向"}
    save(again(paper), by=paper.author, base_version=paper.version, answers=typed)


def _confirm(paper: Suggestion) -> None:
    partner = make_partner(paper, "demander")
    person, seen = administrator_of(partner.organisation), again(paper)
    save(seen, by=person, base_version=seen.version, answers=DEMAND)
    confirm_part(Partner.objects.get(pk=partner.pk), by=person)


def take_apart(call: Call) -> None:
    """Bring tables and columns into the shape they had before the migrations."""
    composed = list(call.forms.order_by("pk"))
    guide = {name for row in composed for name in row.form.names_in("guide")}
    with connection.cursor() as cursor:
        cursor.execute(OLD_COLUMNS)
        call.forms.update(version=F("version") + 100)
        for row in composed:
            pair = [_old_form(row, table).pk for table in ("", "guide")]
            cursor.execute(OLD_FORMS, [*pair, row.pk])
        cursor.execute("DELETE FROM calls_callform WHERE id = ANY(%s)", [[r.pk for r in composed]])
        for model, statement in OLD_ANSWERS.items():
            for pk, answers in model.objects.values_list("pk", "answers"):
                moved = {name: value for name, value in answers.items() if name in guide}
                own = {name: value for name, value in answers.items() if name not in guide}
                assert moved, "every record has begun the guide table"
                cursor.execute(statement, [json.dumps(own), json.dumps(moved), pk])
        cursor.execute(OLD_TRIGGERS)
    _take_definition_apart(call)


def _old_form(row: CallForm, table: str) -> CallForm:
    """The frozen row one table had by itself, made when it is the first of its content."""
    definition = take_table(row.definition, table)
    digest = content_hash(definition)
    known = row.call.forms.filter(definition_hash=digest).first()
    return known or CallForm.objects.create(
        call=row.call,
        key=definition["id"],
        version=row.call.forms.filter(key=definition["id"], version__lt=100).count() + 1,
        definition=definition,
        definition_hash=digest,
        created_at=row.created_at,
    )


def _take_definition_apart(call: Call) -> None:
    row = CallDefinition.objects.get(call=call)
    forms = row.content["forms"]
    guide = take_table(next(iter(forms.values())), "guide")
    apart = {key: take_table(form, "") for key, form in forms.items()} | {GUIDE: guide}
    row.content |= {"forms": apart, "guide_form": GUIDE}
    row.save()
    Call.objects.filter(pk=call.pk).update(definition_hash=content_hash(row.content))


def migrate() -> None:
    state = MigrationLoader(connection).project_state(BEFORE)
    for app, name in THE_MIGRATIONS:
        migration = import_module(f"xinghai.{app}.migrations.{name}").Migration(name, app)
        with connection.schema_editor() as editor:
            state = migration.apply(state, editor)


@pytest.fixture
def moved(papers: dict[str, Suggestion]) -> dict[str, Suggestion]:
    """The papers as they stand after their tables were taken apart and moved."""
    take_apart(papers["later"].call)
    assert {row.form.tables for row in CallForm.objects.all()} == {()}
    migrate()
    return {name: again(paper) for name, paper in papers.items()}


def test_answers_of_records_versions_and_unmerged_drafts_are_put_together(
    papers: dict[str, Suggestion], request: pytest.FixtureRequest
) -> None:
    before = [list(model.objects.order_by("pk").values("pk", "answers")) for model in OLD_ANSWERS]
    request.getfixturevalue("moved")
    after = [list(model.objects.order_by("pk").values("pk", "answers")) for model in OLD_ANSWERS]
    assert after == before
    assert [len(rows) for rows in after] == [4, Revision.objects.count(), 1]


def test_every_receipt_and_confirmation_holds(moved: dict[str, Suggestion]) -> None:
    receipts = {one.dossier_id: one.content_hash for one in Receipt.objects.all()}
    handed_in = (moved["earlier"], moved["later"])
    assert receipts == {one.pk: receipt_hash(one) for one in handed_in}
    partner = moved["joint"].live_partners[0]
    assert stands_behind(moved["joint"], partner)


def test_each_pair_of_tables_is_a_form_and_the_newest_pair_is_the_newest_version(
    moved: dict[str, Suggestion],
) -> None:
    opening = {
        name: (paper.form.version, paper.form.form.title_of("guide").zh)
        for name, paper in moved.items()
    }
    assert opening == {
        "earlier": (2, "较早的凝练表"),
        "later": (3, "2022年指南凝练信息表"),
        "torn": (3, "2022年指南凝练信息表"),
        "joint": (2, "2022年指南凝练信息表"),
    }
    first = moved["later"].call.forms.get(key="2022-1", version=1)
    assert first.form.tables == (), "the row of the time of two tables stays as it was"


def test_loading_the_notice_again_after_the_move_changes_nothing(
    moved: dict[str, Suggestion],
) -> None:
    call = moved["later"].call
    before = (list(call.forms.values_list("pk", flat=True)), history(call).count())
    load_notice("2022-1")
    assert (list(call.forms.values_list("pk", flat=True)), history(call).count()) == before


def test_a_version_is_frozen_again_after_the_move(moved: dict[str, Suggestion]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        moved["later"].revisions.update(answers={})
    moved["later"].revisions.update(note="merge")


def test_two_tables_with_one_name_are_not_put_together(papers: dict[str, Suggestion]) -> None:
    call = papers["later"].call
    take_apart(call)
    row = CallDefinition.objects.get(call=call)
    row.content["forms"]["2022-2"]["sections"][0]["fields"][0]["id"] = "nj_title"
    row.save()
    with pytest.raises(ValueError, match="2022-2 and 2022-guide cannot be one form"):
        migrate()
