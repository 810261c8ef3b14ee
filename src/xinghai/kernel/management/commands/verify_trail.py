"""`manage verify_trail`: walk every chain and every seal; exit 1 if one does not fit."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q

from xinghai.kernel.events import broken_links
from xinghai.kernel.models import Event
from xinghai.kernel.seals import false_seals
from xinghai.kernel.trail_names import recorded_models

MOST_NAMED = 20


class Command(BaseCommand):
    help = "Verify the hash chains of all records and the sealed roots of the trail."

    def handle(self, *args: Any, **options: Any) -> None:
        ordered = Event.objects.select_related("detail").order_by(
            "subject_type", "subject_id", "pk"
        )
        chains, faults = 0, []
        by_subject = groupby(ordered.iterator(2_000), key=lambda e: (e.subject_type, e.subject_id))
        for (trail_name, subject_id), events in by_subject:
            chains += 1
            if trail_name not in recorded_models():
                faults.append(f"{trail_name} {subject_id}: no record has this name")
            elif broken := broken_links(events, _head(trail_name, subject_id)):
                faults.append(f"{trail_name} {subject_id}: events {broken}")
        # One changed event makes all later seals false: the first of them tells where to look.
        false = false_seals()
        faults += [f"seal {pk}: the root does not fit" for pk in false[:MOST_NAMED]]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            more = max(len(false) - MOST_NAMED, 0)
            raise CommandError(f"{len(faults) + more} faults in the trail.")
        self.stdout.write(f"{chains} chains and all seals fit.")
        self._tell_what_was_erased()

    def _tell_what_was_erased(self) -> None:
        texts, addresses = (
            Q(detail__text_erased_at__isnull=False),
            Q(detail__address_erased_at__isnull=False),
        )
        counts = Event.objects.aggregate(
            texts=Count("pk", filter=texts),
            addresses=Count("pk", filter=addresses),
            former=Count("pk", filter=(texts | addresses) & Q(format=1)),
        )
        self.stdout.write("Erased: {texts} texts, {addresses} addresses.".format(**counts))
        if counts["former"]:
            self.stdout.write(
                "{former} of these events are of the first format: the event of their erasure"
                " vouches for the rest of them.".format(**counts)
            )


def _head(trail_name: str, subject_id: int) -> bytes | None:
    """Return the record's newest hash; None for a record that was discarded."""
    rows = recorded_models()[trail_name]._base_manager.filter(pk=subject_id)
    head = rows.values_list("event_head", flat=True).first()
    return None if head is None else bytes(head)
