"""Writes about schools and departments: named by a member, renamed and put together by the unit."""

import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.departments import LONGEST_DEPARTMENT
from xinghai.accounts.models import Department, Membership, Organisation, User
from xinghai.kernel import events
from xinghai.kernel.refusals import Refusal


class DepartmentRefused(Refusal):
    """The name cannot be given."""


def one_line(name: str) -> str:
    """Two people of one school write it the same: no stray spaces, nothing invisible."""
    shown = "".join(
        one for one in name if one.isspace() or unicodedata.category(one) not in {"Cf", "Cc"}
    )
    return " ".join(shown.split())[:LONGEST_DEPARTMENT].rstrip()


def department_called(organisation: Organisation | int, name: str) -> Department | None:
    """Return the department of that name, a new one where there was none; None for no name.

    Call it before a membership is locked: it waits for whoever renames departments of the unit
    (`rename_department`) and lets nobody rename them until the transaction ends.
    """
    named = one_line(name)
    if not named:
        return None
    of = organisation if isinstance(organisation, int) else organisation.pk
    Organisation.objects.held(of)
    return Department.objects.get_or_create(organisation_id=of, name=named)[0]


@transaction.atomic
def rename_department(department: Department, name: str, *, by: User) -> Department:
    """Write a department differently; another one of that name takes its people over.

    Returns the department that has the name now. Renaming can be undone by renaming, putting
    two together cannot. Raises DepartmentRefused for an empty name.
    """
    named = one_line(name)
    if not named:
        raise DepartmentRefused(_("请填写院系或部门的名称。"))
    # Two who rename at once wait for one another, in whichever direction.
    unit = Organisation.objects.select_for_update(of=("self",)).get(pk=department.organisation_id)
    locked = Department.objects.filter(pk=department.pk).first()
    if locked is None or locked.name == named:
        return locked or department
    former, other = locked.name, Department.objects.filter(organisation=unit, name=named).first()
    if other is None:
        locked.name = named
        locked.save(update_fields=["name"])
    else:
        Membership.objects.filter(department=locked).update(department=other)
        locked.delete()
    data = {"name": [former, named], "joined": other is not None}
    events.record("rename_department", unit, by=by, data=data)
    return other or locked
