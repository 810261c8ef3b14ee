"""What each reader sees of the answers: a private answer is for those who handle the record."""

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse

from tests.factories import load_notice, make_staff
from tests.pages import client_of, html_of
from tests.suggestions.attaching import uploaded
from tests.suggestions.factories import administrator_of, again, make_draft, make_partner
from xinghai.accounts.kinds import Role
from xinghai.calls.models import Call
from xinghai.kernel.clock import travel_to
from xinghai.kernel.forms import Field, FormDefinition, Section
from xinghai.submissions import redacting
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.index_text import body_of, texts_of
from xinghai.submissions.models import Partner
from xinghai.submissions.redacting import Reader, reader_of, redact
from xinghai.submissions.selectors import attachments_of
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

CANARY = "金丝雀甲乙丙丁"
EMPTY = FormDefinition(id="f", title="f")


@pytest.fixture
def call() -> Call:
    return load_notice("2022-1")


@pytest.fixture
def draft(call: Call) -> Suggestion:
    with travel_to(call.windows.all()[0].opens_at):
        return make_draft(call, "CXJJ-SZ", kind="university", title="演示：双向填报的课题")


def with_canary(draft: Suggestion) -> Suggestion:
    """Put the canary into every private text of the record as it is stored."""
    private = [
        one.id
        for one in draft.form.form.fields()
        if one.publicity == "private" and one.kind == "text"
    ]
    assert private
    answers = {**draft.answers, **dict.fromkeys(private, CANARY)}
    Suggestion.objects.filter(pk=draft.pk).update(answers=answers)
    return again(draft)


def made_private(draft: Suggestion, *names: str) -> Suggestion:
    """Return the record under a form in which these fields are private."""
    draft = again(draft)
    form = draft.form.form

    def hidden(section: Section) -> Section:
        fields = (
            replace(one, publicity="private") if one.id in names else one for one in section.fields
        )
        return replace(section, fields=tuple(fields))

    changed = replace(form, sections=tuple(map(hidden, form.sections)))
    vars(draft.form)["_content"] = replace(draft.form._content, form=changed)
    return draft


def field(name: str, publicity: str, **more: Any) -> Field:
    return Field(id=name, kind="text", label=name, publicity=publicity, **more)


def test_each_reader_gets_the_answers_its_publicity_allows() -> None:
    fields = tuple(field(name, name) for name in ("public", "office", "private"))
    form = replace(EMPTY, sections=(Section(id="s", title="s", fields=fields),))
    answers = {"public": "1", "office": "2", "private": "3", "unasked": "4"}
    seen = {reader.name: set(redact(form, answers, reader)) for reader in Reader}
    all_three = {"public", "office", "private"}
    assert seen == {
        "AUTHOR": all_three,
        "UNIT": all_three,
        "RECOMMENDER": all_three,
        "OFFICE": all_three,
        "PARTNER": {"public", "office"},
        "INDEX": {"public", "office"},
        "PUBLIC": {"public"},
    }


def test_a_column_of_a_table_has_a_publicity_of_its_own() -> None:
    columns = (field("name", "public"), field("id_number", "private"))
    table = replace(field("people", "public", columns=columns), kind="table")
    form = replace(EMPTY, sections=(Section(id="s", title="s", fields=(table,)),))
    answers = {"people": [{"name": "演示甲", "id_number": "1"}, {"name": "演示乙"}]}
    assert redact(form, answers, Reader.PARTNER) == {
        "people": [{"name": "演示甲"}, {"name": "演示乙"}]
    }
    assert redact(form, answers, Reader.OFFICE) == answers
    assert [one.id for one in redacting.readable(table, Reader.PARTNER).columns] == ["name"]


def pages_of(draft: Suggestion, partner: Partner) -> dict[str, HttpResponse]:
    """Every page on which a partner meets the record."""
    assert partner.organisation is not None
    client = client_of(administrator_of(partner.organisation))
    part = f"/my/parts/{partner.pk}/"
    return {one: client.get(one) for one in ("/my/", "/my/parts/", part)}


def test_a_private_answer_is_on_no_page_of_the_partner(draft: Suggestion) -> None:
    partner, draft = make_partner(draft, "demander"), with_canary(draft)
    pages = pages_of(draft, partner)
    assert {answer.status_code for answer in pages.values()} == {200}
    assert [one for one, answer in pages.items() if CANARY in html_of(answer)] == []


def test_the_author_and_the_unit_read_it(draft: Suggestion) -> None:
    draft = with_canary(draft)
    client = client_of(draft.author)
    for page in ("edit", "preview", "print"):
        assert CANARY in html_of(client.get(f"/my/suggestions/{draft.pk}/{page}/")), page


def test_without_the_rule_the_partner_would_read_it(
    draft: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the pages above could show it."""
    partner, draft = make_partner(draft, "demander"), with_canary(draft)
    monkeypatch.setitem(redacting.READABLE, "private", frozenset(Reader))
    assert CANARY in "".join(map(html_of, pages_of(draft, partner).values()))


def long_text(draft: Suggestion) -> str:
    """A question of the form whose answer the index holds."""
    return next(one.field for one in texts_of(draft) if one.is_long)


def test_a_private_answer_is_in_no_text_that_is_indexed_compared_or_hinted(
    draft: Suggestion,
) -> None:
    name = long_text(draft)
    told = draft.answers[name]
    assert told.strip() in body_of(draft)
    hidden = made_private(draft, name, "keywords")
    assert name not in {one.field for one in texts_of(hidden)}
    assert told.strip() not in body_of(hidden)
    for word in draft.answers.get("keywords") or []:
        assert f"、{word}" not in body_of(hidden)


def test_a_file_of_a_private_field_is_not_for_partners(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    assert partner.organisation is not None
    member, officer = administrator_of(partner.organisation), make_staff(Role.PLANNER)
    stored, theirs = uploaded(draft.author), uploaded(member)
    name = long_text(draft)
    for one in (stored, theirs):
        Attachment.objects.create(dossier_id=draft.pk, field=name, file=one, since_version=1)
    hidden, attached = made_private(draft, name), {stored, theirs}
    assert set(attachments_of(again(draft), member)) == attached
    assert set(attachments_of(hidden, member)) == {theirs}
    assert set(attachments_of(hidden, officer)) == attached
    assert set(attachments_of(hidden, draft.author)) == attached


def test_who_reads_is_the_nearest_to_the_record(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    assert partner.organisation is not None
    assert draft.organisation is not None
    draft = again(draft)
    readers = {
        "author": draft.author,
        "unit": administrator_of(draft.organisation),
        "office": make_staff(Role.PLANNER),
        "member": administrator_of(partner.organisation),
    }
    assert {who: reader_of(draft, user) for who, user in readers.items()} == {
        "author": Reader.AUTHOR,
        "unit": Reader.AUTHOR,
        "office": Reader.OFFICE,
        "member": Reader.PARTNER,
    }
