"""Reads of this room, each bounded to what the reader may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from xinghai.accounts.appointments import Appointment, AppointmentQuerySet
from xinghai.accounts.kinds import OFFICER_ROLES, MemberRole, Role
from xinghai.accounts.models import (
    Department,
    Invitation,
    Membership,
    MembershipQuerySet,
    Office,
    Organisation,
    OrganisationQuerySet,
    Qualification,
    User,
)
from xinghai.accounts.names import likeness
from xinghai.accounts.recommending import Recommends
from xinghai.accounts.states import CONFIRMED, LEFT, MERGED, OPEN, PENDING, TURNED_DOWN
from xinghai.kernel.clock import city_today, database_now
from xinghai.kernel.kept_statements import kept

# Of two names: 1 is the same. 某某机械 and 某某机械制造 are alike, two firms of one street are not.
ALIKE = 0.8


def roles_to_try() -> list[Any]:
    """Return the demonstration's people that can sign in now; nobody outside a demonstration."""
    offered = settings.DEMO_SIGN_INS
    if not offered:
        return []
    names = [one.username for one in offered]
    found = User.objects.filter(username__in=names, is_active=True)
    known = set(found.values_list("username", flat=True))
    return [one for one in offered if one.username in known]


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
    ).select_related("user", "organisation", "department")


def memberships_of(user: User) -> list[Membership]:
    """Return a person's own memberships, in whatever state."""
    return list(_memberships(user=user.pk)) if user.is_active else []


@kept
def _memberships(*, user: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(user=user)
    return rows.select_related("user", "organisation", "department")


def standing_of_unit(organisation: Organisation) -> dict[str, Any]:
    """Return what a page of facts shows beside the columns: titles of today, and former names."""
    today = city_today()
    names = organisation.versions.exclude(name=organisation.name).order_by("from_at")
    return {
        "qualifications": list(
            Qualification.objects.filter(organisation=organisation).on(today).select_related("kind")
        ),
        "former_names": list(dict.fromkeys(names.values_list("name", flat=True))),
    }


def verification_queue(
    *, state: str = PENDING, kind: str = "", district: str = "", text: str = ""
) -> QuerySet[Organisation]:
    """Organisations in a state ("" is any), oldest first: those waiting for the bureau."""
    wanted = {"state": state, "kind": kind, "district": district}
    rows = Organisation.objects.filter(**{name: value for name, value in wanted.items() if value})
    if text.strip():
        rows = rows.named_like(text)
    return rows.select_related("district").order_by("created_at", "pk")


def units_waiting(user: User) -> int:
    """How many units wait for the bureau (the navigation's number)."""
    return Organisation.objects.filter(state=PENDING).count()


def similar_organisations(organisation: Organisation, *, limit: int = 5) -> list[Organisation]:
    """Other units whose name or code is so near that one may be taken for the other.

    Trigrams of the pinyin initials find candidates (homophones too, and in
    every locale of the database); the names themselves then decide.
    """
    others = Organisation.objects.exclude(pk=organisation.pk)
    near = others.annotate(likeness=TrigramSimilarity("initials", organisation.initials))
    candidates = near.filter(likeness__gte=0.3).order_by("-likeness", "pk")[: 4 * limit]
    alike = [one for one in candidates if likeness(one.name, organisation.name) >= ALIKE]
    same_body = others.filter(uscc__contains=organisation.uscc[8:17])[:limit]
    return list({one.pk: one for one in [*same_body, *alike]}.values())[:limit]


def staff_people(*, text: str = "", role: str = "") -> QuerySet[User]:
    """The bureau's people of now, before and to come; those who work here now first."""
    appointed = Appointment.objects.filter(user=OuterRef("pk")).of_bureau()
    rows = User.objects.filter(Exists(appointed))
    if role:
        rows = rows.filter(Exists(appointed.in_force().filter(role=role)))
    if text.strip():
        rows = rows.filter(Q(name__icontains=text.strip()) | Q(username__icontains=text.strip()))
    place = appointed.in_force().order_by("office__position").values("office__position")[:1]
    rows = rows.annotate(works=Exists(appointed.in_force()), place=Subquery(place))
    return rows.order_by("-is_active", "-works", "place", "name", "pk")


def appointments_of(user: User) -> AppointmentQuerySet:
    """A person's appointments, those that end last first."""
    rows: AppointmentQuerySet = Appointment.objects.filter(user=user)
    return rows.select_related("office", "body").newest_first()


def pick_organisations(text: str, *, limit: int = 10) -> list[Organisation]:
    """Return organisations for a picker: by name, pinyin initials or credit code.

    Names and codes of organisations are public facts; nothing else is given out.
    """
    if len(text.strip()) < 2:
        return []
    return list(registered_organisations().named_like(text).order_by("name")[:limit])


def registered_organisations() -> OrganisationQuerySet:
    """Every unit there is, for asking to join: that it is registered is a public fact."""
    rows: OrganisationQuerySet = Organisation.objects.exclude(state=MERGED)
    return rows.select_related("district")


def registered_with_code(code: str) -> Organisation | None:
    return registered_organisations().filter(uscc=code).first()


def own_memberships(user: User) -> QuerySet[Membership]:
    """Where a person belongs, asks to belong or is invited, and what became of it."""
    return (
        Membership.objects.filter(user=user)
        .exclude(state=OPEN)
        .select_related("organisation")
        .order_by("pk")
    )


def administered_organisations(user: User) -> QuerySet[Organisation]:
    return visible_organisations(user).filter(pk__in=user.administered_ids).order_by("pk")


def managed_memberships(user: User) -> QuerySet[Membership]:
    """Memberships of the units a person administers."""
    return visible_memberships(user).filter(organisation_id__in=user.administered_ids)


def people_of(organisation: Organisation, *, text: str = "") -> MembershipQuerySet:
    """Confirmed, invited and asking people of a unit, administrators first."""
    people: MembershipQuerySet = (
        Membership.objects.filter(organisation=organisation)
        .exclude(state__in=[OPEN, LEFT, TURNED_DOWN])
        .select_related("user", "department")
        .order_by("role", "pk")
    )
    return people.named_like(text) if text.strip() else people


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """The newest invitations nobody has used yet."""
    return Invitation.objects.filter(
        organisation=organisation, used_at=None, expires_at__gt=database_now()
    ).order_by("-created_at")[:20]


def every_office() -> QuerySet[Office]:
    """The bureau's offices in their order; they stand in every notice, so anybody may know them."""
    return Office.objects.all()


def confirmed_units(user: User) -> QuerySet[Organisation]:
    """Units a person belongs to now, asked of the database."""
    return Organisation.objects.filter(
        memberships__user=user, memberships__state=CONFIRMED
    ).order_by("pk")


def administrators(organisation: Organisation | int | None) -> QuerySet[User]:
    """Return the people who administer the organisation (its research office)."""
    return User.objects.filter(
        memberships__organisation=organisation,
        memberships__state=CONFIRMED,
        memberships__role=MemberRole.ADMINISTRATOR,
        is_active=True,
    )


def in_office(offices: Iterable[Office | int]) -> Q:
    """Select the people who work in one of the offices now."""
    return holding(*OFFICER_ROLES, office__in=list(offices))


def works_in(user: User, office_id: int | None) -> bool:
    """Whether the person works on what this office receives; equal to `in_office`."""
    is_officer = not set(OFFICER_ROLES).isdisjoint(user.roles)
    return bool(user.is_active and is_officer and office_id and user.office_id == office_id)


def holding(*roles: Role, **place: Any) -> Q:
    """Select the people who hold one of the roles now; `place` narrows where they hold it."""
    held = Appointment.objects.filter(user=OuterRef("pk"), role__in=roles, **place)
    return Q(Exists(held.in_force()), is_active=True)


def plans() -> Q:
    """Select the people of the planning office."""
    return holding(Role.PLANNER)


def verifiers() -> QuerySet[User]:
    """Return the people who verify units."""
    return User.objects.filter(holding(Role.PLANNER, Role.SYSTEM_ADMIN))


def officers(*offices: Office | int | None) -> QuerySet[User]:
    """Return the people who work in one of the offices."""
    return User.objects.filter(in_office([one for one in offices if one]))


def officers_by_office(offices: Iterable[int]) -> list[tuple[int, int]]:
    """Return pairs of an office's id and the id of somebody who works there, in one query."""
    held = Appointment.objects.in_force().as_officer().filter(office__in=list(offices))
    return list(
        held.filter(user__is_active=True)
        .order_by("user", "office")
        .values_list("office_id", "user_id")
        .distinct()
    )


def planners() -> QuerySet[User]:
    """Return the people of the planning office."""
    return User.objects.filter(plans())


def recommenders_at(body_id: int | None) -> QuerySet[User]:
    """Return the people who recommend for a body."""
    return User.objects.filter(holding(Role.RECOMMENDER, body=body_id))


def recommenders_by_body(bodies: Iterable[int]) -> list[tuple[int, int]]:
    """Return pairs of a body's id and the id of somebody who recommends for it, in one query."""
    held = Appointment.objects.filter(role=Role.RECOMMENDER, body__in=list(bodies)).in_force()
    return list(
        held.filter(user__is_active=True).order_by("user", "body").values_list("body_id", "user_id")
    )


def relations(*, text: str = "", at: date | None = None) -> QuerySet[Recommends]:
    """Return which body recommends whom, by body: what holds on a day or will, or all there was."""
    rows = Recommends.objects.all() if at is None else Recommends.objects.on_or_after(at)
    if text.strip():
        words = text.strip()
        named = Q(recommender__name__icontains=words) | Q(unit__name__icontains=words)
        rows = rows.filter(named | Q(recommender__uscc=words) | Q(unit__uscc=words))
    return rows.select_related("recommender", "unit", "district").order_by(
        "recommender__name", "recommender", "from_on", "pk"
    )


def recommending_people(body: Organisation) -> AppointmentQuerySet:
    """Return the appointments of those who recommend for a body, those that end last first."""
    rows: AppointmentQuerySet = Appointment.objects.filter(body=body, role=Role.RECOMMENDER)
    return rows.select_related("user").newest_first()


def organisation_named(words: str) -> Organisation | None:
    """Return the organisation with this credit code or exactly this name, when one alone has it."""
    words = words.strip()
    named = registered_organisations().filter(Q(uscc=words.upper()) | Q(name=words))
    found = named.order_by("pk")[:2]
    return found[0] if len(found) == 1 else None


def person_named(username: str) -> User | None:
    """Return the person who signs in with this address or number."""
    return User.objects.filter(username=username.strip().lower(), is_active=True).first()


def recommenders_of(units: Iterable[Organisation], day: date) -> dict[int, Organisation]:
    """Return the body that recommends each unit on a day, by the unit's id, in one query.

    A body of the unit's own comes before its district's.
    """
    units = {unit.pk: unit for unit in units}.values()
    named = Q(unit__in=[unit.pk for unit in units])
    named |= Q(district__in={unit.district_id for unit in units})
    rows = Recommends.objects.filter(named).on(day).select_related("recommender")
    own = {row.unit_id: row.recommender for row in rows}
    of_district = {row.district_id: row.recommender for row in rows if row.district_id}
    found = {unit.pk: own.get(unit.pk) or of_district.get(unit.district_id) for unit in units}
    return {pk: body for pk, body in found.items() if body is not None}


def departments_of(organisation_ids: Iterable[int]) -> list[str]:
    """Schools and departments of the units, for choosing instead of typing."""
    rows = Department.objects.filter(organisation_id__in=list(organisation_ids))
    return list(rows.order_by("name").values_list("name", flat=True).distinct())


def counted_departments(organisation: Organisation) -> list[Department]:
    """Return the unit's departments, each with how many confirmed people name it (`people`)."""
    confirmed = Count("memberships", filter=Q(memberships__state=CONFIRMED))
    return list(Department.objects.filter(organisation=organisation).annotate(people=confirmed))
