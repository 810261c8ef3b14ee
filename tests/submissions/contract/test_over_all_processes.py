"""First pages hold all processes in one list; no address of one opens a record of another."""

from collections.abc import Iterator

import pytest

from tests.pages import client_of, html_of, words_of
from tests.submissions.contract.cases import CASES
from tests.submissions.contract.world import IN_THE_WINDOW, World
from xinghai.kernel.clock import travel_to
from xinghai.submissions import indexing
from xinghai.submissions.process import every_process
from xinghai.submissions.selectors import visible_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def worlds(db: None) -> Iterator[list[World]]:
    """One world a process, with the same people and the same university."""
    with travel_to(IN_THE_WINDOW):
        made = [World(case, case.load()) for case in CASES]
        for name in ("science", "unit", "author", "officer", "planner", "recommender"):
            shared = getattr(made[0], name)
            for world in made[1:]:
                vars(world)[name] = shared
        yield made


def test_an_author_sees_the_own_records_of_every_process_on_one_page(worlds: list[World]) -> None:
    made = [one for world in worlds for one in (world.draft(), world.arrived())]
    page = html_of(client_of(worlds[0].author).get("/my/"))
    assert [one.title in page for one in made] == [True] * len(made)


def test_an_author_may_begin_in_every_open_call(worlds: list[World]) -> None:
    page = html_of(client_of(worlds[0].author).get("/my/"))
    for world in worlds:
        assert world.process.address("start", world.call.code) in page


def test_a_research_office_has_a_line_a_process(worlds: list[World]) -> None:
    for world in worlds:
        world.at_unit()
    page = html_of(client_of(worlds[0].science).get("/unit/"))
    for world in worlds:
        assert f'{world.process.address("unit-list")}?tab=waiting">1<' in page


def test_an_officer_has_one_list_that_can_be_narrowed_to_a_process(worlds: list[World]) -> None:
    made = {world.process.key: world.arrived() for world in worlds}
    client = client_of(worlds[0].officer)
    page = html_of(client.get("/office/"))
    assert all(one.title in page for one in made.values())
    for world in worlds:
        link = page.partition(f'<a href="{world.process.address("office-inbox")}">')[2]
        assert '<span class="count">1</span>' in link.partition("</li>")[0]
    for key in made:
        narrowed = html_of(client.get(f"/office/?process={key}"))
        assert {name for name, one in made.items() if one.title in narrowed} == {key}


def test_each_process_has_its_own_part_of_the_navigation(worlds: list[World]) -> None:
    for person, entry in ((worlds[0].officer, "office-inbox"), (worlds[0].planner, "office-all")):
        page = html_of(client_of(person).get("/office/"))
        _check_navigation(page, worlds, entry)


def _check_navigation(page: str, worlds: list[World], entry: str) -> None:
    navigation = page[page.index('<nav class="staff-nav"') : page.index("</nav>")]
    parts = navigation.split('<p class="nav-heading"')
    assert len(parts) == len(worlds) + 1
    for world in worlds:
        (part,) = [one for one in parts if world.process.address(entry) in one]
        assert f">{world.process.noun.many}</p>" in part
    assert "我的办理" in parts[0]


def test_one_search_finds_the_records_of_every_process(worlds: list[World]) -> None:
    made = [world.arrived(title="演示：冷链箱体的检测") for world in worlds]
    hidden = worlds[0].arrived(title="演示：海参酶解")
    indexing.keep_everything()
    client = client_of(worlds[0].officer)
    for address in ("/office/search/", "/office/search/offers/"):
        page = html_of(client.get(f"{address}?q=冷链箱体"))
        assert [one.number in page for one in made] == [True] * len(made), address
        assert hidden.number not in page, address
        nothing = html_of(client_of(worlds[0].officer_elsewhere).get(f"{address}?q=冷链箱体"))
        assert [one.number in nothing for one in made] == [False] * len(made), address


def test_a_search_that_finds_in_one_process_alone_opens_its_list(worlds: list[World]) -> None:
    worlds[0].arrived(title="演示：冷链箱体的检测")
    indexing.keep_everything()
    answer = client_of(worlds[0].officer).get("/office/search/?q=冷链箱体")
    place = worlds[0].process.address("office-all")
    assert answer["Location"].startswith(f"{place}?q=")


def test_planning_sees_what_no_rule_routes_of_every_process(worlds: list[World]) -> None:
    made = [world.arrived(domain=world.case.unrouted) for world in worlds]
    page = html_of(client_of(worlds[0].planner).get("/office/"))
    assert all(one.title in page for one in made)


def test_no_address_of_one_process_opens_a_record_of_another(worlds: list[World]) -> None:
    """One key over all processes, so a wrong address names a record that is there."""
    for world in worlds:
        arrived = world.arrived()
        for other in every_process():
            if other == world.process:
                continue
            for person, names in (
                (world.author, ("record", "edit", "preview", "print", "history", "near")),
                (world.science, ("unit-record", "unit-return")),
                (world.officer, ("office-record",)),
            ):
                for name in names:
                    answer = client_of(person).get(other.address(name, arrived.pk))
                    assert answer.status_code == 404, f"{other.key} {name}"
            answer = client_of(world.officer).post(
                other.address("office-decide", arrived.pk, "take-up"), {"key": "across"}
            )
            assert answer.status_code == 404
        assert world.again(arrived).state == arrived.state


def test_no_list_of_one_process_shows_rows_of_another(worlds: list[World]) -> None:
    made = {world.process.key: world.arrived() for world in worlds}
    lists = (
        (worlds[0].author, "list"),
        (worlds[0].science, "unit-list"),
        (worlds[0].officer, "office-inbox"),
        (worlds[0].planner, "office-all"),
    )
    for process in every_process():
        for person, name in lists:
            page = html_of(client_of(person).get(f"{process.address(name)}?tab=all"))
            shown = {key for key, one in made.items() if one.title in page}
            assert shown == {process.key}, f"{process.key} {name}"


def test_a_batch_of_one_process_stays_out_of_anothers_pages(worlds: list[World]) -> None:
    for world in worlds:
        batch = world.endorse(world.at_unit())
        client = client_of(world.science)
        for other in every_process():
            page = client.get(other.address("unit-batches"))
            assert (batch.number in words_of(page)) == (other == world.process)
            status = client.get(other.address("unit-batch", batch.pk)).status_code
            assert status == (200 if other == world.process else 404)


def test_visible_to_is_of_one_process(worlds: list[World]) -> None:
    made = {world.process.key: world.arrived() for world in worlds}
    for person in (worlds[0].author, worlds[0].science, worlds[0].officer, worlds[0].planner):
        for process in every_process():
            assert [one.pk for one in visible_to(person, process)] == [made[process.key].pk]
