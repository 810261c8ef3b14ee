"""Reads of this room, each bounded to what the reader may see."""

from django.db.models import Q, QuerySet

from xinghai.accounts.kinds import MemberRole
from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.states import CONFIRMED, PENDING


def visible_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations whose data this person may read: all for staff, else the own ones."""
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    if user.is_staff:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=user.unit_ids)


def visible_memberships(user: User) -> QuerySet[Membership]:
    """A person's own memberships, and those of the units the person administers."""
    if not user.is_authenticated or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.filter(
        Q(user=user) | Q(organisation_id__in=user.administered_ids)
    ).select_related("user", "organisation")


def verification_queue() -> QuerySet[Organisation]:
    """Organisations waiting for the bureau, oldest first."""
    return Organisation.objects.filter(state=PENDING).order_by("created_at", "pk")


def pick_organisations(text: str, *, limit: int = 10) -> list[Organisation]:
    """Return organisations for a picker: by name, pinyin initials or credit code.

    Names and codes of organisations are public facts; nothing else is given out.
    """
    if len(text.strip()) < 2:
        return []
    return list(Organisation.objects.named_like(text).order_by("name")[:limit])


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Confirmed and asking people of a unit, administrators first."""
    return (
        Membership.objects.filter(organisation=organisation)
        .exclude(state__in=["open", "left", "turned_down"])
        .select_related("user")
        .order_by("role", "pk")
    )


def confirmed_people(organisation_id: int) -> QuerySet[User]:
    return User.objects.filter(
        memberships__organisation_id=organisation_id, memberships__state=CONFIRMED
    )


def administrators(organisation: Organisation) -> list[User]:
    """Return the people who administer the organisation (its research office)."""
    return list(
        User.objects.filter(
            memberships__organisation=organisation,
            memberships__state=CONFIRMED,
            memberships__role=MemberRole.ADMINISTRATOR,
            is_active=True,
        )
    )
