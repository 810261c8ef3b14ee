"""Every mounted address, asked by people who have nothing to do with the record: 403 or 404."""

from typing import Any

import pytest
import rules

from tests.factories import LONG_AGO, make_organisation, make_user
from tests.pages import client_of
from tests.submissions.contract.addresses import mounted_of, scene_of
from tests.submissions.contract.world import DUE, World
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Appointment, User
from xinghai.casework.models import SavedView
from xinghai.casework.services import deciding
from xinghai.submissions.models import Submission

pytestmark = pytest.mark.django_db


def outsiders(world: World) -> dict[str, User]:
    """People of each kind who have nothing to do with the record."""
    elsewhere = make_user(name="演示别处科研处")
    make_organisation("university", administrator=elsewhere)
    return {
        "newcomer": world.stranger,
        "colleague of the author": world.member(),
        "research office elsewhere": User.objects.get(pk=elsewhere.pk),
        "officer elsewhere": world.officer_elsewhere,
    }


def standing(record: Submission) -> tuple[Any, ...]:
    columns = ("state", "version", "number", "office", "handler", "title", "due_on")
    row = type(record).objects.values_list(*columns).get(pk=record.pk)
    return (*row, record.remarks.count(), SavedView.objects.count())


def test_nobody_is_led_to_sign_in(world: World) -> None:
    scene = scene_of(world)
    wrong = [
        f"{page.route}: {answer.status_code}"
        for page in mounted_of(world)
        if (answer := client_of(None).generic(page.method, scene.path(page))).status_code != 302
        or "/account/login/" not in answer["Location"]
    ]
    assert wrong == []


def test_who_has_nothing_to_do_with_it_is_refused_everywhere(world: World) -> None:
    scene = scene_of(world)
    before, wrong = standing(scene.record), []
    for role, person in outsiders(world).items():
        client = client_of(person)
        for page in mounted_of(world):
            may_enter = rules.has_perm(page.permission, person)
            if may_enter and not {"pk"} & set(page.parameters):
                continue  # a list of their own, without rows of others
            status = client.generic(page.method, scene.path(page)).status_code
            if status != (404 if may_enter else 403):
                wrong.append(f"{role} {page.route}: {status}")
    assert wrong == []
    assert standing(scene.record) == before


def test_an_author_enters_nothing_of_the_bureau_and_an_officer_nothing_of_authors(
    world: World,
) -> None:
    scene, wrong = scene_of(world), []
    for person, places in ((world.author, ("unit/", "office/")), (world.officer, ("my/", "unit/"))):
        client = client_of(person)
        for page in mounted_of(world):
            if page.route.startswith(places):
                status = client.generic(page.method, scene.path(page)).status_code
                # Files are for whoever may read the record: another one is not there.
                if status != (404 if rules.has_perm(page.permission, person) else 403):
                    wrong.append(f"{person.name} {page.route}: {status}")
    assert wrong == []


def test_the_search_would_see_an_open_door(world: World) -> None:
    """The leak: the same addresses do open for the author."""
    scene = scene_of(world)
    client = client_of(world.author)
    opened = {
        page.route.removeprefix(f"my/{world.process.room}/")
        for page in mounted_of(world)
        if page.route.startswith("my/")
        and client.generic(page.method, scene.path(page)).status_code == 200
    }
    assert {"<int:pk>/", "<int:pk>/preview/", "<int:pk>/print/"} <= opened


def test_whoever_wrote_it_does_not_judge_it_after_joining_the_office(world: World) -> None:
    arrived = world.arrived()
    writer = User.objects.get(pk=world.author.pk)
    Appointment.objects.create(
        user=writer, role=Role.OFFICER, office=world.officer.office, begins_at=LONG_AGO
    )
    judge = User.objects.get(pk=writer.pk)
    assert not rules.has_perm(world.process.permission("process"), judge, arrived)
    with pytest.raises(Exception, match="权限"):
        deciding.return_for_correction(arrived, deciding.Return("x", DUE), by=judge)
