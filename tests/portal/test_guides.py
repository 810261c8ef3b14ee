"""The guides: each page leads to the part that explains it, and every picture is there."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.factories import make_staff, make_user
from tests.pages import client_of, html_of, words_of
from xinghai.accounts.kinds import Role
from xinghai.portal.guides import (
    AUDIENCES,
    EXPLAINED,
    EXPLAINED_OF_PROCESSES,
    GUIDES,
    PLACE,
    read_guide,
)
from xinghai.submissions.process import every_process

pytestmark = pytest.mark.django_db
PICTURES = Path(__file__).resolve().parents[2] / "src/xinghai/static/guide"


def names_of_addresses() -> set[str]:
    found = set()
    for namespace in ("", "portal", "accounts", "submissions", "suggestions", "casework", "calls"):
        resolver = get_resolver()
        if namespace:
            resolver = resolver.namespace_dict[namespace][1]
        names = {name for name in resolver.reverse_dict if isinstance(name, str)}
        found |= {f"{namespace}:{name}" if namespace else name for name in names}
    return found


def test_every_explained_page_exists_and_leads_to_a_part_that_exists() -> None:
    pages = {
        f"{process.room}:{name}": guide
        for process in every_process()
        for name, guide in EXPLAINED_OF_PROCESSES.items()
    } | EXPLAINED
    assert set(pages) - names_of_addresses() == set()
    for target in [*pages.values(), *(guide for _prefix, guide in AUDIENCES)]:
        name, _hash, anchor = target.partition("#")
        known = {section.anchor for section in read_guide(name).sections}
        assert not anchor or anchor in known, target


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_complete(name: str) -> None:
    text = (PLACE / f"{name}.md").read_text()
    guide = read_guide(name)
    assert all(section.anchor for section in guide.sections), "every part has an address"
    pictures = re.findall(r"!\[(.*?)\]\(\.\./\.\./static/guide/(.+?)\.webp\)", text)
    assert pictures
    for words, picture in pictures:
        assert words, "a picture says what it shows"
        assert (PICTURES / f"{picture}.webp").exists(), picture
        assert f'alt="{words}"' in guide.body
        assert re.search(rf'{picture}[^"]*\.webp" alt="[^"]*" width="\d+" height="\d+"', guide.body)
    page = html_of(Client().get(f"/help/{name}/"))
    assert guide.title in page
    assert guide.lead in page


def test_the_front_page_of_the_help_lists_every_guide_and_part() -> None:
    page = words_of(Client().get("/help/"))
    for name in GUIDES:
        assert read_guide(name).title in page
        assert all(section.title in page for section in read_guide(name).sections)


def test_an_unknown_guide_is_not_found() -> None:
    assert Client().get("/help/../secrets/").status_code == 404
    assert Client().get("/help/nothing/").status_code == 404


def test_each_page_links_to_its_own_explanation() -> None:
    applicant, planner = client_of(make_user()), client_of(make_staff(Role.PLANNER))
    for client, address, target in (
        (Client(), "/", "/help/applicant/#begin"),
        (applicant, "/my/", "/help/applicant/#home"),
        (applicant, "/my/notices/", "/help/applicant/#messages"),
        (applicant, "/my/profile/", "/help/applicant/"),
        (planner, "/office/suggestions/triage/", "/help/planning/#triage"),
        (planner, "/office/suggestions/overview/", "/help/planning/#overview"),
    ):
        assert f'href="{target}"' in html_of(client.get(address)), address


def test_the_help_of_the_help_is_its_front_page() -> None:
    assert 'href="/help/"' in html_of(Client().get("/help/applicant/"))
    with pytest.raises(NoReverseMatch):
        reverse("portal:guide", args=["no such guide"])
