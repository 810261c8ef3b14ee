"""Background work on PostgreSQL, behind one thin module (procrastinate).

`enqueue` writes the job inside the caller's transaction: it runs when that
commits and never when it rolls back. Jobs may run twice after a crash, so
each effect must be keyed by the job itself (see `mailing.mail`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

Gathered = list[tuple[Task[..., Any, Any], dict[str, Any]]]
_gathered: ContextVar[Gathered | None] = ContextVar("jobs_gathered", default=None)
RETRIES = RetryStrategy(max_attempts=8, exponential_wait=4)


def job(
    name: str, *, queue: str = "default"
) -> Callable[[Callable[..., None]], Task[..., Any, Any]]:
    """Declare a job; it is retried with growing pauses for about a day."""

    def declare(function: Callable[..., None]) -> Task[..., Any, Any]:
        return app.task(name=name, queue=queue, retry=RETRIES)(function)

    return declare


def periodic(name: str, *, cron: str) -> Callable[[Callable[..., None]], Task[..., Any, Any]]:
    """Declare a job the worker starts by the clock; it receives a `timestamp` argument."""

    def declare(function: Callable[..., None]) -> Task[..., Any, Any]:
        task = app.task(name=name, queue="periodic", retry=RETRIES, queueing_lock=name)(function)
        return app.periodic(cron=cron)(task)

    return declare


def enqueue(task: Task[..., Any, Any], **arguments: Any) -> None:
    """Queue one run of `task`; arguments must be JSON."""
    gathered = _gathered.get()
    if gathered is None:
        task.defer(**arguments)
    else:
        gathered.append((task, arguments))


@contextmanager
def queued_together() -> Iterator[None]:
    """Queue what the block asks for by one statement at its end; nothing where it fails.

    Put it inside the transaction: a job must not be queued without what it is about.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered: Gathered = []
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    if gathered:
        ready = [(task.configure(), arguments) for task, arguments in gathered]
        jobs = [deferrer.make_new_job(**arguments) for deferrer, arguments in ready]
        ready[0][0].job_manager.batch_defer_jobs(jobs=jobs)
