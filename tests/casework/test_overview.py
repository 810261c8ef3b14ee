"""The overview: every number is the number of rows its link opens, and drafts keep their secret."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import load_both_notices, make_organisation, make_staff, make_user
from tests.pages import client_of, html_of, queries_of, words_of
from tests.snapshots import put_back
from tests.suggestions.factories import again, make_draft
from tests.suggestions.scenes import (
    ENTERPRISE_STATES,
    OF_UNITS,
    Bureau,
    bureau_of,
    make_bureau,
    names_of,
    suggestion_in,
)
from xinghai.accounts.city import known_districts
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation
from xinghai.calls.models import Call
from xinghai.casework import aggregates as figures
from xinghai.casework.overview.names import days_words
from xinghai.casework.overview.scope import CROSSED
from xinghai.casework.selectors import received
from xinghai.casework.services import deciding as office
from xinghai.kernel.clock import database_now, travel_to
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db

OVERVIEW = reverse("suggestions:office-overview")
UNFINISHED = reverse("suggestions:office-unfinished")
SECRET = "绝不外传的草稿名称"
LINK = re.compile(r'<a[^>]*?href="([^"]*)"[^>]*>\s*(\d+)\s*</a>')


@pytest.fixture
def bureau(request: pytest.FixtureRequest, db: None) -> Bureau:
    """The bureau's people; a test of `mixed` gets them with the whole scene."""
    if "mixed" in request.fixturenames:
        return bureau_of(put_back("mixed", make_mixed) or make_mixed())
    return make_both_calls_and_bureau()


@pytest.fixture
def call(bureau: Bureau) -> Call:
    return Call.objects.get(code="2024")


@pytest.fixture
def mixed(call: Call) -> Call:
    """One suggestion in every state, some of universities, of several districts and days."""
    return call


def make_both_calls_and_bureau() -> Bureau:
    load_both_notices()
    return make_bureau()


def make_mixed() -> str:
    bureau = make_both_calls_and_bureau()
    call = Call.objects.get(code="2024")
    for state in ENTERPRISE_STATES:
        suggestion_in(state, call, bureau)
    for state in (*OF_UNITS, "submitted", "with_office", "triage"):
        suggestion_in(state, call, bureau, kind="university")
    districts = list(dict(known_districts()))
    for place, one in enumerate(Organisation.objects.order_by("pk")):
        Organisation.objects.filter(pk=one.pk).update(district=districts[place % 4])
    Suggestion.objects.filter(state="draft").update(title=SECRET)
    late = Suggestion.objects.filter(state="returned_by_office").values_list("pk", flat=True)
    Suggestion.objects.filter(pk__in=late).update(due_on=database_now().date() - timedelta(days=3))
    return names_of(bureau)


@pytest.fixture
def planner(bureau: Bureau) -> Client:
    return client_of(bureau.planner)


def links_of(page: HttpResponse) -> set[tuple[str, int]]:
    """Every number of the page with the address it opens."""
    own = {(unescape(address), int(number)) for address, number in LINK.findall(html_of(page))}
    return {one for one in own if one[0].startswith("/office/suggestions/")}


def rows_behind(client: Client, address: str) -> int:
    """How many rows the address lists, counted in the list itself."""
    page = client.get(address)
    assert page.status_code == 200
    return int(page.context["page"].paginator.count)


def crossings() -> Iterator[str]:
    for down in CROSSED:
        for across in CROSSED:
            if down != across:
                yield f"rows={down}&columns={across}"


def test_every_number_is_the_number_of_rows_it_opens(mixed: Call, planner: Client) -> None:
    found: dict[str, set[tuple[str, int]]] = {}
    for sides in crossings():
        page = planner.get(f"{OVERVIEW}?call={mixed.code}&{sides}")
        found[sides] = links_of(page)
        assert len(found[sides]) > 20, sides
    # Turned round, a table opens the same rows: each address is opened once.
    rows = {address: rows_behind(planner, address) for address, _n in set().union(*found.values())}
    for sides, links in found.items():
        assert {one: rows[one[0]] for one in links if rows[one[0]] != one[1]} == {}, sides


def test_a_span_of_days_narrows_every_number(mixed: Call, planner: Client) -> None:
    day = "2024-02-20"
    page = planner.get(f"{OVERVIEW}?call={mixed.code}&from={day}&to={day}")
    found = links_of(page)
    assert {number for address, number in found if "state=" not in address} != {0}
    assert all(rows_behind(planner, address) == number for address, number in found)
    assert "份已经开始填写" not in words_of(page)
    before = planner.get(f"{OVERVIEW}?call={mixed.code}&to=2024-02-19")
    assert "这个范围内还没有收到建议" in words_of(before)


def test_the_table_of_counts_adds_up(mixed: Call, bureau: Bureau) -> None:
    rows = received(bureau.leader, SUGGESTIONS)
    for one in figures.DIMENSIONS.values():
        assert sum(row["count"] for row in figures.divided(rows, one)) == rows.count()


@pytest.mark.parametrize("role", [Role.PLANNER, Role.LEADER, Role.AUDIT_ADMIN])
def test_planning_leaders_and_audit_land_on_it(call: Call, role: Role) -> None:
    client = client_of(make_staff(role))
    assert client.get(reverse("accounts:desk")).headers["Location"] == OVERVIEW
    assert client.get(OVERVIEW).status_code == 200


@pytest.mark.parametrize("name", ["office-overview", "office-unfinished", "office-unfinished-file"])
def test_nobody_else_comes_in(call: Call, bureau: Bureau, name: str) -> None:
    address = reverse(f"suggestions:{name}")
    table = reverse("suggestions:office-overview-file", args=["heat"])
    for person in (bureau.officer, make_user(), make_staff(Role.SYSTEM_ADMIN)):
        assert client_of(person).get(address).status_code == 403
        assert client_of(person).get(table).status_code == 403
    assert client_of(None).get(address).status_code == 302


def test_a_draft_is_counted_and_never_read(mixed: Call, planner: Client) -> None:
    draft = Suggestion.objects.get(state="draft")
    unit = draft.organisation.name
    where = f"?call={mixed.code}"
    files = [
        reverse("suggestions:office-overview-file", args=[table])
        for table in ("heat", "arrivals", "steps", "load")
    ]
    files += [reverse("suggestions:office-rows-file")]
    list_page = planner.get(UNFINISHED + where)
    listed = reverse("suggestions:office-unfinished-file")
    told = [planner.get(OVERVIEW + where), list_page]
    texts = [html_of(page) for page in told]
    texts += [b"".join(planner.get(file + where)).decode() for file in [*files, listed]]
    assert unit in html_of(list_page)
    assert unit in texts[-1]
    for text in texts:
        assert SECRET not in text
        assert draft.author.name not in text
        assert "演示问题描述" not in text
        assert f"/suggestions/{draft.pk}/" not in text
    assert (
        rows_behind(planner, UNFINISHED + where) == 3
    )  # the draft, one with its unit, one its unit returned


def test_the_list_of_drafts_knows_how_long_they_lie(mixed: Call, planner: Client) -> None:
    draft = Suggestion.objects.get(state="draft")
    now = database_now()
    Suggestion.objects.filter(state="draft").update(saved_at=now - timedelta(days=4))
    of_units = Suggestion.objects.filter(state__in=["unit_review", "returned_by_unit"])
    of_units.update(saved_at=now)
    where = f"{UNFINISHED}?call={mixed.code}"
    assert rows_behind(planner, f"{where}&still=3") == 1
    assert rows_behind(planner, f"{where}&still=7") == 0
    assert rows_behind(planner, f"{where}&category={draft.category_id}&still=3") == 1
    assert rows_behind(planner, f"{where}&district=nowhere&category=x&still=x") == 3


@pytest.mark.parametrize("address", [OVERVIEW, UNFINISHED])
def test_it_costs_the_same_with_few_and_many(
    call: Call, bureau: Bureau, planner: Client, address: str
) -> None:
    page = f"{address}?call={call.code}"
    suggestion_in("submitted", call, bureau)
    suggestion_in("draft", call, bureau)
    few = queries_of(planner, page)
    for state in ("with_office", "pooled", "draft", "triage"):
        suggestion_in(state, call, bureau)
    assert queries_of(planner, page) == few <= 13


def test_without_any_call_it_says_what_will_stand_here(db: None) -> None:
    page = client_of(make_staff(Role.LEADER)).get(OVERVIEW)
    assert "还没有发布过征集批次" in words_of(page)
    assert client_of(make_staff(Role.LEADER)).get(UNFINISHED).status_code == 404


def test_medians_come_from_the_trail(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    received = suggestion.submitted_at
    with travel_to(received + timedelta(days=3)):
        office.take_up(suggestion, by=bureau.officer)
    with travel_to(received + timedelta(days=8)):
        deciding.accept(again(suggestion), by=bureau.officer)
    spans = figures.spans(Suggestion.objects.filter(pk=suggestion.pk))[call.pk]
    assert [round(spans.taking_up or 0, 2), round(spans.deciding or 0, 2)] == [3.0, 5.0]
    assert (spans.taken_up, spans.decided) == (1, 1)
    assert days_words(spans.taking_up) == "3 天"


def test_a_hostile_title_stays_text_in_the_spreadsheet(
    call: Call, bureau: Bureau, planner: Client
) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    hostile = '=HYPERLINK("https://example.com";"看")'
    Suggestion.objects.filter(pk=suggestion.pk).update(title=hostile)
    answer = planner.get(reverse("suggestions:office-rows-file"), {"call": call.code})
    text = b"".join(answer).decode()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert header[0] == "编号"
    assert row[:2] == [suggestion.number, f"'{hostile}"]


def test_the_file_holds_the_rows_of_the_list_and_of_this_reader(
    mixed: Call, bureau: Bureau
) -> None:
    file, everything = (reverse(f"suggestions:office-{name}") for name in ("rows-file", "all"))
    for person, words in (
        (bureau.planner, "state=with_office,pooled"),
        (bureau.planner, "office=none"),
        (bureau.officer, ""),
        (bureau.other_officer, ""),
    ):
        client = client_of(person)
        lines = b"".join(client.get(f"{file}?{words}")).decode().splitlines()
        assert len(lines) - 1 == rows_behind(client, f"{everything}?{words}")


@pytest.mark.parametrize("name", ["rows-file", "unfinished-file"])
def test_a_file_that_is_cut_says_so_in_its_last_line(
    mixed: Call, planner: Client, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinghai.casework.views.overview.MOST_ROWS", 1)
    address = reverse(f"suggestions:office-{name}")
    lines = b"".join(planner.get(f"{address}?call={mixed.code}")).decode().splitlines()
    assert len(lines) == 3
    assert "只导出前 1 条" in lines[-1]


def test_nonsense_in_the_address_is_no_accident(mixed: Call, planner: Client) -> None:
    for words in (
        "call=nope&from=2024-13-45&to=yesterday&rows=kind&columns=kind",
        "rows=office&columns=office&from=0001-01-01&to=9999-12-31",
        "call=%00&from=%00",
        "from=9999-12-31",
    ):
        page = planner.get(f"{OVERVIEW}?{words}")
        assert page.status_code == 200
        assert len(page.content) < 300_000, "a span of two thousand years is none"
    unknown = reverse("suggestions:office-overview-file", args=["secrets"])
    assert planner.get(unknown).status_code == 404


def test_a_draft_without_a_unit_is_counted_too(call: Call, planner: Client) -> None:
    author = make_user()
    unit = make_organisation(administrator=author)
    vars(author).pop("confirmed_memberships", None)
    draft = make_draft(call, author=author, organisation=unit)
    Suggestion.objects.filter(pk=draft.pk).update(organisation=None)
    page = planner.get(f"{UNFINISHED}?call={call.code}&district=none")
    assert "还没有选单位" in words_of(page)
