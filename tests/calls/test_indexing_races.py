"""Two jobs of one call at the same moment: who read first must not write last."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections

from tests.factories import load_notice
from xinghai.calls import indexing
from xinghai.corpus.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


def is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_a_job_that_read_before_a_change_does_not_write_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call = load_notice("2024")
    write = indexing.keep_group

    def change() -> None:
        try:
            call.categories.update(is_accepting=False)
            indexing.keep_in_index("2024")
        finally:
            connections.close_all()

    later = Thread(target=change)

    def write_late(*given: Any, **more: Any) -> int:
        """The first has read; it writes once the other is done, or waits for its turn."""
        monkeypatch.setattr(indexing, "keep_group", write)
        later.start()
        while later.is_alive() and not is_somebody_waiting():
            later.join(0.01)
        return write(*given, **more)

    monkeypatch.setattr(indexing, "keep_group", write_late)
    indexing.keep_in_index("2024")
    later.join()

    assert Document.objects.filter(kind=indexing.CALL).exists()
    assert not Document.objects.filter(kind=indexing.TYPE).exists()
