"""Background work on PostgreSQL, behind one thin module (procrastinate).

`enqueue` writes the job inside the caller's transaction: it runs when that
commits and never when it rolls back. Jobs may run twice after a crash, so
each effect must be keyed by the job itself (see `mailing.mail`).
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

log = logging.getLogger(__name__)
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

    Put it inside the transaction: a job must not be queued without what it is about. A block
    inside another one that fails takes its own back; a bare savepoint in it is not followed.
    """
    if (outer := _gathered.get()) is not None:
        known = len(outer)
        try:
            yield
        except BaseException:
            del outer[known:]
            raise
        return
    gathered: Gathered = []
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    if gathered:
        jobs = [task.configure().make_new_job(**arguments) for task, arguments in gathered]
        app.job_manager.batch_defer_jobs(jobs=jobs)


def take_waiting(task: Task[..., Any, Any], *, most: int) -> list[dict[str, Any]]:
    """Take over the next waiting runs of a task, and return their arguments.

    Call it in the transaction that does their work: together they are done and gone, or neither.
    A run that has failed before is left to itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            # Materialized: otherwise the selection may be made anew for each row it is compared
            # with, each time of others, and more than `most` go.
            "WITH taken AS MATERIALIZED (SELECT id FROM procrastinate_jobs"
            " WHERE task_name = %s AND status = 'todo' AND attempts = 0"
            " AND (scheduled_at IS NULL OR scheduled_at <= now())"
            " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)"
            " DELETE FROM procrastinate_jobs USING taken WHERE procrastinate_jobs.id = taken.id"
            " RETURNING args",
            [task.name, most],
        )
        return [json.loads(arguments) for (arguments,) in cursor]


def together(
    task: Task[..., Any, Any],
    own: dict[str, Any],
    work: Callable[[list[dict[str, Any]]], Any],
    *,
    most: int = 200,
) -> None:
    """Do one run's work with the work of those that wait, in one transaction.

    Where that fails the run does its own alone: one that cannot be done holds up no other.
    """
    others: list[dict[str, Any]] = []
    try:
        with transaction.atomic():
            others = take_waiting(task, most=most)
            work([own, *others])
    except Exception:
        if not others:
            raise
        log.exception("jobs.together_failed task=%s runs=%s", task.name, len(others) + 1)
        with transaction.atomic():
            work([own])
