"""Every list costs the same number of statements with one row and with three.

The lists are read from the mounted addresses: every one without a record in it is a list, and a
new one that nobody put into `READERS` fails the first test.
"""

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, get_resolver

from tests.pages import client_of, queries_of
from tests.submissions.contract.world import World
from xinghai.accounts.models import User
from xinghai.submissions.models import Batch

pytestmark = pytest.mark.django_db

# Who reads the list, and how a row of it is made.
Row = Callable[[World], object]
READERS: dict[str, tuple[str, Row]] = {
    "list": ("author", World.draft),
    "unit-list": ("science", World.at_unit),
    "unit-schools": ("science", World.at_unit),
    "unit-reminders": ("science", lambda world: world.draft(author=world.member())),
    "unit-batches": ("science", lambda world: world.endorse(world.at_unit())),
    "recommending": ("recommender", World.at_recommender),
    "office-inbox": ("officer", World.arrived),
    "office-all": ("planner", World.arrived),
    "office-overview": ("planner", World.arrived),
    "office-unfinished": ("planner", World.draft),
    "office-triage": ("planner", lambda world: world.arrived(domain=world.case.unrouted)),
    "office-load": ("head", World.arrived),
    "office-views": ("head", World.arrived),
}
ASKED = {
    "office-overview": "?call={code}",
    "office-unfinished": "?call={code}",
}
# Posts only, files, and pages of one process's own that its own tests count.
NO_LISTS = {
    "unit-hand-in",
    "unit-remind",
    "office-decide-many",
    "office-rows-file",
    "office-unfinished-file",
}
FIRST_PAGES = {"/my/": "author", "/unit/": "science", "/office/": "officer", "/my/parts/": "author"}


def names_of(room: str) -> Iterator[str]:
    """Names of the addresses of a process that ask for nothing."""
    for prefix in (f"my/{room}/", f"unit/{room}/", f"office/{room}/"):
        for route, pattern in _patterns(get_resolver().url_patterns, ""):
            if route.startswith(prefix) and "<" not in route and pattern.name:
                yield pattern.name


def _patterns(patterns: list[object], before: str) -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        route = before + str(one.pattern)  # type: ignore[attr-defined]
        if isinstance(one, URLPattern):
            yield route, one
        else:
            yield from _patterns(one.url_patterns, route)  # type: ignore[attr-defined]


def own_names(world: World) -> set[str]:
    """Names the process mounted itself."""
    from_room = {one for one in names_of(world.process.room) if one.startswith("office-groups")}
    return from_room if world.process.office_urls else set()


def test_no_list_is_forgotten(world: World) -> None:
    found = set(names_of(world.process.room)) - NO_LISTS - own_names(world)
    wanted = set(READERS) - (set() if world.has_recommender else {"recommending"})
    assert found == wanted


def test_a_list_costs_the_same_with_one_row_and_with_three(world: World) -> None:
    addresses = {
        name: world.process.address(name) + ASKED.get(name, "").format(code=world.call.code)
        for name in READERS
        if name != "recommending" or world.has_recommender
    }

    def make_rows() -> None:
        for name in addresses:
            READERS[name][1](world)

    def counts() -> dict[str, int]:
        readers = {name: _fresh(getattr(world, READERS[name][0])) for name in addresses}
        return {name: queries_of(client_of(readers[name]), at) for name, at in addresses.items()}

    make_rows()
    few = counts()
    make_rows()
    make_rows()
    assert counts() == few


def test_a_first_page_costs_the_same_with_one_row_and_with_three(world: World) -> None:
    def counts() -> dict[str, int]:
        readers = {at: _fresh(getattr(world, name)) for at, name in FIRST_PAGES.items()}
        return {at: queries_of(client_of(reader), at) for at, reader in readers.items()}

    _one_of_each(world)
    few = counts()
    _one_of_each(world)
    _one_of_each(world)
    assert counts() == few


def test_a_batch_costs_the_same_with_one_row_and_with_three(world: World) -> None:
    client = client_of(_fresh(world.science))
    counts = []
    for size in (1, 3):
        batch: Batch = world.endorse(*[world.at_unit() for _one in range(size)])
        counts.append(queries_of(client, world.process.address("unit-batch", batch.pk)))
    assert counts[0] == counts[1]


def _one_of_each(world: World) -> None:
    world.draft()
    world.at_unit()
    world.arrived()


def _fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)
