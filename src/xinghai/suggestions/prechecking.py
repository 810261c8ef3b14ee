"""形式审查预检: the one examination of a suggestion, live, on save and on submit alike."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from xinghai.kernel.forms import Context, FileFacts, Report, examine
from xinghai.kernel.hashing import content_hash
from xinghai.kernel.models import StoredFile
from xinghai.submissions.states import LIVE_PARTNERSHIPS, PART_CONFIRMED
from xinghai.suggestions.models import Partner, Suggestion


def precheck(
    suggestion: Suggestion,
    *,
    now: datetime,
    sides: set[str] | None = None,
    context: Context | None = None,
) -> Report:
    """Examine the stored answers as of `now`; `sides` limits it to a partner's part."""
    context = context or context_of(suggestion, now=now)
    return examine(suggestion.form.form, suggestion.answers, context, sides=sides)


def precheck_each(suggestions: Sequence[Suggestion], *, now: datetime) -> list[Report]:
    """Examine the rows of a list in two queries, however many there are."""
    partners: dict[int, list[Partner]] = {one.pk: [] for one in suggestions}
    for partner in (
        Partner.objects.filter(suggestion__in=partners, state__in=LIVE_PARTNERSHIPS)
        .select_related("organisation", "user")
        .order_by("pk")
    ):
        partners[partner.suggestion_id].append(partner)
    files = _stored(set().union(*(wanted_files(one) for one in suggestions)))
    found = []
    for suggestion in suggestions:
        vars(suggestion)["live_partners"] = partners[suggestion.pk]
        context = context_of(suggestion, now=now, files=files)
        found.append(precheck(suggestion, now=now, context=context))
    return found


def context_of(
    suggestion: Suggestion, *, now: datetime, files: dict[str, FileFacts] | None = None
) -> Context:
    """Return the facts the checks may know about this suggestion."""
    organisation, category = suggestion.organisation, suggestion.category
    return Context(
        today=timezone.localtime(now).date(),
        category=category.code,
        category_path=(category.parent.code,) if category.parent else (),
        domain=suggestion.domain.code if suggestion.domain else "",
        organisation_kind=organisation.kind if organisation else "",
        organisation_name=organisation.name if organisation else "",
        credit_code=organisation.uscc if organisation else "",
        plan_year=suggestion.call.plan_year,
        files=_stored(wanted_files(suggestion)) if files is None else files,
        partners={
            partner.side: stands_behind(suggestion, partner) for partner in suggestion.live_partners
        },
    )


def stands_behind(suggestion: Suggestion, partner: Partner) -> bool:
    """Whether the partner has confirmed what its part says now, being the one the form names.

    Text that changed after the confirmation, by whatever way, is nobody's word.
    """
    return (
        partner.state == PART_CONFIRMED
        and partner.confirmed_hash == part_hash(suggestion, partner.side)
        and is_the_named_one(suggestion, partner)
    )


def part_hash(suggestion: Suggestion, side: str) -> str:
    """Return the digest of one side's answers, so that a later change of them is visible."""
    return content_hash(
        {
            field.id: suggestion.answers.get(field.id)
            for section in suggestion.form.form.sections
            if section.side == side
            for field in section.fields
        }
    )


def is_the_named_one(suggestion: Suggestion, partner: Partner) -> bool:
    """A confirmation counts for the organisation the form names, not for another one."""
    named = suggestion.answers.get(suggestion.category.joint.get("field", ""))
    if not isinstance(named, dict) or partner.organisation is None:
        return True
    if named.get("uscc"):
        return bool(named["uscc"] == partner.organisation.uscc)
    return bool(named.get("name") == partner.organisation.name)


def wanted_files(suggestion: Suggestion) -> set[str]:
    """Return the ids of the uploads the answers name."""
    found: set[str] = set()
    for field in suggestion.form.form.fields():
        value = suggestion.answers.get(field.id)
        if field.kind == "file" and isinstance(value, list):
            found.update(
                str(item["id"]) for item in value if isinstance(item, dict) and "id" in item
            )
    return {name for name in found if _is_uuid(name)}


def _stored(wanted: set[str]) -> dict[str, FileFacts]:
    if not wanted:
        return {}
    return {
        str(stored.pk): FileFacts(stored.name, stored.size, stored.content_type)
        for stored in StoredFile.objects.filter(pk__in=wanted, completed_at__isnull=False)
    }


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
