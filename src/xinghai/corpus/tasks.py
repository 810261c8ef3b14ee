"""Jobs of this room; the worker finds them through this file."""

from xinghai.corpus import services
from xinghai.kernel.jobs import periodic


@periodic("corpus.fold", cron="*/5 * * * *")
def fold(timestamp: int) -> None:
    """Move what is fresh into lists; when little is, nothing happens."""
    services.fold()
