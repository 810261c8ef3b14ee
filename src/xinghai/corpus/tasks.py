"""Jobs of this room; the worker finds them through this file."""

from xinghai.corpus import rebuilding, services
from xinghai.kernel.jobs import periodic


@periodic("corpus.fold", cron="*/5 * * * *")
def fold(timestamp: int) -> None:
    """Move fresh postings into lists; lists of an outdated format are first written anew."""
    if rebuilding.is_outdated():
        rebuilding.rebuild()
    services.fold()


@periodic("corpus.rebuild", cron="0 4 * * 0")
def rebuild(timestamp: int) -> None:
    """Write all lists anew once a week, to free the space of postings of deleted texts."""
    rebuilding.rebuild()
