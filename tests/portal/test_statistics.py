"""The public statistics: aggregates only, and none so small that somebody stands behind it."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import load_both_notices
from tests.pages import client_of, html_of, queries_of, words_of
from tests.snapshots import put_back
from tests.suggestions.scenes import Bureau, bureau_of, make_bureau, names_of, suggestion_in
from xinghai.accounts.models import Organisation
from xinghai.calls.models import Call
from xinghai.kernel.clock import database_now
from xinghai.portal.statistics import FEWEST, SHOWN, fold_small
from xinghai.submissions.selectors import received
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

PAGE = reverse("portal:statistics")


@pytest.fixture
def bureau(db: None) -> Bureau:
    """Both notices and the bureau's people, and nothing handed in yet."""
    return bureau_of(put_back("both_and_bureau", make_both_and_bureau) or make_both_and_bureau())


def make_both_and_bureau() -> str:
    load_both_notices()
    return names_of(make_bureau())


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 40), max_size=12))
def test_no_group_is_small_and_none_can_be_told_from_the_total(counts: dict[str, int]) -> None:
    shown = fold_small(counts.items())
    total = sum(counts.values())
    assert all(count >= FEWEST for _name, count in shown)
    assert sum(count for _name, count in shown) == (total if total >= FEWEST else 0)


def test_a_call_with_few_suggestions_is_not_divided(call: Call, bureau: Bureau) -> None:
    for _one in range(FEWEST - 1):
        suggestion_in("submitted", call, bureau)
    page = client_of(None).get(PAGE)
    assert "暂不分开公布" in words_of(page)
    assert "少于 5" in words_of(page)
    for table in (*SHOWN, "progress"):
        address = reverse("portal:statistics-file", args=[table])
        assert client_of(None).get(address).status_code == 404


def test_it_tells_sums_and_neither_drafts_nor_units(call: Call, bureau: Bureau) -> None:
    for _one in range(5):
        suggestion_in("pooled", call, bureau)
        suggestion_in("submitted", call, bureau)
    suggestion_in("draft", call, bureau)
    units = Organisation.objects.values_list("name", flat=True)
    client = client_of(None)
    page = client.get(PAGE)
    counted = Suggestion.objects.filter(received(SUGGESTIONS)).count()
    assert page.context["statistics"].total == counted == 10
    texts = [html_of(page)]
    for table in (*SHOWN, "progress", "calls"):
        answer = client.get(reverse("portal:statistics-file", args=[table]))
        texts.append(b"".join(answer).decode())
    for text in texts:
        assert not any(unit in text for unit in units)
        assert "演示建议第" not in text


def test_two_in_the_pool_of_five_are_not_told(call: Call, bureau: Bureau) -> None:
    """Two decided and three open are both too few: the five stand together."""
    for state in ("pooled", "pooled", "submitted", "submitted", "submitted"):
        suggestion_in(state, call, bureau)
    charts = {chart.key: chart for chart in client_of(None).get(PAGE).context["statistics"].charts}
    assert charts["progress"].table.plain() == [["其他", 5, "100 %"]]
    assert charts["progress"].finding == "收到的建议走到了哪一步"
    row = next(row for row in charts["calls"].table.plain() if row[1] == 2024)
    assert row[2:] == [5, None, None]


def test_whoever_looks_again_and_again_sees_five_arrive_together(
    call: Call, bureau: Bureau
) -> None:
    """One more by itself would show its type, domain, district and kind of unit in four tables."""

    def tables() -> list[bytes]:
        names = (*SHOWN, "progress", "calls")
        files = [reverse("portal:statistics-file", args=[table]) for table in names]
        return [b"".join(client_of(None).get(file)) for file in files]

    for _one in range(FEWEST):
        suggestion_in("submitted", call, bureau)
    before, front = tables(), client_of(None).get("/").context["figures"]
    for _one in range(FEWEST - 1):
        late = suggestion_in("submitted", call, bureau, kind="university")
        Suggestion.objects.filter(pk=late.pk).update(submitted_at=database_now())
        assert (tables(), client_of(None).get("/").context["figures"]) == (before, front)
    suggestion_in("submitted", call, bureau)
    assert client_of(None).get(PAGE).context["statistics"].total == 2 * FEWEST


def test_the_front_page_gives_away_nothing_the_statistics_keep(call: Call, bureau: Bureau) -> None:
    """Its sums less the sums of what is told must not name what a small call keeps to itself."""
    small = Call.objects.exclude(pk=call.pk).get()
    for state in ("pooled", "with_office", "returned_by_office"):
        for _one in range(FEWEST):
            suggestion_in(state, call, bureau)
    told = client_of(None).get("/").context["figures"]
    assert told == {"received": 15, "offices": 1, "working": 10, "pooled": 5}
    kept = suggestion_in("pooled", call, bureau)
    Suggestion.objects.filter(pk=kept.pk).update(call=small)
    assert client_of(None).get("/").context["figures"] == told


def test_the_front_page_tells_no_sum_of_a_few(call: Call, bureau: Bureau) -> None:
    for _one in range(3):
        suggestion_in("pooled", call, bureau)
    assert "到现在为止" not in words_of(client_of(None).get("/"))
    for _one in range(3):
        suggestion_in("submitted", call, bureau)
    page = words_of(client_of(None).get("/"))
    assert "条指南建议已收到" in page
    assert "条采纳进入建议库" not in page
    assert "条正在办理" not in page


def test_it_costs_the_same_with_few_and_many(call: Call, bureau: Bureau) -> None:
    client = client_of(None)
    suggestion_in("submitted", call, bureau)
    few = queries_of(client, PAGE)
    for state in ("pooled", "declined", "with_office", "merged"):
        suggestion_in(state, call, bureau)
    assert queries_of(client, PAGE) == few <= 10


def test_before_anything_was_received_it_says_so(call: Call) -> None:
    assert "还没有收到建议" in words_of(client_of(None).get(PAGE))
    assert client_of(None).get(reverse("portal:statistics-file", args=["calls"])).status_code == 404
