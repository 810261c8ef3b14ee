"""Records follow their unit: a merged one's pass to the other unit, drafts take its facts anew."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

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
# Records moved in one transaction.
AT_ONCE = 100


def pass_on_later(*, unit: Organisation, by: User, **_sent: Any) -> None:
    """Queue what a merger means for records: a university has thousands, and nobody waits."""
    enqueue(pass_on, unit=unit.pk, by=by.pk)


@job("submissions.pass_on")
def pass_on(unit: int, by: int) -> None:
    """Let every record and part of a merged unit belong to the other one; its trail says so.

    Some at a time, so that who writes in one of them does not wait for all. Repeated, it goes on
    where it stood.
    """
    who = User.objects.get(pk=by)
    for process in every_process():
        records = process.records.objects.filter(organisation=unit)
        while _pass_some_on(records, unit, by=who, most=AT_ONCE):
            continue
    _pass_some_on(_free_parts(unit), unit, by=who)
    renew_later(unit=Organisation.objects.get(merged_units=unit), by=who)


@transaction.atomic
def _pass_some_on(rows: Any, unit: int, *, by: User, most: int | None = None) -> int:
    """Move the first rows with an event each; return how many there were.

    The unit's row is locked: whoever begins a record for it at this moment is waited for, and the
    other unit does not become part of a third one between the question and the move.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=unit)
    into = Organisation.objects.get(merged_units=unit)
    chosen = list(rows.select_for_update(of=("self",)).order_by("pk")[:most])
    for one in chosen:
        data = {"from": unit, "to": into.pk}
        one.organisation = into
        one.save(update_fields=["organisation"])
        events.record("change_unit", one, by=by, data=data)
    return len(chosen)


def _free_parts(unit: int) -> Any:
    """The unit's parts but those where the other unit sits already: an organisation sits once."""
    sits = Partner.objects.filter(
        organisation=OuterRef("organisation__merged_into"),
        state__in=LIVE_PARTNERSHIPS,
        dossier=OuterRef("dossier"),
        side=OuterRef("side"),
    )
    return Partner.objects.filter(~Exists(sits), organisation=unit)


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
