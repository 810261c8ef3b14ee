"""Invented people and organisations of the demonstration, from `cast.toml`."""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from xinghai.accounts.kinds import OrganisationKind, Role
from xinghai.accounts.models import Office, Organisation, User
from xinghai.accounts.services import (
    OrganisationFacts,
    add_qualification,
    appoint,
    change_organisation,
    decide_membership,
    register_organisation,
    register_person,
    request_membership,
    verify_organisation,
)
from xinghai.config.demonstration.calendar import today
from xinghai.config.demonstration.sign_ins import MAIL, PASSWORD

KNOWN: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cast.toml").read_text())
UNITS, PEOPLE, STAFF = KNOWN["units"], KNOWN["people"], KNOWN["staff"]


@dataclass
class Cast:
    """Everybody who takes part, by the word the tales call them."""

    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)

    def unit_of(self, person: str) -> Organisation:
        return self.units[PEOPLE[person]["unit"]]

    def research_office_of(self, unit: str) -> User:
        return self.people[founder_of(unit)]

    def officer_for(self, office: Office | None) -> User:
        return self.people["planner" if office is None else office.code]


def founder_of(unit: str) -> str:
    """Return who registered the unit and administers it: the first of its people."""
    return next(word for word, one in PEOPLE.items() if one["unit"] == unit)


def gather_staff(cast: Cast) -> None:
    """Appoint the bureau's people; offices exist because a notice was loaded before."""
    for word, one in STAFF.items():
        person = _register(cast, word, one["name"])
        place = Office.objects.get(code=one["office"]) if "office" in one else None
        roles = [Role(role) for role in one["roles"]]
        appoint(person, roles=roles, office=place, begins_at=KNOWN["appointed_at"], by=None)


def gather_applicants(cast: Cast) -> None:
    """Register people and units; all units but one are verified."""
    for number, (word, one) in enumerate(PEOPLE.items()):
        facts = {"mobile": str(13800000001 + number), "landline": "0411-00000000"}
        _register(cast, word, one["name"], job_title=one["job"], **facts)
    for number, (word, one) in enumerate(UNITS.items(), start=1):
        cast.units[word] = _found(cast, word, one, number)
    for word, one in PEOPLE.items():
        if word != founder_of(one["unit"]):
            membership = request_membership(
                cast.units[one["unit"]], by=cast.people[word], department=one.get("school", "")
            )
            decide_membership(membership, "confirm", by=cast.research_office_of(one["unit"]))
    for somebody in cast.people.values():
        vars(somebody).pop("confirmed_memberships", None)


def _found(cast: Cast, word: str, one: dict[str, Any], number: int) -> Organisation:
    """Register a unit and verify it; one has been called otherwise, one holds a certificate."""
    founder, facts = cast.people[founder_of(word)], facts_of(one, number)
    unit = register_organisation(replace(facts, name=one.get("former", facts.name)), by=founder)
    if one.get("unverified"):
        return unit
    verify_organisation(unit, by=cast.people["planner"])
    if "former" in one:
        change_organisation(unit, facts, by=founder)
        verify_organisation(unit, by=cast.people["planner"])
    if "certificate" in one:
        _certify(unit, **one["certificate"], by=founder)
    return unit


def _certify(
    unit: Organisation, *, kind: str, number: str, began: int, years: int, source: str, by: User
) -> None:
    """Write down a title that began so many days ago and holds for so many years."""
    begun = today() - timedelta(days=began)
    last = begun + timedelta(days=365 * years)
    days = {"from_on": begun, "to_on": last}
    add_qualification(unit, kind=kind, number=number, source=source, by=by, **days)


def open_doors() -> None:
    """Give everybody the same password; it is made once, because making one is slow by design."""
    User.objects.update(password=make_password(PASSWORD))


def _register(cast: Cast, word: str, name: str, **facts: str) -> User:
    address = MAIL.format(name=word)
    person = register_person(username=address, password=None, name=name, email=address, **facts)
    cast.people[word] = person
    return person


def facts_of(one: dict[str, Any], number: int) -> OrganisationFacts:
    """Return the facts of a unit with a valid credit code of its kind of registration."""
    is_company = one["kind"] == OrganisationKind.ENTERPRISE
    return OrganisationFacts(
        name=one["name"],
        uscc=demo_code(f"{'91' if is_company else '12'}210200MA7DEM0{number:02d}"),
        kind=OrganisationKind(one["kind"]),
        district=one["district"],
        tags=tuple(one.get("tags", ())),
        profile=one["profile"],
    )


def demo_code(body: str) -> str:
    """Return a valid credit code for a 17-character body; its check digit is computed."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(mark) * pow(3, place, 31) for place, mark in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]
