"""Jobs of this room; the worker finds them through this file."""

from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import periodic
from xinghai.suggestions import reminding
from xinghai.suggestions.mails import mail_invitation

__all__ = ["mail_invitation"]


@periodic("suggestions.remind", cron="7,37 * * * *")
def remind(timestamp: int) -> None:
    """Reminders of deadlines and of what is left lying; each is written once."""
    reminding.remind(database_now())
