"""The bureau's first page: what waits for one person, over all processes."""

import pytest
from django.urls import reverse

from tests.factories import make_staff, make_user
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.casework.selectors import open_counts, waiting_for
from xinghai.casework.services.colleagues import give_to
from xinghai.casework.views import home
from xinghai.submissions import process
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db
HOME = "/office/"


def waiting_titles(user: User) -> list[str]:
    return [one.submission.title for one in waiting_for(user, [SUGGESTIONS], most=50)]


@pytest.fixture
def three(call: Call, bureau: Bureau) -> list[Suggestion]:
    """One nobody handles, one of a colleague, one of the officer's own."""
    made = [suggestion_in("with_office", call, bureau) for _one in range(3)]
    colleague = make_staff(Role.OFFICER, office=bureau.officer.office)
    give_to(made[1], colleague, by=bureau.officer)
    give_to(made[2], bureau.officer, by=bureau.officer)
    return made


def test_an_officers_own_come_first_then_what_nobody_handles(
    three: list[Suggestion], bureau: Bureau
) -> None:
    assert waiting_titles(bureau.officer) == [three[2].title, three[0].title]
    page = html_of(client_of(bureau.officer).get(HOME))
    assert SUGGESTIONS.address("office-record", three[2].pk) in page
    assert three[1].title not in page


def test_what_a_colleague_left_behind_waits_for_everybody(
    three: list[Suggestion], bureau: Bureau
) -> None:
    User.objects.filter(pk=three[1].handler_id).update(is_active=False)
    assert set(waiting_titles(bureau.officer)) == {one.title for one in three}


def test_another_office_sees_none_of_it(three: list[Suggestion], bureau: Bureau) -> None:
    assert waiting_titles(bureau.other_officer) == []
    assert "没有等您办理的" in words_of(client_of(bureau.other_officer).get(HOME))


def test_planning_sees_what_no_rule_routes(call: Call, bureau: Bureau) -> None:
    unrouted = suggestion_in("triage", call, bureau)
    assert waiting_titles(bureau.planner) == [unrouted.title]


def test_who_decides_nothing_is_led_to_the_own_first_page(call: Call, bureau: Bureau) -> None:
    for person in (bureau.leader, make_staff(Role.SYSTEM_ADMIN), make_staff(Role.AUDIT_ADMIN)):
        client = client_of(person)
        assert client.get(HOME).headers["Location"] == reverse("accounts:desk")
        assert client.get(HOME, follow=True).status_code == 200
        assert "我的办理" not in words_of(client.get(HOME, follow=True))


def test_a_long_list_is_cut_and_says_so(
    three: list[Suggestion], bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "MOST_SHOWN", 1)
    words = words_of(client_of(bureau.officer).get(HOME))
    assert three[2].title in words
    assert three[0].title not in words
    assert "这里只列出前 1 条" in words


def test_it_costs_the_same_with_one_row_and_with_three(call: Call, bureau: Bureau) -> None:
    client = client_of(bureau.officer)
    suggestion_in("with_office", call, bureau)
    once = queries_of(client, HOME)
    for _one in range(2):
        suggestion_in("with_office", call, bureau)
    assert queries_of(client, HOME) == once


def test_an_applicant_is_not_let_in() -> None:
    assert client_of(make_user()).get(HOME).status_code == 403
    assert client_of(None).get(HOME).status_code == 302


def test_a_platform_without_processes_has_nothing_waiting(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_processes", {})
    assert waiting_for(bureau.officer, [], most=5) == []
    assert open_counts(bureau.officer) == {}
