"""Decisions are declared once: buttons, keys, the bulk bar and what may be done follow from it."""

import re
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.pages import client_of, html_of
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.calls.models import Call
from xinghai.casework.decisions import STANDARD_DECISIONS, Decision, HandOver, TakeUp
from xinghai.casework.worklists import KeptOutcome, Worklist, worklist_of
from xinghai.submissions.filters import Tab
from xinghai.suggestions.desk import DESK
from xinghai.suggestions.process import SUGGESTIONS

UNTOUCHED = {"take-up", "accept", "return", "decline", "merge", "hand-over", "reclassify"}
OPEN_IN = {
    "submitted": UNTOUCHED,
    "with_office": UNTOUCHED - {"take-up"},
    "returned_by_office": set(),
    "pooled": {"merge", "carry-over"},
    "declined": set(),
    "merged": set(),
    "carried_over": set(),
}
PRIMARY = re.compile(r'class="btn btn-primary"(?: data-key="(\w)")')


class Award(Decision):
    """Names an edge no suggestion has."""

    action, edges = "award", ("award",)


class TakeUpAgain(TakeUp):
    action = "take-up-again"


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        ({"decisions": (*STANDARD_DECISIONS, Award)}, r"unknown edges: \['award'\]"),
        ({"decisions": (TakeUp, TakeUpAgain)}, r"keys that stand twice: \['t'\]"),
        ({"decisions": (HandOver, HandOver)}, r"actions that stand twice: \['hand-over'\]"),
        ({"own_tabs": (Tab("won", "won", states=("won",)),)}, r"unknown states: \['won'\]"),
        ({"kept": KeptOutcome(("won",), "won", "{kept}")}, r"unknown states: \['won'\]"),
    ],
)
def test_a_faulty_worklist_is_refused_where_it_is_declared(
    declared: dict[str, object], fault: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"test_decisions\.py:\d+: .*{fault}"):
        Worklist(process=SUGGESTIONS, **declared)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("state", OPEN_IN)
def test_what_an_officer_may_do_follows_the_state(state: str, call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in(state, call, bureau)
    offered = {
        one.action
        for one in DESK.decision_by_action.values()
        if one.has_button and one.is_open(suggestion, bureau.officer)
    }
    assert offered == OPEN_IN[state]
    page = html_of(client_of(bureau.officer).get(_record(suggestion.pk)))
    assert {
        action
        for action in DESK.decision_by_action
        if SUGGESTIONS.address("office-decide", suggestion.pk, action) in page
    } - {"give"} == OPEN_IN[state]


@pytest.mark.django_db
def test_who_only_reads_is_offered_nothing(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    page = html_of(client_of(bureau.leader).get(_record(suggestion.pk)))
    assert "data-key=" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "keys"), [("submitted", ["t"]), ("with_office", ["a"])])
def test_the_step_that_is_next_stands_out(
    state: str, keys: list[str], call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in(state, call, bureau)
    page = html_of(client_of(bureau.officer).get(_record(suggestion.pk)))
    assert PRIMARY.findall(page) == keys


@pytest.mark.django_db
def test_the_keys_and_the_bulk_bar_are_those_of_the_decisions(call: Call, bureau: Bureau) -> None:
    suggestion_in("submitted", call, bureau)
    page = html_of(client_of(bureau.officer).get(SUGGESTIONS.address("office-inbox")))
    dialog = page.partition('id="keys"')[2].partition("</dialog>")[0]
    assert set("tardmh") <= set(re.findall(r"<kbd>(\w)</kbd>", dialog))
    bulk = page.partition('id="bulk-action"')[2].partition("</select>")[0]
    options = re.findall(r'value="([-\w]+)">([^<]+)<', bulk)
    assert options == [
        ("take-up", "受理"),
        ("accept", "采纳入库"),
        ("return", "退回修改"),
        ("decline", "不采纳"),
        ("hand-over", "移交其他处室"),
        ("give", "交给同事"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["assign", "award"])
def test_what_has_no_page_of_its_own_is_not_found(action: str, call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    address = SUGGESTIONS.address("office-decide", suggestion.pk, action)
    assert client_of(bureau.officer).get(address).status_code == 404


def _record(pk: int) -> str:
    return SUGGESTIONS.address("office-record", pk)


@pytest.mark.django_db
def test_a_decision_about_one_record_is_about_no_other(call: Call, bureau: Bureau) -> None:
    one, other = (suggestion_in("submitted", call, bureau) for _one in range(2))
    plain = TakeUp(SUGGESTIONS)
    assert not plain.accepts_target(one, other)
    assert plain.target_label(one, other) == str(plain.label)


def test_a_process_that_names_no_worklist_has_none() -> None:
    with pytest.raises(ImproperlyConfigured, match="names no worklist"):
        worklist_of(replace(SUGGESTIONS, worklist=""))
