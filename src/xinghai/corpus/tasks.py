"""Jobs of this room; the worker finds them through this file."""

from xinghai.corpus import rebuilding, services
from xinghai.kernel.jobs import periodic


@periodic("corpus.fold", cron="*/5 * * * *")
def fold(timestamp: int) -> None:
    """Move what is fresh into lists; lists an older program made are made anew first."""
    if rebuilding.is_outdated():
        rebuilding.rebuild()
    services.fold()


@periodic("corpus.rebuild", cron="0 4 * * 0")
def rebuild(timestamp: int) -> None:
    """Once a week, at night: postings of texts that are gone take no more room."""
    rebuilding.rebuild()
