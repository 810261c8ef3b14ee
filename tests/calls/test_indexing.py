"""What the public may read of a call stands in the index, and goes when it may not be read."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.factories import load_notice, make_staff
from xinghai.accounts.kinds import Role
from xinghai.calls import indexing
from xinghai.calls.indexing import EVERYBODY, keep_everything, keep_in_index
from xinghai.calls.services import cancel_call
from xinghai.corpus import selectors
from xinghai.corpus.models import Document

pytestmark = pytest.mark.django_db


def kinds_of(words: str) -> set[str]:
    return {hit.kind for hit in selectors.search(words, audiences=[EVERYBODY]).hits}


def test_a_notice_its_types_offices_and_forms_are_found() -> None:
    load_notice("2024")

    assert keep_everything() == 1

    assert kinds_of("2024年大连市科技计划项目申报指南建议征集") >= {"call"}
    assert kinds_of("揭榜挂帅") >= {"type"}
    assert kinds_of("海洋经济") >= {"office"}
    assert kinds_of("软科学研究和科普指南征集表") == {"form"}


def test_the_other_script_and_full_width_find_the_same() -> None:
    load_notice("2024")
    keep_everything()

    assert kinds_of("揭榜掛帥") == kinds_of("揭榜挂帅")
    assert kinds_of("２０２４年大连市") == kinds_of("2024年大连市")


def test_a_cancelled_call_is_still_found_and_an_unknown_one_leaves_nothing() -> None:
    call = load_notice("2024")
    cancel_call(call, by=make_staff(Role.PLANNER), reason="演示")

    keep_in_index(call.code)
    keep_in_index("no-such-call")

    assert Document.objects.filter(kind="call").count() == 1
    assert not Document.objects.exclude(facets__contains=["call:2024"]).exists()


def test_what_is_no_longer_accepted_is_no_longer_found() -> None:
    call = load_notice("2024")
    keep_everything()
    assert "type" in kinds_of("揭榜挂帅")

    call.categories.update(is_accepting=False)
    keep_everything()

    assert "type" not in kinds_of("揭榜挂帅")


def test_looking_again_writes_nothing_that_stands_already() -> None:
    load_notice("2024")
    keep_everything()
    before = set(Document.objects.values_list("number", flat=True))

    keep_everything()

    assert set(Document.objects.values_list("number", flat=True)) == before


def test_a_call_is_claimed_before_it_is_read_so_that_the_later_job_knows_no_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call, read, claimed = load_notice("2024"), indexing._texts, list[int]()

    def read_under(one: Any) -> Iterator[Any]:
        claimed.append(locks_held())
        return read(one)

    monkeypatch.setattr(indexing, "_texts", read_under)
    before = locks_held()
    keep_in_index(call.code)

    assert claimed == [before + 1]


def locks_held() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])
