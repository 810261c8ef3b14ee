"""People, organisations, memberships and the bureau's offices."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.appointments import Appointment as Appointment
from xinghai.accounts.city import District as District
from xinghai.accounts.city import QualificationKind as QualificationKind
from xinghai.accounts.departments import Department as Department
from xinghai.accounts.histories import OrganisationVersion as OrganisationVersion
from xinghai.accounts.histories import Qualification as Qualification
from xinghai.accounts.kinds import (
    BUREAU_ROLES,
    MemberRole,
    OrganisationKind,
    Role,
)
from xinghai.accounts.persons import Person as Person
from xinghai.accounts.recommending import Recommends as Recommends
from xinghai.accounts.states import (
    CONFIRMED,
    INVITED,
    MEMBERSHIP,
    MERGED,
    OPEN,
    ORGANISATION,
    PENDING,
    REQUESTED,
)
from xinghai.kernel.clock import database_now
from xinghai.kernel.kept_statements import kept
from xinghai.kernel.models import Recorded
from xinghai.kernel.triggers import StateGuard


class Office(models.Model):
    """A business office of the bureau (业务处室)."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("处室"), max_length=40, unique=True)
    name_en = models.CharField(max_length=80)
    is_planning = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates people; the user name is an e-mail address or a mobile number.

    Whoever is read through it brings the appointments of now and those to come along, in the same
    statement.
    """

    def get_queryset(self) -> models.QuerySet["User"]:
        held = Appointment.objects.filter(user=models.OuterRef("pk")).not_over()
        return super().get_queryset().annotate(appointed=ArraySubquery(held.as_facts()))

    def make_user(self, username: str, password: str | None = None, **facts: Any) -> "User":
        """Return a person who is not yet stored; without a password nobody can sign in."""
        user = self.model(username=username.strip().lower(), **facts)
        user.set_password(password)
        return user

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> "User":
        user = self.make_user(username, password, **facts)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, Recorded):
    """An account. Roles stand on Appointment, the place in a unit on Membership."""

    trail_name = "accounts.user"
    username = models.CharField(_("邮箱或手机号"), max_length=120, unique=True)
    name = models.CharField(_("姓名"), max_length=30)
    email = models.EmailField(_("电子邮箱"), blank=True)
    mobile = models.CharField(_("手机"), max_length=11, blank=True)
    landline = models.CharField(_("固定电话"), max_length=30, blank=True)
    job_title = models.CharField(_("职务/职称"), max_length=30, blank=True)
    language = models.CharField(
        _("语言"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", "简体中文"), ("en", "English")],
    )
    # Who it is, once an identity document has been given; a person has one account at most.
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, related_name="account"
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()
    # How many messages were unread when the session was read; None where nobody has counted.
    known_unread: int | None = None

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(mobile="") | models.Q(mobile__regex=r"^1[3-9][0-9]{9}$"),
                name="user_mobile_is_mobile",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read it anew; what was known of its roles and units is asked again when needed."""
        super().refresh_from_db(*args, **kwargs)
        self.forget_positions()

    def forget_positions(self) -> None:
        """Forget the roles, the office and the units known so far: they may have changed."""
        for known in ("appointed", "office", "confirmed_memberships"):
            vars(self).pop(known, None)

    def _appointments(self, *, to_come: bool = False) -> list[dict[str, Any]]:
        """The appointments of now, as the manager's statement brought them, else one query."""
        if "appointed" not in vars(self):
            rows = Appointment.objects.filter(user=self.pk).not_over().as_facts()
            vars(self)["appointed"] = [row["facts"] for row in rows]
        return [one for one in vars(self)["appointed"] if one["begun"] or to_come]

    @property
    def roles(self) -> list[Role]:
        """The roles held now, in the order of `Role`, wherever they are held."""
        held = {one["role"] for one in self._appointments()}
        return [role for role in Role if role in held]

    @property
    def is_staff(self) -> bool:
        """Whether the person works at the bureau now."""
        return any(one["role"] in BUREAU_ROLES for one in self._appointments())

    @property
    def is_or_will_be_staff(self) -> bool:
        """Whether the person works at the bureau now or has been appointed from a later day on."""
        return any(one["role"] in BUREAU_ROLES for one in self._appointments(to_come=True))

    @property
    def office_id(self) -> int | None:
        """The office the person works in now: one at a time."""
        return next((one["office_id"] for one in self._appointments() if one["office_id"]), None)

    @cached_property
    def office(self) -> Office | None:
        found = [one["office"] for one in self._appointments() if one["office_id"]]
        return Office.from_db(None, list(found[0]), list(found[0].values())) if found else None

    def bodies_as(self, role: Role) -> set[int]:
        """Return the ids of the organisations at which the person holds this role now."""
        return {one["body"] for one in self._appointments() if one["role"] == role}

    def has_perm(self, permission: str, record: object = None) -> bool:
        """Ask the rules; navigation and templates know no other door."""
        return bool(rules.has_perm(permission, self, record))

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def confirmed_memberships(self) -> list["Membership"]:
        return list(
            self.memberships.filter(state=CONFIRMED).select_related("organisation").order_by("pk")
        )

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in self.roles]

    @property
    def unit_ids(self) -> set[int]:
        return {membership.organisation_id for membership in self.confirmed_memberships}

    @property
    def administered_ids(self) -> set[int]:
        return {
            membership.organisation_id
            for membership in self.confirmed_memberships
            if membership.role == MemberRole.ADMINISTRATOR
        }


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def named_like(self, text: str) -> "OrganisationQuerySet":
        """Return organisations whose name, a former one, initials or code contain `text`.

        Who looks for a unit that became part of another one finds that one too.
        """
        text = text.strip()
        merged = Organisation.objects.filter(
            models.Q(name__icontains=text) | models.Q(uscc=text.upper()), state=MERGED
        )
        named = OrganisationVersion.objects.filter(name__icontains=text)
        former = named.order_by().values("organisation")
        return self.filter(
            models.Q(name__icontains=text)
            | models.Q(pk__in=former)
            | models.Q(pk__in=merged.order_by().values("merged_into"))
            | models.Q(initials__startswith=text.lower())
            | models.Q(uscc__startswith=text.upper())
        )

    def held(self, pk: int) -> "Organisation":
        """Return the unit as it is now; it becomes part of no other until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Organisation(Recorded):
    """A legal person, identified by its 统一社会信用代码 alone."""

    trail_name = "accounts.organisation"
    workflow = ORGANISATION

    name = models.CharField(_("单位名称"), max_length=100)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    kind = models.CharField(_("单位性质"), max_length=20, choices=OrganisationKind.choices)
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="district",
        db_index=False,
        verbose_name=_("所属区市县（先导区）"),
    )
    address = models.CharField(_("通信地址"), max_length=120, blank=True)
    profile = models.TextField(_("单位简介"), max_length=500, blank=True)
    initials = models.CharField(max_length=100, editable=False, default="")
    state = models.CharField(
        max_length=20,
        default=PENDING,
        choices=[(state.name, state.label) for state in ORGANISATION.states],
    )
    state_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_units"
    )
    created_at = models.DateTimeField(default=database_now)

    objects: ClassVar[Any] = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(uscc=Upper("uscc")), name="organisation_uscc_upper"
            ),
            models.CheckConstraint(
                condition=models.Q(uscc__regex=r"^[0-9A-HJ-NP-RTUWXY]{18}$"),
                name="organisation_uscc_shape",
            ),
            models.CheckConstraint(
                condition=models.Q(state=MERGED, merged_into__isnull=False)
                | (~models.Q(state=MERGED) & models.Q(merged_into__isnull=True)),
                name="organisation_merged_into_one",
            ),
        )
        indexes = (models.Index(fields=["state", "created_at"], name="organisation_queue"),)
        triggers = (StateGuard(PENDING),)

    def __str__(self) -> str:
        return self.name

    def tags_on(self, day: date) -> list[str]:
        """Return the kinds of the qualifications it holds on a day, in the order of the list."""
        return list(dict.fromkeys(_tags(unit=self.pk, day=day)))


@kept
def _tags(*, unit: int, day: date) -> models.QuerySet[Any, Any]:
    held = Qualification.objects.filter(organisation=unit).on(day)
    return held.order_by("kind__position", "kind").values_list("kind", flat=True)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of_units(self, organisation_ids: Iterable[int]) -> "MembershipQuerySet":
        return self.filter(organisation_id__in=organisation_ids)

    def asking(self) -> "MembershipQuerySet":
        return self.filter(state=REQUESTED)

    def belonging(self) -> "MembershipQuerySet":
        return self.filter(state__in=[CONFIRMED, INVITED])

    def named_like(self, text: str) -> "MembershipQuerySet":
        text = text.strip()
        return self.filter(
            models.Q(user__name__icontains=text)
            | models.Q(user__username__icontains=text)
            | models.Q(department__name__icontains=text)
        )


class Membership(Recorded):
    """A person's place in an organisation, confirmed by the unit's administrator."""

    trail_name = "accounts.membership"
    workflow = MEMBERSHIP

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=MemberRole.choices, default=MemberRole.MEMBER)
    department = models.ForeignKey(
        Department,
        on_delete=models.SET_NULL,
        null=True,
        related_name="memberships",
        verbose_name=_("院系或部门"),
    )
    state = models.CharField(
        max_length=20,
        default=OPEN,
        choices=[(state.name, state.label) for state in MEMBERSHIP.states],
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
        )
        triggers = (StateGuard(OPEN),)

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Invitation(models.Model):
    """An invitation by e-mail to somebody who has no account yet; the token is hashed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"


class Session(AbstractBaseSession):
    """A session with the person it belongs to, so that one statement reads both."""

    account = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.account or "")
