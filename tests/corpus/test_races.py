"""Writers and readers at the same moment; the twin shows that the lock is what keeps it true."""

from threading import Barrier
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError

from tests.racing import at_once
from xinghai.corpus import posting_lists, rebuilding, selectors, services
from xinghai.corpus.models import Document, FreshPosting
from xinghai.corpus.services import Text

pytestmark = pytest.mark.django_db(transaction=True)

EVERYBODY = ["everybody"]


def text(key: str, title: str) -> Text:
    return Text(kind="thing", key=key, title=title, body="", audiences=EVERYBODY)


def found(words: str) -> list[tuple[str, float]]:
    hits = selectors.search(words, audiences=EVERYBODY).hits
    return [(hit.key, hit.score) for hit in hits]


def test_eight_writers_of_one_text_leave_one_document() -> None:
    at_once(lambda client: services.put(text("1", f"耐盐水稻第{client}稿")).number, clients=8)

    assert Document.objects.count() == 1
    assert [key for key, _score in found("水稻")] == ["1"]


def test_without_the_lock_they_would_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    all_forgot, forget = Barrier(8), services._forget

    def forget_together(wanted: Any) -> None:
        forget(wanted)
        all_forgot.wait()

    def write(client: int) -> object:
        try:
            return services.put(text("1", f"第{client}稿")).number
        except IntegrityError as met:
            return met

    monkeypatch.setattr(services, "claim", lambda _keys: None)
    monkeypatch.setattr(services, "_forget", forget_together)

    assert sum(isinstance(answer, IntegrityError) for answer in at_once(write, clients=8)) == 7


def test_readers_see_the_same_while_lists_are_folded_and_rebuilt() -> None:
    services.put_many([text(str(number), "耐盐水稻选育") for number in range(30)])
    before = found("耐盐水稻")

    def act(client: int) -> object:
        if client == 0:
            services.fold(enough=1)
            rebuilding.rebuild()
            return before
        answers = [found("耐盐水稻") for _again in range(15)]
        return before if all(keys(one) == keys(before) for one in answers) else answers

    assert at_once(act, clients=3) == [before] * 3


def keys(answer: list[tuple[str, float]]) -> set[str]:
    return {key for key, _score in answer}


def test_two_folders_never_write_the_same_postings() -> None:
    services.put_many([text(str(number), "海上风电") for number in range(5)])

    at_once(lambda _client: services.fold(enough=1).postings, clients=4)

    assert FreshPosting.objects.count() == 0
    every = posting_lists.key_of_all(EVERYBODY[0])
    assert posting_lists.held_by(np.array([every]))[every] == 5


def test_a_rebuild_that_fails_leaves_the_lists_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services.put(text("1", "耐盐水稻"))
    services.fold(enough=1)
    before = found("水稻")

    def fail(*_arguments: Any, **_more: Any) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(rebuilding.posting_lists, "write_lists", fail)
    with pytest.raises(OSError, match="disk full"):
        rebuilding.rebuild()

    assert found("水稻") == before != []
