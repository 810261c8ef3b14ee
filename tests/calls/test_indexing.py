"""What the public may read of a call stands in the index, and goes when it may not be read."""

import pytest

from tests.factories import load_notice, make_staff
from xinghai.accounts.kinds import Role
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
