"""A suggestion moves while a job keeps it: who read before the move does not write after it."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections

from tests.suggestions.factories import in_the_window, make_submitted
from xinghai.calls.models import Call
from xinghai.corpus.models import Document
from xinghai.suggestions import indexing
from xinghai.suggestions.services import handing_in

pytestmark = pytest.mark.django_db(transaction=True)


def is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_what_is_taken_back_while_it_is_kept_is_found_by_nobody(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_the_window():
        paper = make_submitted(call, domain="ai", title="蓝鲸型缠绕膜的在线检测")
    write = indexing.keep

    def take_back() -> None:
        try:
            handing_in.recall(paper, by=paper.author)
            indexing.keep_in_index(paper.pk)
        finally:
            connections.close_all()

    later = Thread(target=take_back)

    def write_late(texts: Any) -> int:
        """The first has read; it writes once the other is done, or waits for its turn."""
        monkeypatch.setattr(indexing, "keep", write)
        later.start()
        while later.is_alive() and not is_somebody_waiting():
            later.join(0.01)
        return write(texts)

    monkeypatch.setattr(indexing, "keep", write_late)
    indexing.keep_in_index(paper.pk)
    later.join()

    assert not Document.objects.exists()
