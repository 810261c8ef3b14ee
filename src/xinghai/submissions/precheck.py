"""形式审查预检: the one examination of a submission, live, on save and on submit alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from xinghai.accounts.city import city
from xinghai.kernel.forms import Context, FileFacts, Report, examine
from xinghai.kernel.hashing import content_hash, is_hash_of
from xinghai.kernel.kept_statements import kept, padded
from xinghai.submissions.answers import named_files, partner_named
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.models import Partner, Submission
from xinghai.submissions.states import LIVE_PARTNERSHIPS, PART_CONFIRMED


def precheck(
    submission: Submission,
    *,
    now: datetime,
    sides: set[str] | None = None,
    context: Context | None = None,
) -> Report:
    """Examine the stored answers as of `now`; `sides` limits it to a partner's part."""
    context = context or context_of(submission, now=now)
    return examine(submission.form.form, submission.answers, context, sides=sides)


def precheck_each(submissions: Sequence[Submission], *, now: datetime) -> list[Report]:
    """Examine the rows of a list in two queries, however many there are."""
    partners: dict[int, list[Partner]] = {one.pk: [] for one in submissions}
    for partner in _partners(dossiers=padded(partners)) if partners else ():
        partners[partner.dossier_id].append(partner)
    files = _stored(submissions)
    found = []
    for submission in submissions:
        vars(submission)["live_partners"] = partners[submission.pk]
        context = context_of(submission, now=now, files=files[submission.pk])
        found.append(precheck(submission, now=now, context=context))
    return found


@kept
def _partners(*, dossiers: tuple[int, ...]) -> QuerySet[Partner]:
    rows = Partner.objects.filter(dossier__in=dossiers, state__in=LIVE_PARTNERSHIPS)
    return rows.select_related("organisation", "user").order_by("pk")


def context_of(
    submission: Submission, *, now: datetime, files: dict[str, FileFacts] | None = None
) -> Context:
    """Return the facts the checks may know about this submission."""
    organisation, category = submission.organisation, submission.category
    return Context(
        today=timezone.localtime(now).date(),
        category=category.code,
        category_path=(category.parent.code,) if category.parent else (),
        domain=submission.domain.code if submission.domain else "",
        organisation_kind=organisation.kind if organisation else "",
        organisation_name=organisation.name if organisation else "",
        places=tuple(city()["places"]),
        credit_code=organisation.uscc if organisation else "",
        plan_year=submission.call.plan_year,
        files=_stored([submission])[submission.pk] if files is None else files,
        partners={
            side: side_stands(submission, side)
            for side in {one.side for one in submission.live_partners}
        },
    )


def side_stands(submission: Submission, side: str) -> bool:
    """Whether every partner of a side has confirmed its part, the named one among them."""
    there = [one for one in submission.live_partners if one.side == side]
    named = any(is_the_named_one(submission, one) for one in there)
    return named and all(stands_behind(submission, one) for one in there)


def stands_behind(submission: Submission, partner: Partner) -> bool:
    """Whether the partner has confirmed what its part says now.

    Text that changed after the confirmation, by whatever way, is nobody's word.
    """
    part = _part(submission, partner.side)
    return partner.state == PART_CONFIRMED and is_hash_of(partner.confirmed_hash, part)


def part_hash(submission: Submission, side: str) -> str:
    """Return the digest of one side's answers, so that a later change of them is visible."""
    return content_hash(_part(submission, side))


def _part(submission: Submission, side: str) -> dict[str, Any]:
    return {
        field.id: submission.answers.get(field.id)
        for section in submission.form.form.sections
        if section.side == side
        for field in section.fields
    }


def is_the_named_one(submission: Submission, partner: Partner) -> bool:
    """A confirmation counts for the organisation the form names, not for another one.

    The one it became part of stands for it.
    """
    named, unit = partner_named(submission), partner.organisation
    if not named or unit is None:
        return True
    known = "uscc" if named.get("uscc") else "name"
    if named.get(known) == getattr(unit, known):
        return True
    return bool(unit.merged_units.filter(**{known: named.get(known) or ""}).exists())


def _stored(submissions: Sequence[Submission]) -> dict[int, dict[str, FileFacts]]:
    """Return what is known of the attached files, by record; asks nothing where none is named."""
    found: dict[int, dict[str, FileFacts]] = {one.pk: {} for one in submissions}
    naming = [one.pk for one in submissions if named_files(one.form.form, one.answers)]
    rows = Attachment.objects.of_the_newest().filter(dossier__in=naming)
    for row in rows.select_related("file") if naming else ():
        facts = FileFacts(row.file.name, row.file.size, row.file.content_type)
        found[row.dossier_id][str(row.file_id)] = facts
    return found
