"""Records follow their unit: a merged one's pass to the other unit, drafts take its facts anew."""

from typing import Any

from xinghai.accounts.models import Organisation, User
from xinghai.kernel import events
from xinghai.kernel.forms import prefill
from xinghai.kernel.jobs import enqueue, job
from xinghai.kernel.processes import WITH_AUTHOR
from xinghai.submissions.answers import profile_facts
from xinghai.submissions.models import Partner, Submission
from xinghai.submissions.process import Process, every_process, process_named
from xinghai.submissions.selectors import joined
from xinghai.submissions.services.drafting import store
from xinghai.submissions.states import LIVE_PARTNERSHIPS

OF_UNIT = "organisation."


def pass_on(*, unit: Organisation, into: Organisation, by: User, **_sent: Any) -> None:
    """Let every record and part of a merged unit belong to the other one; its trail says so."""
    data = {"from": unit.pk, "to": into.pk}
    for process in every_process():
        rows = process.records.objects.select_for_update(of=("self",)).filter(organisation=unit)
        for record in rows.order_by("pk"):
            record.organisation = into
            record.save(update_fields=["organisation"])
            events.record("change_unit", record, by=by, data=data)
    parts = Partner.objects.select_for_update(of=("self",)).filter(organisation=unit)
    for part in parts.order_by("pk"):
        if not _sits_there(part, into):
            part.organisation = into
            part.save(update_fields=["organisation"])
            events.record("change_unit", part, by=by, data=data)
    renew_later(unit=into, by=by)


def _sits_there(part: Partner, into: Organisation) -> bool:
    """Whether the other unit stands on that side already: an organisation sits once."""
    there = Partner.objects.filter(dossier=part.dossier_id, side=part.side, organisation=into)
    return part.is_live and there.filter(state__in=LIVE_PARTNERSHIPS).exists()


def renew_later(*, unit: Organisation, by: User, **_sent: Any) -> None:
    """Queue the drafts of a unit whose facts have changed."""
    for process in every_process():
        enqueue(renew_drafts, process=process.key, unit=unit.pk, by=by.pk)


@job("submissions.renew_drafts")
def renew_drafts(process: str, unit: int, by: int) -> None:
    """Write the unit's name, code, kind and district of today into what authors still write."""
    renew(process_named(process), Organisation.objects.get(pk=unit), by=User.objects.get(pk=by))


def renew(process: Process, unit: Organisation, *, by: User) -> None:
    """Renew the fields nobody types in every draft of a unit; each is a version of its own."""
    rows = process.records.objects.filter(organisation=unit, state__in=process.states(*WITH_AUTHOR))
    for pk in list(rows.values_list("pk", flat=True)):
        while not _renew_one(process, pk, by=by):
            continue


def _renew_one(process: Process, pk: int, *, by: User) -> bool:
    """Whether nothing is left to do; False where somebody saved meanwhile."""
    record: Submission | None = joined(process.records.objects.filter(pk=pk)).first()
    if record is None or record.phase not in WITH_AUTHOR:
        return True
    form, unit = record.form.form, record.organisation
    facts = profile_facts(record.author, unit, record.call, record.category)
    known = prefill(form, facts)
    own = {
        field.id: known[field.id]
        for field in form.fields()
        if field.readonly and field.prefill.startswith(OF_UNIT) and field.id in known
    }
    new = {**record.answers, **own}
    return new == record.answers or store(record, new, by=by, note="unit")
