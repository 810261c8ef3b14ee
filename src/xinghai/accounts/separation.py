"""Separation of duties: which appointments one person cannot hold at the same time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.kinds import BUREAU_ROLES, OFFICER_ROLES, Role
from xinghai.accounts.models import Appointment, Office, Organisation
from xinghai.kernel.processes import Label

BUSINESS = frozenset({*OFFICER_ROLES, Role.PLANNER, Role.LEADER})


class AppointmentRefused(Exception):
    """This appointment cannot be given to this person; the message says why."""


@dataclass(frozen=True)
class Separation:
    """Nobody holds one of `these` and one of `those` at the same time."""

    these: frozenset[Role]
    those: frozenset[Role]
    why: Label


SEPARATIONS = (
    Separation(
        frozenset({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN}),
        BUSINESS,
        gettext_lazy(
            "系统管理员和审计管理员不能兼任业务角色：管系统的人不办业务，办业务的人不管系统。"
        ),
    ),
    Separation(
        frozenset({Role.SYSTEM_ADMIN}),
        frozenset({Role.AUDIT_ADMIN}),
        gettext_lazy("系统管理员不能兼任审计管理员：审计的对象包括系统管理员。"),
    ),
    Separation(
        frozenset({Role.RECOMMENDER}),
        frozenset(BUREAU_ROLES),
        gettext_lazy("归口推荐的经办不能同时是科技局的工作人员：推荐来的材料由科技局受理。"),
    ),
)


def separation_of(one: Role | str, other: Role | str) -> Separation | None:
    """Return why two roles exclude each other in one hand, or None."""
    for found in SEPARATIONS:
        if (one in found.these and other in found.those) or (
            other in found.these and one in found.those
        ):
            return found
    return None


def check_roles(roles: Collection[Role | str]) -> None:
    """Refuse roles that control one another in one hand. Raises AppointmentRefused."""
    _refuse(product(roles, roles))


def check_with_others(
    roles: Collection[Role | str],
    office: Office | None,
    body: Organisation | None,
    others: Collection[Appointment],
) -> None:
    """Compare new roles with the person's appointments that hold at some moment of theirs.

    Raises AppointmentRefused.
    """
    if body is None and office is None and not set(OFFICER_ROLES).isdisjoint(roles):
        raise AppointmentRefused(_("处室经办和处室负责人必须选定所在处室。"))
    _refuse(product(roles, [other.role for other in others]))
    held = {(other.role, other.body_id) for other in others}
    for role in roles:
        if (role, body.pk if body else None) in held:
            raise AppointmentRefused(
                _("这段时间已经任“%(role)s”，不用重复任命。") % {"role": Role(role).label}
            )
    elsewhere = [one.office for one in others if one.office and office and one.office != office]
    if elsewhere:
        raise AppointmentRefused(
            _("这段时间已经在“%(office)s”任职，请先结束那里的任职。")
            % {"office": elsewhere[0].name}
        )


def _refuse(pairs: Iterable[tuple[Role | str, Role | str]]) -> None:
    for one, other in pairs:
        if found := separation_of(one, other):
            raise AppointmentRefused(str(found.why))
