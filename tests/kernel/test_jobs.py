"""Jobs are queued together, and done together where that is possible."""

from contextlib import suppress
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from xinghai.kernel.jobs import enqueue, queued_together, take_waiting, together
from xinghai.kernel.mailing import mail_notices
from xinghai.kernel.tasks import retry_stalled

pytestmark = pytest.mark.django_db


def queued() -> list[Any]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("args", flat=True))


def test_what_one_act_asks_for_is_queued_by_one_statement_in_its_order() -> None:
    with CaptureQueriesContext(connection) as asked, queued_together():
        for key in "abc":
            with queued_together():
                enqueue(mail_notices, key=key)
    assert len(asked) == 1
    assert queued() == [{"key": "a"}, {"key": "b"}, {"key": "c"}]


def test_an_act_that_fails_queues_nothing_and_the_next_one_is_not_held_back() -> None:
    with suppress(RuntimeError), transaction.atomic(), queued_together():
        enqueue(mail_notices, key="a")
        raise RuntimeError
    enqueue(mail_notices, key="b")
    assert queued() == [{"key": "b"}]


def test_an_inner_act_that_fails_takes_back_its_own_jobs_alone() -> None:
    with transaction.atomic(), queued_together():
        enqueue(mail_notices, key="a")
        with suppress(RuntimeError), transaction.atomic(), queued_together():
            enqueue(mail_notices, key="b")
            raise RuntimeError
        enqueue(mail_notices, key="c")
    assert queued() == [{"key": "a"}, {"key": "c"}]


def test_no_more_runs_are_taken_than_asked_for_however_the_database_joins() -> None:
    """A selection with a limit is made once, not for each row it is compared with."""
    for key in "abcdef":
        enqueue(mail_notices, key=key)
    with connection.cursor() as cursor:
        for plan in ("hashagg", "sort", "hashjoin", "mergejoin", "material"):
            cursor.execute(f"SET LOCAL enable_{plan} = off")
    assert len(take_waiting(mail_notices, most=2)) == 2


def test_waiting_runs_are_taken_over_but_not_those_that_failed_before() -> None:
    for key in "abcd":
        enqueue(mail_notices, key=key)
    failed = ProcrastinateJob.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 1 WHERE id = %s", [failed.pk])
    assert sorted(one["key"] for one in take_waiting(mail_notices, most=2)) == ["b", "c"]
    assert queued() == [{"key": "a"}, {"key": "d"}]


def test_a_run_that_cannot_be_done_holds_up_no_other() -> None:
    for key in ("bad", "good"):
        enqueue(mail_notices, key=key)
    done: list[str] = []

    def work(runs: list[dict[str, Any]]) -> None:
        if any(one["key"] == "bad" for one in runs):
            raise ValueError("cannot be done")
        done.extend(one["key"] for one in runs)

    together(mail_notices, {"key": "own"}, work)
    assert done == ["own"]
    assert queued() == [{"key": "bad"}, {"key": "good"}], "they keep their own turns"
    with pytest.raises(ValueError, match="cannot"):
        together(mail_notices, {"key": "bad"}, work)


def test_a_run_that_fails_alone_fails() -> None:
    def work(runs: list[dict[str, Any]]) -> None:
        raise ValueError("cannot be done")

    with pytest.raises(ValueError, match="cannot be done"):
        together(mail_notices, {"key": "a"}, work)


def test_a_job_whose_worker_was_killed_is_given_back() -> None:
    enqueue(mail_notices, key="a")
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH lost AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM lost)"
        )
    async_to_sync(retry_stalled.func)(0)
    assert ProcrastinateJob.objects.get().status == "todo"
