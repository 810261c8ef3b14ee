"""Writes about the qualifications (资质) of an organisation, by those who administer it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation, Qualification, User
from xinghai.kernel import events
from xinghai.kernel.refusals import Refusal


class QualificationRefused(Refusal):
    """The organisation cannot hold this title in this time; the reason says why."""


@transaction.atomic
def add_qualification(
    organisation: Organisation,
    *,
    kind: str,
    number: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    source: str = "",
    by: User,
) -> Qualification:
    """Write down a title the organisation holds, held or will hold.

    Raises QualificationRefused when it is written down already for some day of the time.
    """
    if from_on is not None and to_on is not None and to_on < from_on:
        raise QualificationRefused(_("最后一天不能早于开始的那天。"))
    made = Qualification(
        organisation=organisation,
        kind_id=kind,
        number=number.strip(),
        from_on=from_on,
        to_on=to_on,
        source=source.strip(),
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as taken:
        raise QualificationRefused(
            _("这段时间已经登记过“%(kind)s”。请先删去原来那条，再重新登记。") % {"kind": made.kind}
        ) from taken
    events.record("add_qualification", organisation, by=by, data=_facts(made))
    return made


@transaction.atomic
def remove_qualification(qualification: Qualification, *, by: User) -> None:
    """Take back what was written down by mistake; the trail keeps it. Twice is once."""
    locked = Qualification.objects.select_for_update().filter(pk=qualification.pk).first()
    if locked is None:
        return
    events.record("remove_qualification", locked.organisation, by=by, data=_facts(locked))
    locked.delete()


def _facts(one: Qualification) -> dict[str, str]:
    days = {"from": one.from_on, "until": one.to_on}
    told = {name: day.isoformat() if day else "" for name, day in days.items()}
    return {"kind": one.kind_id, "number": one.number, "source": one.source, **told}
