"""Jobs of this room; the worker finds them through this file."""

from xinghai.duplicates import deeper
from xinghai.kernel.jobs import periodic


@periodic("duplicates.look_deeper", cron="*/5 * * * *")
def look_deeper(timestamp: int) -> None:
    """Look for other words for the same in records whose text is new; the next run goes on."""
    deeper.look_deeper()
