"""`manage verify_trail`: quiet when everything fits, loud when it does not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import make_organisation
from xinghai.kernel.seals import seal

pytestmark = pytest.mark.django_db


def test_an_untouched_trail_fits() -> None:
    make_organisation()
    seal()
    said = StringIO()
    call_command("verify_trail", stdout=said)
    assert "all seals fit" in said.getvalue()


def test_an_edited_event_is_named() -> None:
    organisation = make_organisation()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE kernel_event SET verb = 'x' WHERE subject_id = %s AND verb = 'verify'",
            [organisation.pk],
        )
    complaints = StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_trail", stderr=complaints)
    assert f"accounts.organisation {organisation.pk}" in complaints.getvalue()


def test_an_event_of_a_record_nobody_knows_is_named() -> None:
    organisation = make_organisation()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE kernel_event SET subject_type = 'accounts.nobody' WHERE subject_id = %s"
            " AND subject_type = 'accounts.organisation'",
            [organisation.pk],
        )
    complaints = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_trail", stderr=complaints)
    assert f"accounts.nobody {organisation.pk}: no record has this name" in complaints.getvalue()
