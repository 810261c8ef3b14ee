"""`xinghai serve`: real use, on a given PostgreSQL or the embedded one."""

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

from tests.config.accounts import Interpreter, ourselves
from tests.config.processes import PATIENCE, connected, eventually_healthy, run, running
from xinghai.config.database.launcher import Database

Start = Callable[..., Database]


def with_given(database: Database, place: Path) -> Interpreter:
    me = ourselves(place)
    given = {"DATABASE_URL": database.url, "XINGHAI_DATA_DIR": str(place / "site")}
    given["XINGHAI_HOSTS"] = "xinghai.example,127.0.0.1"
    return dataclasses.replace(me, environment=me.environment | given)


def waiting_jobs(database: Database) -> int:
    with connected(database) as connection:
        rows = connection.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'kernel.tidy'"
        )
        return len(rows.fetchall())


def eventually_done(database: Database) -> bool:
    limit = time.monotonic() + PATIENCE
    while waiting_jobs(database) and time.monotonic() < limit:
        time.sleep(0.2)
    return waiting_jobs(database) == 0


def test_a_given_database_is_served_and_its_jobs_are_done(
    started: Start, place: Path, port: int
) -> None:
    database = started()
    operator = with_given(database, place)
    job = ("kernel.tidy", '{"timestamp": 0}')
    assert run(operator, "migrate")[0] == 0
    assert run(operator, "manage", "procrastinate", "defer", *job)[0] == 0
    assert waiting_jobs(database) == 1
    with running(operator, "serve", "--port", str(port), "--web-workers", "1") as site:
        assert eventually_healthy(port)
        assert eventually_done(database)
        site.terminate()
        assert site.wait(PATIENCE) == 0
    assert database.alive


def test_a_given_database_without_its_schema_is_refused(
    started: Start, place: Path, port: int
) -> None:
    status, said = run(with_given(started(), place), "serve", "--port", str(port))
    assert status == 1
    assert "./xinghai migrate" in said


def test_a_database_that_may_lose_a_receipt_is_refused(
    started: Start, place: Path, port: int
) -> None:
    operator = with_given(started(extra={"fsync": "off"}), place)
    assert run(operator, "migrate")[0] == 0
    status, said = run(operator, "serve", "--port", str(port))
    assert status == 1
    assert "fsync = off" in said


def test_demonstration_data_is_never_served(place: Path, port: int) -> None:
    """Its accounts have passwords anybody can read."""
    (place / "mode").write_text("demo")
    words = ("serve", "--data-dir", str(place), "--port", str(port))
    status, said = run(ourselves(place), *words)
    assert status == 1
    assert "made for demo" in said
