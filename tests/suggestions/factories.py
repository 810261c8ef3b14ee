"""Suggestions for tests, taken through the same services a person's clicks reach."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories import FIRST, make_organisation, make_staff, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.config.demonstration.story import special_choices
from xinghai.config.demonstration.writing import write_answers
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.models import StoredFile
from xinghai.submissions.models import Partner
from xinghai.submissions.precheck import context_of
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.services import partners
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

CITY = ZoneInfo("Asia/Shanghai")
IN_THE_WINDOW = datetime(2024, 2, 20, 10, 0, tzinfo=CITY)
TOPIC = {
    "title": "演示用的关键技术",
    "problem": "演示问题描述",
    "method": "演示方法",
    "product": "演示装置",
    "scene": "演示场景",
    "keywords": ["演示一", "演示二", "演示三"],
    "metrics": [["演示精度", "30", "10", "微米"], ["演示时间", "60", "20", "分钟"]],
    "money": 2400,
}
DUE = date(2024, 12, 31)
_keys = itertools.count(FIRST)


def key() -> str:
    return f"test-key-{next(_keys)}"


@contextmanager
def in_the_window() -> Iterator[None]:
    """Stand in the collection window of the 2024 notice."""
    with travel_to(IN_THE_WINDOW):
        yield


def start(
    call: Call, category: str, *, author: User, organisation: Organisation | None
) -> Suggestion:
    chosen = call.categories.get(code=category)
    return drafts.start(SUGGESTIONS, call, chosen, by=author, organisation=organisation)


def complete_answers(suggestion: Suggestion, **given: Any) -> dict[str, Any]:
    """Return answers that pass the pre-check."""

    def attach(name: str) -> dict[str, Any]:
        stored = make_file(suggestion.author, name)
        return {"id": str(stored.pk), "name": stored.name, "size": stored.size}

    context = context_of(suggestion, now=database_now())
    domain = given.get("domain") or suggestion.call.domains.all()[0].code
    topic = {**TOPIC, "domain": domain}
    chosen = {**special_choices(suggestion, domain), "nj_domain": domain, **given}
    known = {**suggestion.answers, **chosen}
    return write_answers(suggestion.form.form, context, topic, given=known, attach=attach)


def make_file(owner: User, name: str = "承诺书.pdf") -> StoredFile:
    now = database_now()
    return StoredFile.objects.create(
        owner=owner,
        name=name,
        size=10,
        received=10,
        content_type="application/pdf",
        sha256="0" * 64,
        created_at=now,
        completed_at=now,
    )


def fill(suggestion: Suggestion, **given: Any) -> Suggestion:
    """Fill a draft completely, as one save."""
    answers = complete_answers(suggestion, **given)
    return drafts.save(
        suggestion, by=suggestion.author, base_version=suggestion.version, answers=answers
    ).submission


def make_draft(
    call: Call,
    category: str = "ZDYF",
    *,
    kind: str = "enterprise",
    author: User | None = None,
    organisation: Organisation | None = None,
    **given: Any,
) -> Suggestion:
    """Return a complete draft of an author in a verified organisation."""
    author = author or make_user()
    organisation = organisation or make_organisation(kind, administrator=author)
    vars(author).pop("confirmed_memberships", None)
    suggestion = start(call, category, author=author, organisation=organisation)
    given.setdefault("title", f"演示建议第{next(_keys)}号的关键技术")
    return fill(suggestion, **given)


def hand_in(suggestion: Suggestion) -> Suggestion:
    """Submit a draft; return it as the database now has it."""
    handing_in.submit(suggestion, by=suggestion.author, key=key(), version=suggestion.version)
    return again(suggestion)


def make_submitted(call: Call, category: str = "ZDYF", **facts: Any) -> Suggestion:
    return hand_in(make_draft(call, category, **facts))


def again(suggestion: Suggestion) -> Suggestion:
    return Suggestion.objects.select_related(
        "call",
        "form",
        "category__parent",
        "domain",
        "office",
        "organisation",
        "author",
    ).get(pk=suggestion.pk)


def make_partner(suggestion: Suggestion, side: str, kind: str = "enterprise") -> Partner:
    """Invite a verified organisation to a side."""
    organisation = make_organisation(kind)
    return partners.invite_organisation(suggestion, organisation, side=side, by=suggestion.author)


def endorse(suggestion: Suggestion) -> Suggestion:
    """Hand in what the unit reviews; return it as the database now has it."""
    organisation = suggestion.organisation
    by = administrator_of(organisation)
    handing_in.submit_batch(
        SUGGESTIONS, [suggestion.pk], organisation=organisation, by=by, key=key()
    )
    return again(suggestion)


def return_by_office(suggestion: Suggestion, *, due_on: date) -> Suggestion:
    """An officer of its office asks for a correction; return it as the database now has it."""
    officer = make_staff(Role.OFFICER, office=suggestion.office)
    office.return_for_correction(suggestion, office.Return("请补充", due_on), by=officer)
    return again(suggestion)


def administrator_of(organisation: Organisation) -> User:
    return User.objects.filter(
        memberships__organisation=organisation, memberships__role="administrator"
    ).earliest("pk")
