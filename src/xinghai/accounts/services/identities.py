"""Writes about who a person is: the identity document, which stands nowhere but on the person."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import Person, User
from xinghai.accounts.names import clean_name
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.refusals import Refusal


class IdentityRefused(Refusal):
    """The document cannot be this account's; the reason says why."""


@transaction.atomic
def identify(user: User, *, name: str, kind: str, country: str, number: str) -> Person:
    """Say which document an account's person has; a further one takes the place of the first.

    `number` has been cleaned. Raises IdentityRefused when another account has the document: one
    person has one account. The trail tells the kind alone.
    """
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    former = locked.person
    # Somebody may have named the person before, as a member of a team.
    known = Person.objects.with_number(kind, country, number).first()
    person = known or former or Person(created_at=database_now())
    person.name, person.id_kind, person.id_country = clean_name(name), kind, country
    person.set_number(number)
    try:
        with transaction.atomic():
            person.save()
            locked.person = person
            locked.save(update_fields=["person"])
            if former is not None and former != person:
                former.delete()
    except IntegrityError as taken:
        raise IdentityRefused(
            _("这个证件已用于另一个账号。请用那个账号登录；如不是您本人登记的，请联系平台管理员。")
        ) from taken
    user.person = person
    events.record("identify", user, by=user, data={"kind": kind})
    return person


@transaction.atomic
def forget_identity(user: User) -> None:
    """Delete the document of an account's person; nothing of the number stays. Twice is once."""
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    person = locked.person
    if person is None:
        return
    locked.person = user.person = None
    locked.save(update_fields=["person"])
    person.delete()
    events.record("forget_identity", user, by=user)
