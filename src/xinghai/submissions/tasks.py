"""Jobs of this room, and what a move leads to."""

from typing import Any

from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import enqueue, job, periodic, together
from xinghai.submissions import indexing, orphans, scheduled_reminders, thinning
from xinghai.submissions.mails import mail_invitation
from xinghai.submissions.models import Submission
from xinghai.submissions.process import process_named

__all__ = ["mail_invitation"]


@periodic("submissions.remind", cron="7,37 * * * *")
def remind(timestamp: int) -> None:
    """Reminders of deadlines and of what is left lying; each is written once."""
    scheduled_reminders.remind(database_now())


@job("submissions.keep_in_index")
def keep_in_index(process: str, record: int) -> None:
    """Let the index follow a record that has moved, and the others that wait for it."""
    together(keep_in_index, {"process": process, "record": record}, _keep)


def _keep(runs: list[dict[str, Any]]) -> None:
    records: dict[str, list[int]] = {}
    for one in runs:
        records.setdefault(one["process"], []).append(one["record"])
    for key, pks in records.items():
        indexing.keep_in_index(process_named(key), *pks)


def follow(submission: Submission) -> None:
    """Queue what a move leads to; named by `Submission.followed_by`."""
    enqueue(keep_in_index, process=submission.process.key, record=submission.pk)


@periodic("submissions.keep_everything", cron="13 * * * *")
def keep_everything(timestamp: int) -> None:
    """What a lost job left behind is found again within the hour."""
    indexing.keep_everything()


@periodic("submissions.thin_versions", cron="37 2 * * *")
def thin_versions(timestamp: int) -> None:
    """Delete stored versions nobody will ask for again; a missed night is made up by the next."""
    thinning.thin(database_now())


@periodic("submissions.sweep_files", cron="57 2 * * *")
def sweep_files(timestamp: int) -> None:
    """Delete files nobody names, after the versions were thinned and before `kernel.tidy`."""
    orphans.sweep(database_now())
