"""Jobs of this room; the worker finds them through this file."""

from xinghai.kernel.jobs import enqueue, job, periodic
from xinghai.suggestions.models import Grouping
from xinghai.suggestions.services import groups


@job("suggestions.group_again")
def group_again(grouping: int) -> None:
    """Make the groups of a call anew; somebody may be looking at the page that waits for them."""
    found = Grouping.objects.select_related("call", "office").filter(pk=grouping).first()
    if found is not None:
        groups.compute(found)


def follow_ask(grouping: Grouping) -> None:
    """Queue the computation somebody asked for."""
    enqueue(group_again, grouping=grouping.pk)


@periodic("suggestions.group_changed", cron="43 * * * *")
def group_changed(timestamp: int) -> None:
    """Groups follow their members within the hour, and nothing is made twice."""
    for grouping in groups.changed():
        groups.compute(grouping)
