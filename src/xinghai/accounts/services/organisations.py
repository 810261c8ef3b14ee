"""Writes about organisations: registering, changing, verifying."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.credit_codes import clean_credit_code
from xinghai.accounts.kinds import UNITS, MemberRole
from xinghai.accounts.models import (
    Membership,
    Organisation,
    OrganisationVersion,
    Qualification,
    User,
)
from xinghai.accounts.names import clean_name, initials
from xinghai.accounts.selectors import administrators, verifiers
from xinghai.accounts.services.people import AlreadyRegistered
from xinghai.accounts.signals import unit_changed
from xinghai.accounts.states import MERGED, PENDING, VERIFIED
from xinghai.kernel import events
from xinghai.kernel.apart import NotReady
from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import enqueue, job
from xinghai.kernel.messaging import notify
from xinghai.kernel.workflow import TransitionRefused, WrongState, fire


class ChangedSinceSeen(TransitionRefused):
    """The record changed between the page that showed it and the decision on it."""


@dataclass(frozen=True)
class OrganisationFacts:
    """What a person enters once about the organisation and every form then reuses."""

    name: str
    uscc: str
    kind: str
    district: str
    tags: Sequence[str] = field(default_factory=tuple)
    address: str = ""
    profile: str = ""


def register_organisation(facts: OrganisationFacts, *, by: User) -> Organisation:
    """Create an organisation with its first person as administrator; the bureau verifies later.

    Raises BadCreditCode, or AlreadyRegistered when the code is known (then one joins).
    """
    code = clean_credit_code(facts.uscc)
    organisation = Organisation(uscc=code)
    _fill(organisation, facts, _initials_of(facts))
    try:
        with transaction.atomic():
            _found(organisation, facts.tags, by=by)
    except IntegrityError as refused:
        known = Organisation.objects.filter(uscc=code).first()
        if known is None:
            raise
        raise AlreadyRegistered(_registered_as(known)) from refused
    return organisation


def _registered_as(known: Organisation) -> str:
    if known.merged_into is not None:
        names = {"name": known.name, "into": known.merged_into.name}
        return _("“%(name)s”已并入“%(into)s”，请申请加入“%(into)s”。") % names
    return _("“%(name)s”已经用这个代码登记过，请改为申请加入该单位。") % {"name": known.name}


def _found(organisation: Organisation, tags: Sequence[str], *, by: User) -> None:
    reserved = events.reserve(Organisation, Membership)
    organisation.pk, membership_id = reserved.keys
    founder = Membership(
        pk=membership_id, user=by, organisation=organisation, role=MemberRole.ADMINISTRATOR
    )
    data = {"uscc": organisation.uscc, "name": organisation.name}
    events.create("register", organisation, at=reserved.now, by=by, data=data, after=[founder])
    fire("found", founder, by=by)
    vars(by).pop("confirmed_memberships", None)
    # Which titles it holds now; since when and until when can be added later.
    titles = [Qualification(organisation=organisation, kind_id=tag) for tag in dict.fromkeys(tags)]
    if titles:
        Qualification.objects.bulk_create(titles)
    _ask_for_initials(organisation)
    _tell_verifiers(organisation, at=reserved.now)


@transaction.atomic
def change_organisation(organisation: Organisation, facts: OrganisationFacts, *, by: User) -> None:
    """Change what forms reuse; the credit code never changes. The trail keeps old and new.

    What the bureau verified is a name and a kind: with another one it verifies anew.
    Raises WrongState for a unit that became part of another one meanwhile.
    """
    letters = _initials_of(facts)  # before the row is locked: it may be waited for
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.state == MERGED:
        raise WrongState(_("“%(name)s”已并入其他单位，资料不能再改。") % {"name": locked.name})
    before = _snapshot(locked)
    is_another = (clean_name(facts.name), facts.kind) != (locked.name, locked.kind)
    if is_another and locked.state == VERIFIED:
        fire("change_identity", organisation, by=by)
    _fill(organisation, facts, letters)
    organisation.save(update_fields=["name", "initials", "kind", "district", "address", "profile"])
    _ask_for_initials(organisation)
    after = _snapshot(organisation)
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        events.record("change", organisation, by=by, data=changed)
        unit_changed.send(Organisation, unit=organisation, by=by)
    if is_another and organisation.state == PENDING:
        _tell_verifiers(organisation)


def _initials_of(facts: OrganisationFacts) -> str:
    """Return the initials of the name; "" while nothing can read it, then the worker adds them."""
    try:
        return initials(clean_name(facts.name))
    except NotReady:
        return ""


def _ask_for_initials(organisation: Organisation) -> None:
    if not organisation.initials:
        enqueue(fill_initials, organisation=organisation.pk)


@job("accounts.fill_initials")
def fill_initials(organisation: int) -> None:
    """Add the initials a unit is picked by, where they could not be made at once."""
    unit = Organisation.objects.select_for_update().get(pk=organisation)
    unit.initials = initials(unit.name)
    unit.save(update_fields=["initials"])


def _fill(organisation: Organisation, facts: OrganisationFacts, letters: str) -> None:
    organisation.name = clean_name(facts.name)
    organisation.initials = letters
    organisation.kind = facts.kind
    organisation.district_id = facts.district
    organisation.address = facts.address
    organisation.profile = facts.profile


def _snapshot(organisation: Organisation) -> dict[str, Any]:
    names = ("name", "kind", "address", "profile")
    facts = {name: getattr(organisation, name) for name in names}
    return {**facts, "district": organisation.district_id}


def _tell_verifiers(organisation: Organisation, *, at: datetime | None = None) -> None:
    """Who verifies is told by the worker: nobody who registers has to wait for that."""
    cause = f"organisation:{organisation.pk}:{organisation.event_head.hex()[:16]}"
    since = (at or database_now()).isoformat()
    enqueue(tell_verifiers, organisation=organisation.pk, cause=cause, since=since)


@job("accounts.tell_verifiers")
def tell_verifiers(organisation: int, cause: str, since: str) -> None:
    """Tell those who verify units that one waits since then."""
    waiting = Organisation.objects.get(pk=organisation)
    notify(
        verifiers(),
        key=cause,
        subject=gettext_noop("有新单位等待核实：%(name)s"),
        body=gettext_noop("“%(name)s”（%(uscc)s）已登记，请核实单位信息。"),
        parameters={"name": waiting.name, "uscc": waiting.uscc},
        url="/office/organisations/",
        topic=UNITS,
        at=datetime.fromisoformat(since),
    )


@transaction.atomic
def verify_organisation(organisation: Organisation, *, by: User, seen: str | None = None) -> None:
    """Confirm that the organisation is what it says; its people may submit from now on.

    `seen` is the newest event's hash (hexadecimal) the page showed: facts that
    changed since were not looked at, and ChangedSinceSeen asks to look again.
    """
    if seen is not None and events.lock(organisation).hash.hex() != seen:
        raise ChangedSinceSeen(_("单位资料在您打开页面后改过。请重新查看，再决定是否通过。"))
    fire("verify", organisation, by=by, changes={"state_reason": ""})
    _keep_version(organisation)
    _tell_administrators(
        organisation,
        gettext_noop("单位已通过核实：%(name)s"),
        gettext_noop("“%(name)s”已通过核实，现在可以提交。"),
    )


def _keep_version(organisation: Organisation) -> None:
    """Keep what was verified, where it differs from what was verified last."""
    facts = {name: getattr(organisation, name) for name in ("name", "kind", "district_id")}
    last = organisation.versions.order_by("-from_at", "-pk").values(*facts).first()
    if last != facts:
        OrganisationVersion.objects.create(
            organisation=organisation, from_at=database_now(), **facts
        )


@transaction.atomic
def refuse_organisation(organisation: Organisation, *, by: User, reason: str) -> None:
    """Refuse with a reason the unit can act on."""
    fire("refuse", organisation, by=by, reason=reason, changes={"state_reason": reason.strip()})
    _tell_administrators(
        organisation,
        gettext_noop("单位未通过核实：%(name)s"),
        gettext_noop("“%(name)s”未通过核实。原因：%(reason)s。修改后可以重新提交核实。"),
    )


@transaction.atomic
def ask_again(organisation: Organisation, *, by: User) -> None:
    """Put a corrected organisation back into the queue."""
    fire("ask_again", organisation, by=by)
    _tell_verifiers(organisation)


def _tell_administrators(organisation: Organisation, subject: str, body: str) -> None:
    notify(
        administrators(organisation),
        key=f"organisation:{organisation.pk}:{organisation.event_head.hex()[:16]}",
        subject=subject,
        body=body,
        parameters={"name": organisation.name, "reason": organisation.state_reason},
        url="/unit/profile/",
        topic=UNITS,
    )
