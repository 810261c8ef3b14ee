"""What a submission contains: who fills which fields, and what follows from the answers."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, DecimalException
from typing import Any
from uuid import UUID

import rules
from django.utils.translation import gettext_noop

from xinghai.accounts.kinds import OrganisationKind
from xinghai.accounts.models import Office, Organisation, User
from xinghai.calls.models import Call, Category, Domain
from xinghai.calls.routing import proposed_by, rule_of
from xinghai.calls.selectors import office_for, routes_of
from xinghai.kernel.clock import city_today
from xinghai.kernel.forms import Field, FormDefinition, follow, kind_of
from xinghai.kernel.request_data import is_number
from xinghai.submissions.models import TITLE_LENGTH, Submission

DEMANDER, PROVIDER = "demander", "provider"
# How many yuan the units of amounts are; more than MOST_YUAN is a slip of the pen.
YUAN_IN = {gettext_noop("万元"): 10_000, gettext_noop("亿元"): 100_000_000}
MOST_YUAN = Decimal(10) ** 14
# A field and the id of a file it names.
Named = tuple[str, UUID]


def author_side(submission: Submission) -> str:
    """Return the side the author fills: the chosen one, else demander for an enterprise."""
    chosen = submission.answers.get("unit_side")
    if chosen in (DEMANDER, PROVIDER):
        return str(chosen)
    organisation = submission.organisation
    if organisation is not None and organisation.kind == OrganisationKind.ENTERPRISE:
        return DEMANDER
    return PROVIDER


def receiving_office(submission: Submission) -> Office | None:
    """Return the office that receives the record as it is written; None where no rule names one."""
    return office_for(submission.call, submission.category, submission.domain, submission.answers)


def proposed_receivers(submissions: Collection[Submission]) -> dict[int, str]:
    """Return, by the id of each record no rule routes, the code of the office proposed for it.

    "" where none is. The records are of one process. Rules are read once a call, and of the
    answers, which lists leave in the database, those a rule asks for.
    """
    calls = {one.call_id: one.call for one in submissions}
    rules = {key: [rule_of(row) for row in routes_of(call)] for key, call in calls.items()}
    asked = sorted({rule.field for some in rules.values() for rule in some if rule.field})
    answers = _answers_to(asked, submissions)
    return {
        one.pk: proposed_by(
            rules[one.call_id],
            one.category.code,
            one.domain.code if one.domain else "",
            above=one.category.above,
            answers=answers.get(one.pk),
        )
        for one in submissions
    }


def _answers_to(
    fields: list[str], submissions: Collection[Submission]
) -> dict[int, dict[str, Any]]:
    if not fields or not submissions:
        return {}
    model = type(next(iter(submissions)))
    rows = model.objects.filter(pk__in=[one.pk for one in submissions])
    found = rows.values_list("pk", *(f"answers__{name}" for name in fields))
    return {pk: dict(zip(fields, given, strict=True)) for pk, *given in found}


def partner_named(submission: Submission) -> dict[str, Any]:
    """Return the organisation the form names as the partner; nothing when it names none."""
    named = submission.answers.get(submission.category.joint.get("field", ""))
    return named if isinstance(named, dict) else {}


def permitted_fields(submission: Submission, user: User) -> frozenset[str]:
    """Return the fields this person may fill now: an author all but the partners' parts."""
    form = submission.form.form
    if rules.has_perm(submission.process.permission("edit"), user, submission):
        return _fields_of(form, {"", author_side(submission)})
    if rules.has_perm(submission.process.permission("edit_part"), user, submission):
        return _fields_of(form, sides_of_partner(submission, user))
    return frozenset()


def sides_of_partner(submission: Submission, user: User) -> set[str]:
    """Return the sides whose part this person may fill and has not yet confirmed."""
    return {
        partner.side
        for partner in submission.live_partners
        if partner.state != "confirmed" and partner.organisation_id in user.unit_ids
    }


def _fields_of(form: FormDefinition, sides: set[str]) -> frozenset[str]:
    return frozenset(
        field.id
        for section in form.sections
        if section.side in sides
        for field in section.fields
        if field.audience == "submitter"
    )


def named_truly(
    form: FormDefinition, typed: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """What was typed, each named organisation as it is registered, whatever a page says of it.

    The checks believe the kind of a named organisation, the office its name and code.
    """
    named = {
        field.id: typed[field.id]
        for field in form.fields()
        if field.kind == "org_ref" and typed.get(field.id) != stored.get(field.id)
    }
    ids = {
        name: int(value["id"])
        for name, value in named.items()
        if isinstance(value, dict) and is_number(value.get("id", ""))
    }
    known = Organisation.objects.in_bulk(ids.values()) if ids else {}
    true = {
        name: reference_to(known[ids[name]]) if ids.get(name) in known else _unregistered(value)
        for name, value in named.items()
        if isinstance(value, dict) and (value.get("id") or value.get("uscc"))
    }
    return {**typed, **true}


def reference_to(organisation: Organisation) -> dict[str, str]:
    return {
        "id": str(organisation.pk),
        "name": organisation.name,
        "uscc": organisation.uscc,
        "kind": organisation.kind,
    }


def _unregistered(value: Mapping[str, Any]) -> dict[str, Any]:
    return {**value, "id": "", "uscc": "", "kind": ""}


def profile_facts(
    user: User, organisation: Organisation | None, call: Call, category: Category
) -> dict[str, Any]:
    """Return what the platform already knows, in the shape `kernel.forms.prefill` reads."""
    unit: dict[str, Any] = {}
    if organisation is not None:
        unit = {
            "ref": {
                "id": organisation.pk,
                "name": organisation.name,
                "uscc": organisation.uscc,
                "kind": organisation.kind,
            },
            "uscc": organisation.uscc,
            "kind": organisation.kind,
            "district": organisation.district_id,
            "tags": organisation.tags_on(city_today()),
            "profile": organisation.profile,
        }
    return {
        "organisation": unit,
        "user": {
            "name": user.name,
            "job_title": user.job_title,
            "mobile": user.mobile,
            "landline": user.landline,
            "email": user.email,
        },
        "call": {"ref": {"id": call.pk, "name": call.title, "code": call.code}},
        "category": {
            "code": category.code,
            "group": category.parent.code if category.parent else "",
        },
    }


def with_followers(
    form: FormDefinition, old: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    """Let the guide table follow the submission's fields until somebody writes there.

    A field of the table is refilled while it is empty or still equals what the
    previous answers gave it.
    """
    before, after, followed = follow(form, old), follow(form, new), dict(new)
    for field in form.fields():
        kind, current = kind_of(field), followed.get(field.id)
        is_untouched = kind.is_empty(current) or kind.same(current, before.get(field.id))
        if field.id in after and is_untouched:
            followed[field.id] = after[field.id]
    return followed


def named_files(form: FormDefinition, answers: Mapping[str, Any]) -> set[Named]:
    """Return the uploads the answers name, each with the field that names it."""
    return {
        (field.id, file)
        for field in form.fields()
        if field.kind == "file"
        for file in ids_in(answers.get(field.id))
    }


def ids_in(value: Any) -> Iterator[UUID]:
    """Yield the ids of uploads a value names; whatever else it holds names none."""
    for one in value if isinstance(value, list) else ():
        try:
            yield UUID(one["id"])
        except (TypeError, KeyError, ValueError, AttributeError):
            continue


def promoted(submission: Submission, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns lists need, taken from the answers."""
    form = submission.form.form
    title, code = _answer(form, "title", answers), _answer(form, "domain", answers)
    columns: dict[str, Any] = {
        "title": title[:TITLE_LENGTH] if isinstance(title, str) else "",
        "domain": _domain(submission, code) if isinstance(code, str) and code else None,
    }
    if (asked := form.promoted("amount")) is not None:
        columns["amount"] = yuan_of(asked, answers.get(asked.id))
    return columns


def _answer(form: FormDefinition, column: str, answers: Mapping[str, Any]) -> Any:
    field = form.promoted(column)
    return answers.get(field.id) if field is not None else None


def yuan_of(field: Field, answer: Any) -> Decimal | None:
    """Return an amount in yuan, whatever unit the field asks in; None for what is no amount."""
    try:
        amount = (Decimal(str(answer)) * YUAN_IN.get(field.unit, 1)).quantize(Decimal("0.01"))
    except DecimalException:
        return None
    return amount if amount.is_finite() and 0 <= amount < MOST_YUAN else None


def _domain(submission: Submission, code: str) -> Domain | None:
    """The domain of that code; most saves leave it as it is, and then nothing is asked."""
    if submission.domain is not None and submission.domain.code == code:
        return submission.domain
    return submission.call.domains.filter(code=code).first()
