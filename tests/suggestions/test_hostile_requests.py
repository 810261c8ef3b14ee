"""What no page of ours sends: it may be refused or cleaned, it never breaks the platform."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.factories import make_staff
from tests.pages import client_of
from tests.suggestions.factories import administrator_of, again, in_the_window
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.accounts.kinds import Role
from xinghai.calls.models import Call
from xinghai.casework.services.deciding import hand_over, take_up
from xinghai.kernel.events import history
from xinghai.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
SEARCHES = {
    "author": ["/my/suggestions/", "/my/unit/", "/my/suggestions/start/2024/", "/orgs/search/"],
    "unit": ["/unit/", "/unit/people/", "/unit/suggestions/", "/unit/suggestions/batches/"],
    "officer": ["/office/", "/office/suggestions/all/"],
    "planner": ["/office/organisations/", "/office/suggestions/triage/"],
    "admin": ["/office/staff/"],
    "nobody": ["/", "/verify/", "/calls/2024/", "/account/login/", "/account/signup/"],
}
NAMES = ("q", "state", "tab", "call", "category", "domain", "kind", "district", "role")
MORE = ("unit", "organisation", "number", "digest", "page", "next", "back", "a", "b", "row")


def client_for(role: str, call: Call, bureau: Bureau) -> Client:
    suggestion = suggestion_in("unit_review", call, bureau, kind="university")
    return client_of(
        {
            "author": suggestion.author,
            "unit": administrator_of(suggestion.organisation),
            "officer": bureau.officer,
            "planner": bureau.planner,
            "admin": make_staff(Role.SYSTEM_ADMIN),
            "nobody": None,
        }[role]
    )


@pytest.mark.parametrize("role", SEARCHES)
@pytest.mark.parametrize("value", ["\0x", "²", HUGE, "-1", "'\"<script>{{1}}%s"])
def test_no_word_of_an_address_breaks_a_list(
    call: Call, bureau: Bureau, role: str, value: str
) -> None:
    client = client_for(role, call, bureau)
    with in_the_window():
        for address in SEARCHES[role]:
            found = client.get(address, dict.fromkeys((*NAMES, *MORE), value))
            assert found.status_code in {200, 302, 404}, address
            assert b"<script>{{1}}" not in found.content


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "null",
        "[1, 2]",
        '{"version": Infinity, "answers": {}}',
        '{"version": 1e400, "answers": {}}',
        '{"version": 1, "answers": {"title": NaN}}',
        '{"version": 1, "answers": {"title": [1e999]}}',
        '{"version": 1, "answers": {"title": ' + "[" * 900 + "]" * 900 + "}}",
        '{"version": 1, "answers": {"title": ' + "[" * 13 + "]" * 13 + "}}",
        "[" * 3000 + "]" * 3000,
        '{"version": 1, "answers": ' + "9" * 5000 + "}",
    ],
)
def test_an_unreadable_autosave_is_answered_not_stored(
    call: Call, bureau: Bureau, body: str
) -> None:
    draft = suggestion_in("draft", call, bureau)
    client = client_of(draft.author)
    for address in (f"/my/suggestions/{draft.pk}/save/", "/my/files/"):
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == 400
    assert again(draft).version == draft.version


@pytest.mark.parametrize("value", [None, True, "\0\ud800", [], {}, [[]], {"id": {"x": [1]}}, -0.5])
def test_any_field_takes_any_shape_and_its_pages_still_open(
    call: Call, bureau: Bureau, value: Any
) -> None:
    draft = suggestion_in("draft", call, bureau)
    client = client_of(draft.author)
    answers = {field.id: value for field in draft.form.form.fields("submitter")}
    body = json.dumps({"version": draft.version, "answers": answers})
    address = f"/my/suggestions/{draft.pk}"
    answer = client.post(f"{address}/save/", body, content_type="application/json")
    assert answer.status_code == 200
    for page in ("edit", "preview", "print", "precheck", "history"):
        assert client.get(f"{address}/{page}/").status_code == 200


def test_a_form_where_a_script_speaks_is_answered(call: Call, bureau: Bureau) -> None:
    draft = suggestion_in("draft", call, bureau)
    client = client_of(draft.author)
    for address in (f"/my/suggestions/{draft.pk}/save/", "/my/files/"):
        assert client.post(address, {"version": "1"}).status_code == 400


def test_names_of_controls_without_end_are_no_answers(call: Call, bureau: Bureau) -> None:
    draft = suggestion_in("draft", call, bureau)
    sent = {
        "version": draft.version,
        "__field": ["competitors", "title"],
        f"competitors[{'9' * 5000}][name]": "x",
        "title" + "[x]" * 5000: "x",
    }
    address, kind = f"/my/suggestions/{draft.pk}/edit/", "application/x-www-form-urlencoded"
    answer = client_of(draft.author).post(address, urlencode(sent, doseq=True), content_type=kind)
    assert (answer.status_code, answer["Location"]) == (302, address)


@pytest.mark.parametrize("key", ["k" * 65, "k" * 5000, "漢" * 64, "a\0b"])
def test_a_key_of_any_length_still_acts_once(call: Call, bureau: Bureau, key: str) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    client = client_of(bureau.officer)
    for _click in range(2):
        client.post(f"/office/suggestions/{suggestion.pk}/take-up/", {"key": key})
    assert again(suggestion).state == "with_office"


def test_two_buttons_of_one_page_are_two_decisions_and_each_is_taken_once(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    client = client_of(bureau.officer)
    for action in ("take-up", "take-up", "accept", "accept"):
        client.post(f"/office/suggestions/{suggestion.pk}/{action}/", {"key": "k"})
    assert again(suggestion).state == "pooled"
    verbs = list(history(suggestion).values_list("verb", flat=True))
    assert (verbs.count("take_up"), verbs.count("accept")) == (1, 1)


@pytest.mark.parametrize("chosen", ["²", HUGE, "9" * 5000, "\0", "-1", "x"])
def test_nonsense_among_the_ticked_rows_chooses_nothing(
    call: Call, bureau: Bureau, chosen: str
) -> None:
    suggestion = suggestion_in("unit_review", call, bureau, kind="university")
    office, unit = client_of(bureau.officer), client_of(administrator_of(suggestion.organisation))
    sent = {"chosen": chosen, "action": "take-up", "sure": "1", "back": "//evil.example/office/"}
    assert office.post("/office/suggestions/decide/", sent)["Location"] == "/office/suggestions/"
    assert unit.post("/unit/suggestions/hand-in/", sent)["Location"] == "/unit/suggestions/"
    assert client_of(suggestion.author).post("/my/unit/join/", {"unit": chosen}).status_code == 404


def test_a_page_from_before_a_handover_decides_nothing(call: Call, bureau: Bureau) -> None:
    """The former office's window still holds the suggestion with its own office on it."""
    stale = suggestion_in("submitted", call, bureau)
    other = bureau.other_officer.office
    hand_over(again(stale), other, by=bureau.officer, reason="属另一处室")
    with pytest.raises(NotAllowed):
        take_up(stale, by=bureau.officer)
    assert (again(stale).state, again(stale).office) == ("submitted", other)


def test_nul_in_a_cookie_is_no_session() -> None:
    client = Client(headers={"cookie": 'sessionid="abcdefgh\\000ijkl"'})
    assert client.get("/my/").status_code == 302


def test_a_signed_in_page_stays_in_no_cache(call: Call, bureau: Bureau) -> None:
    draft = suggestion_in("draft", call, bureau)
    answer = client_of(draft.author).get(f"/my/suggestions/{draft.pk}/edit/")
    assert answer["Cache-Control"] == "private, no-store"
    assert not Client().get("/").has_header("Cache-Control")


def test_nul_in_a_reason_or_remark_is_dropped(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    sent = {"reason": "请\0补充", "due_on": "2030-01-01", "on-title": "再\0具体些"}
    client_of(bureau.officer).post(f"/office/suggestions/{suggestion.pk}/return/", sent)
    returned = again(suggestion)
    assert (returned.outcome_reason, returned.state) == ("请补充", "returned_by_office")


@pytest.mark.parametrize("whom", ["\0ab", "a" * 300 + "@example.com", "x" * 100_000])
def test_nobody_impossible_is_invited(call: Call, bureau: Bureau, whom: str) -> None:
    suggestion = suggestion_in("draft", call, bureau)
    sent = {"whom": whom, "side": "partner"}
    answer = client_of(suggestion.author).post(f"/my/suggestions/{suggestion.pk}/partners/", sent)
    assert answer.status_code == 302
    assert not suggestion.partners.exists()
