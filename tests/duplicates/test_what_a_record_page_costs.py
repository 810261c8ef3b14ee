"""How often the office's page of a record asks the database, with what is like it beside it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import client_of, html_of
from tests.suggestions.factories import in_the_window, make_submitted
from tests.suggestions.scenes import Bureau
from xinghai.calls.models import Call
from xinghai.submissions import indexing
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

TITLE = "大型船用曲轴残余应力在线检测"
OF_LIKENESS = ("corpus_", "duplicates_")
MOST, MOST_OF_LIKENESS = 23, 10


def hand_in_alike(call: Call, count: int) -> Suggestion:
    with in_the_window():
        made = [make_submitted(call, domain="ai", title=f"{TITLE}{n}") for n in range(count)]
    indexing.keep_everything()
    return made[0]


def statements_of(record: Suggestion, bureau: Bureau, *, alike: int) -> list[str]:
    client, address = client_of(bureau.officer), f"/office/suggestions/{record.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = html_of(client.get(address))
    assert page.count(f"{address}like/") == alike
    return [one["sql"] for one in captured.captured_queries]


def test_a_record_with_one_like_it_asks_as_often_as_with_three(call: Call, bureau: Bureau) -> None:
    record = hand_in_alike(call, 2)
    few = statements_of(record, bureau, alike=1)
    hand_in_alike(call, 2)
    assert len(statements_of(record, bureau, alike=3)) == len(few)
    of_likeness = [one for one in few if any(table in one for table in OF_LIKENESS)]
    assert len(few) <= MOST
    assert 0 < len(of_likeness) <= MOST_OF_LIKENESS
