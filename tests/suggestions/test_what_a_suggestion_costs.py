"""How often a whole suggestion asks the database: counted, because statements are what it costs.

`./xinghai bench journey` prints the same steps with their times.
"""

import pytest

from bench.journey import Journey, Step
from tests.factories import load_notice, make_office, make_organisation, make_staff, make_user
from xinghai.accounts.kinds import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def journey() -> Journey:
    load_notice("2024")
    make_staff(Role.OFFICER, office=make_office())
    return Journey(1, make_staff(Role.PLANNER))


def statements(steps: list[Step]) -> tuple[int, int]:
    posts = [one.sql for one in steps if one.method == "POST"]
    return sum(posts), sum(one.sql for one in steps)


def test_a_newcomer_asks_forty_times_in_posts_and_fifty_eight_with_pages(journey: Journey) -> None:
    list(journey.steps())  # what a process remembers is read once
    steps = list(Journey(2, journey.planner).steps())
    posts, all_of_them = statements(steps)
    assert [one.name for one in steps if one.method == "POST"] == [
        "sign up",
        "register a unit",
        "begin",
        "fill and save",
        "submit",
    ]
    assert posts <= 40
    assert all_of_them <= 58


def test_a_known_person_asks_27_times_in_posts_and_51_with_pages(
    journey: Journey,
) -> None:
    known = make_user()
    make_organisation(administrator=known)
    list(journey.again(known))
    posts, all_of_them = statements(list(Journey(2, journey.planner).again(known)))
    assert posts <= 27
    assert all_of_them <= 51
