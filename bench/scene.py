"""The people and suggestions the benchmarks meet: made through the services, like anybody's."""

from dataclasses import dataclass

from django.test import Client

from tests.factories import load_notice, make_organisation, make_staff, make_user
from tests.suggestions.factories import hand_in, make_draft
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Office, Organisation, User
from xinghai.calls.models import Call
from xinghai.suggestions.models import Suggestion

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Scene:
    """Both notices, an office with two people, planning, an enterprise, a university."""

    call: Call
    officer: User
    planner: User
    author: User
    company: Organisation
    researcher: User
    research_office: User
    university: Organisation
    suggestion: Suggestion  # handed in, with the officer's office
    odd_suggestion: Suggestion  # handed in, no rule: in triage
    unit_suggestion: Suggestion  # waits for the university's research office


def make_scene() -> Scene:
    """Tell it once on an empty database; nothing here is measured."""
    load_notice("2022-1")
    call = load_notice("2024")
    office = Office.objects.get(code="gaoxin")
    author, researcher, research_office = (make_user() for _ in range(3))
    company = make_organisation(administrator=author)
    university = make_organisation("university", administrator=research_office)
    fresh(author)
    made_by = {"author": author, "organisation": company}
    return Scene(
        call=call,
        officer=make_staff(Role.OFFICER, office=office),
        planner=make_staff(Role.PLANNER),
        author=author,
        company=company,
        researcher=researcher,
        research_office=fresh(research_office),
        university=university,
        suggestion=hand_in(make_draft(call, "ZDYF", domain="ai", **made_by)),
        odd_suggestion=hand_in(make_draft(call, "ZDYF", domain="popularisation", **made_by)),
        unit_suggestion=_unit_suggestion(call, research_office, university),
    )


def _unit_suggestion(call: Call, author: User, university: Organisation) -> Suggestion:
    return hand_in(make_draft(call, "CXJJ-HM", domain="ai", author=author, organisation=university))


def fresh(user: User) -> User:
    """Forget what this object remembers of its memberships."""
    vars(user).pop("confirmed_memberships", None)
    return user


def signed_in(user: User) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "zh-hans"})
    client.force_login(user, backend=BACKEND)
    return client
