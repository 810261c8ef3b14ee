"""Jobs of this room; the worker finds them through this file."""

from xinghai.calls import indexing
from xinghai.kernel.jobs import enqueue, job, periodic


@job("calls.index")
def index_call(code: str) -> None:
    indexing.keep_in_index(code)


def index_later(code: str) -> None:
    """Bring the index up to date once this transaction has committed."""
    enqueue(index_call, code=code)


@periodic("calls.index_all", cron="20 3 * * *")
def index_all(timestamp: int) -> None:
    """Repair what was missed, every night."""
    indexing.keep_everything()
