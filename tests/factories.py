"""People and organisations for tests, made through the services a person would use."""

import io
import itertools
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.core.management import call_command

from tests.snapshots import put_back
from xinghai.accounts.kinds import OrganisationKind, Role
from xinghai.accounts.models import Office, Organisation, User
from xinghai.accounts.services import (
    OrganisationFacts,
    appoint,
    decide_membership,
    register_organisation,
    request_membership,
    verify_organisation,
)
from xinghai.calls.composing import Composition, compose, definition_path
from xinghai.calls.models import Call
from xinghai.calls.services import load_call
from xinghai.corpus.services import fold

# Each worker counts in a million of its own: a snapshot one has made is put back by all.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
FIRST = _WORKER * 1_000_000 + 1
_serial = itertools.count(FIRST)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
PASSWORD = "Xinghai-demo-2024"
# Tests travel to the windows of old notices; the bureau's people were there already.
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def make_uscc(serial: int | None = None) -> str:
    """Return a valid credit code in the city's range."""
    body = f"91210200MA{(serial or next(_serial)):07d}"
    total = sum(_ALPHABET.index(mark) * weight for mark, weight in zip(body, _WEIGHTS, strict=True))
    return body + _ALPHABET[(31 - total % 31) % 31]


def make_user(name: str = "演示甲", **facts: object) -> User:
    """Return a person; no password is set unless one is asked for (hashing is slow)."""
    serial = next(_serial)
    username = str(facts.pop("username", f"person{serial}@example.com"))
    facts.setdefault("email", username)
    facts.setdefault("mobile", f"138{serial:08d}")
    return User.objects.create_user(username=username, name=name, **facts)


def make_office(code: str = "gaoxin", name: str = "高新处") -> Office:
    return Office.objects.get_or_create(code=code, defaults={"name": name, "name_en": code})[0]


def make_staff(*roles: Role, office: Office | None = None) -> User:
    """Return a bureau person with these roles; office roles get an office."""
    user = make_user(name="演示处室人员")
    if office is None and {Role.OFFICER, Role.OFFICE_HEAD} & set(roles):
        office = make_office()
    appoint(user, roles=list(roles), office=office, begins_at=LONG_AGO, by=None)
    return user


def make_organisation(
    kind: str = OrganisationKind.ENTERPRISE,
    *,
    administrator: User | None = None,
    verified: bool = True,
    name: str = "",
    tags: Sequence[str] = (),
) -> Organisation:
    serial = next(_serial)
    organisation = register_organisation(
        OrganisationFacts(
            name=name or f"演示单位{serial}",
            uscc=make_uscc(serial),
            kind=kind,
            district="high_tech",
            tags=tags,
            profile="从事演示用技术研发的演示单位。",
        ),
        by=administrator or make_user(),
    )
    if verified:
        verify_organisation(organisation, by=make_staff(Role.PLANNER))
    return organisation


def join(user: User, organisation: Organisation) -> None:
    """Make the person a confirmed member."""
    membership = request_membership(organisation, by=user)
    administrator = User.objects.get(
        memberships__organisation=organisation, memberships__role="administrator"
    )
    decide_membership(membership, "confirm", by=administrator)
    vars(user).pop("confirmed_memberships", None)


@cache
def composed(path: Path) -> Composition:
    """Read a notice once per worker: loading only reads what was composed."""
    return compose(path)


def load_notice(code: str, *, publish: bool = True) -> Call:
    """Load and publish a shipped notice."""
    return load_definition(definition_path(code), publish=publish)


def load_definition(path: Path, *, publish: bool = True) -> Call:
    """Load a call; most tests begin with one of three, whose rows are copied."""
    made = composed(path)

    def load() -> str:
        return load_call(made, publish=publish).code

    code = put_back(f"{path.stem}_{'issued' if publish else 'draft'}", load) or load()
    return Call.objects.get(code=code)


def load_both_notices() -> Call:
    """Load and publish both shipped notices; return the one of 2024."""

    def load() -> str:
        load_call(composed(definition_path("2022-1")), publish=True)
        return load_call(composed(definition_path("2024")), publish=True).code

    return Call.objects.get(code=put_back("both_issued", load) or load())


def load_demonstration() -> str:
    """Tell the demonstration and return what the command says; within one run it is told once."""

    def tell() -> str:
        words = io.StringIO()
        call_command("load_demo", stdout=words)
        # As the worker does every five minutes: a thousandth of the rows to copy.
        fold()
        return words.getvalue()

    return put_back("demonstration", tell) or tell()
