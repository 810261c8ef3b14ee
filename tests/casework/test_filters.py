"""The words of the lists' addresses: each leaves its rows, and nonsense leaves all."""

from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict

from tests.factories import load_notice, make_staff
from tests.pages import client_of, words_of
from tests.snapshots import put_back
from tests.suggestions.factories import CITY, in_the_window, make_submitted
from tests.suggestions.scenes import (
    Bureau,
    bureau_of,
    load_notice_and_bureau,
    make_bureau,
    names_of,
)
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.kernel.clock import database_now
from xinghai.kernel.processes import RECEIVED, Phase
from xinghai.submissions.filters import ListContext
from xinghai.suggestions.desk import DESK
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(request: pytest.FixtureRequest, db: None) -> Bureau:
    """The bureau's people; a test of `rows` gets them with the rows."""
    if "rows" in request.fixturenames:
        return bureau_of(put_back("filtered", make_rows) or make_rows())
    return load_notice_and_bureau()


@pytest.fixture
def call(bureau: Bureau) -> Call:
    return Call.objects.get(code="2024")


@pytest.fixture
def rows(bureau: Bureau) -> dict[str, Suggestion]:
    """Three of 高新处 that differ in every way a list can be narrowed by, and one of another."""
    return {name: Suggestion.objects.get(title=title) for name, (title, _domain) in ROWS.items()}


ROWS = {
    "fresh": ("刚刚收到的一条", "ai"),
    "week": ("等了十天的一条", "ai"),
    "weeks": ("等了二十天的一条", "ai"),
    "elsewhere": ("别处受理的一条", "energy"),
}


def make_rows() -> str:
    call, bureau = load_notice("2024"), make_bureau()
    with in_the_window():
        found = {
            name: make_submitted(call, domain=domain, title=title)
            for name, (title, domain) in ROWS.items()
        }
    now = database_now()
    for name, days in (("fresh", 0), ("week", 10), ("weeks", 20), ("elsewhere", 1)):
        arrived = datetime(2024, 2, 1 + days, 23, 59, tzinfo=CITY)
        _set(found[name], state_since=now - timedelta(days=days), submitted_at=arrived)
    _set(found["week"], handler=bureau.officer)
    _set(found["weeks"], handler=bureau.other_officer, due_on=date(2024, 1, 1))
    Organisation.objects.filter(pk=found["week"].organisation_id).update(district="jinpu")
    return names_of(bureau)


def _set(suggestion: Suggestion, **facts: object) -> None:
    Suggestion.objects.filter(pk=suggestion.pk).update(**facts)


EVERYTHING = {"fresh", "week", "weeks", "elsewhere"}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ({"state": "submitted"}, EVERYTHING),
        ({"state": "pooled"}, set()),
        ({"state": "draft"}, EVERYTHING),
        ({"office": "gaoxin"}, {"fresh", "week", "weeks"}),
        ({"office": "none"}, set()),
        ({"domain": "none"}, set()),
        ({"district": "jinpu"}, {"week"}),
        ({"district": "atlantis"}, EVERYTHING),
        ({"handler": "me"}, {"week"}),
        ({"handler": "none"}, {"fresh", "elsewhere"}),
        ({"handler": "gone"}, {"weeks"}),
        ({"handler": "nobody-we-know"}, EVERYTHING),
        ({"age": "7"}, {"week", "weeks"}),
        ({"age": "14"}, {"weeks"}),
        ({"age": "9"}, EVERYTHING),
        ({"overdue": "1"}, {"weeks"}),
        ({"from": "2024-02-11"}, {"week", "weeks"}),
        ({"to": "2024-02-02"}, {"fresh", "elsewhere"}),
        ({"from": "2024-02-11", "to": "2024-02-11"}, {"week"}),
        ({"from": "9999-12-31", "to": "yesterday"}, EVERYTHING),
        ({"office": "' OR 1=1", "call": "\x00"}, EVERYTHING),
        ({"q": "二十天", "age": "7", "office": "gaoxin"}, {"weeks"}),
    ],
)
def test_each_word_leaves_its_rows(
    rows: dict[str, Suggestion], bureau: Bureau, words: dict[str, str], left: set[str]
) -> None:
    found = rows_of({"tab": "all", **words}, bureau.officer)
    assert {name for name, one in rows.items() if one.pk in {row.pk for row in found}} == left


def rows_of(words: dict[str, str], reader: User) -> list[Suggestion]:
    context = ListContext(reader=reader, now=database_now(), rows=Suggestion.objects.all())
    return list(DESK.filter_set.read(words).narrow(context))


def test_an_office_is_named_by_its_code_or_its_number(
    rows: dict[str, Suggestion], bureau: Bureau
) -> None:
    office = bureau.officer.office
    assert office is not None
    for word in (office.code, str(office.pk)):
        found = rows_of({"tab": "all", "office": word}, bureau.officer)
        assert {row.office_id for row in found} == {office.pk}


def test_a_state_alone_is_looked_for_in_every_tab() -> None:
    assert DESK.filter_set.read({"state": "pooled"}).tab == "all"
    assert DESK.filter_set.read({"state": "pooled", "tab": "todo"}).tab == "todo"


def test_equal_criteria_have_one_address_whatever_the_order_of_the_words() -> None:
    words = {"to": "2024-02-11", "q": "演示", "state": "submitted", "call": "2024-1", "tab": "all"}
    one, other = (
        DESK.filter_set.read(dict(pairs)) for pairs in (words.items(), [*words.items()][::-1])
    )
    assert one.address == other.address
    assert one.address.startswith("tab=all&call=2024-1&q=")
    assert DESK.filter_set.read(QueryDict(one.address)) == one


def test_dropping_the_call_drops_its_types_and_domains_too() -> None:
    words = {"tab": "all", "call": "2024-1", "category": "3", "domain": "none", "age": "7"}
    assert DESK.filter_set.read(words).without("call").words == {"age": "7"}


def test_every_state_of_the_bureau_stands_in_exactly_one_tab_or_is_on_its_way_back() -> None:
    held = [state for tab in DESK.filter_set.tabs for state in tab.states_of(SUGGESTIONS)]
    elsewhere = set(SUGGESTIONS.states(*RECEIVED)) - set(held)
    assert len(held) == len(set(held))
    assert elsewhere == {*SUGGESTIONS.states(Phase.UNROUTED, Phase.ENDORSING_CORRECTION)}


def test_the_lists_read_the_words_and_say_which_are_in_use(
    rows: dict[str, Suggestion], bureau: Bureau
) -> None:
    page = client_of(bureau.leader).get(
        "/office/suggestions/all/?office=gaoxin&age=14&from=2024-02-01"
    )
    words = words_of(page)
    assert rows["weeks"].title in words
    assert rows["week"].title not in words
    assert "处室：高新处" in words
    assert "等候：等候超过 14 天" in words


def test_an_office_cannot_look_into_another(rows: dict[str, Suggestion], bureau: Bureau) -> None:
    other = rows["elsewhere"]
    words = words_of(
        client_of(bureau.officer).get(f"/office/suggestions/?tab=all&office={other.office_id}")
    )
    assert other.title not in words
    assert rows["fresh"].title in words
    head = client_of(make_staff(Role.OFFICE_HEAD, office=bureau.officer.office))
    assert other.title not in words_of(
        head.get(f"/office/suggestions/all/?office={other.office_id}")
    )
