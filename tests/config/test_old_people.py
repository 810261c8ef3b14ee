"""People and units of a database of before: roles, titles, names and schools are rows."""

import psycopg
import pytest

from tests.fixtures.former_database import rows
from tests.fixtures.old_database import OldDatabase

# The worker's own database is made first: nobody may be connected to what it is copied from.
pytestmark = pytest.mark.usefixtures("django_db_setup")


def test_each_district_in_use_has_its_row_with_its_name(
    old_database: OldDatabase, server: psycopg.Connection
) -> None:
    known = {row["code"]: row["name"] for row in rows(server, "accounts_district")}
    used = {row["district"] for row in old_database.rows["accounts_organisation"]}
    assert (used <= known.keys(), known["high_tech"]) == (True, "高新园区")


def test_each_role_is_an_appointment_since_before_the_first_deed(
    old_database: OldDatabase, server: psycopg.Connection
) -> None:
    roles = {
        (row["id"], role, row["office_id"])
        for row in old_database.rows["accounts_user"]
        for role in row["roles"]
    }
    held = rows(server, "accounts_appointment")
    assert {(row["user_id"], row["role"], row["office_id"]) for row in held} == roles
    assert {row["ends_at"] for row in held} == {None}
    first = {}
    for event in old_database.rows["kernel_event"]:
        first[event["actor_id"]] = min(event["at"], first.get(event["actor_id"], event["at"]))
    assert all(row["begins_at"] <= first.get(row["user_id"], row["begins_at"]) for row in held)


def test_each_tag_is_a_qualification_and_each_verified_name_a_version(
    old_database: OldDatabase, server: psycopg.Connection
) -> None:
    units = old_database.rows["accounts_organisation"]
    tags = {(row["id"], tag) for row in units for tag in row["tags"]}
    held = rows(server, "accounts_qualification")
    assert {(row["organisation_id"], row["kind"]) for row in held} == tags
    names = {(row["id"], row["name"]) for row in units if row["state"] == "verified"}
    versions = rows(server, "accounts_organisationversion")
    assert {(row["organisation_id"], row["name"]) for row in versions} == names


def test_each_school_somebody_named_is_a_row_of_the_unit(
    old_database: OldDatabase, server: psycopg.Connection
) -> None:
    named = {
        (row["id"], row["department"])
        for row in old_database.rows["accounts_membership"]
        if row["department"]
    }
    schools = {row["id"]: row for row in rows(server, "accounts_department")}
    stored = {
        row["id"]: schools[row["department_id"]]
        for row in rows(server, "accounts_membership")
        if row["department_id"]
    }
    assert named
    assert {(pk, school["name"]) for pk, school in stored.items()} == named
    units = {row["id"]: row["organisation_id"] for row in old_database.rows["accounts_membership"]}
    assert all(school["organisation_id"] == units[pk] for pk, school in stored.items())
