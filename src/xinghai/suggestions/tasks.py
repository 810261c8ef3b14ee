"""Jobs of this room; the worker finds them through this file."""

from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import enqueue, job, periodic
from xinghai.submissions import indexing
from xinghai.submissions import scheduled_reminders as reminding
from xinghai.submissions.mails import mail_invitation
from xinghai.suggestions.models import Grouping, Suggestion
from xinghai.suggestions.services import groups

__all__ = ["mail_invitation"]


@periodic("suggestions.remind", cron="7,37 * * * *")
def remind(timestamp: int) -> None:
    """Reminders of deadlines and of what is left lying; each is written once."""
    reminding.remind(database_now())


@job("suggestions.keep_in_index")
def keep_in_index(suggestion: int) -> None:
    """Let the index follow a suggestion that has moved."""
    indexing.keep_in_index(suggestion)


def follow(suggestion: Suggestion) -> None:
    """Queue what a move leads to; named by `Suggestion.followed_by`."""
    enqueue(keep_in_index, suggestion=suggestion.pk)


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


@periodic("suggestions.keep_everything", cron="13 * * * *")
def keep_everything(timestamp: int) -> None:
    """What a lost job left behind is found again within the hour."""
    indexing.keep_everything()


@periodic("suggestions.thin_versions", cron="37 2 * * *")
def thin_versions(timestamp: int) -> None:
    """Delete stored versions nobody will ask for again; a missed night is made up by the next."""
    thinning.thin(database_now())
