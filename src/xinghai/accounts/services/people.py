"""Writes about persons: registering and the own data every form reuses."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.accounts.names import clean_name
from xinghai.kernel import events

PROFILE = ("name", "job_title", "mobile", "landline", "email", "language")


class AlreadyRegistered(Exception):
    """The user name or the credit code is taken; the message says how to go on."""


def register_person(*, username: str, password: str | None, name: str, **facts: Any) -> User:
    """Create a person's account and its first event; without a password it cannot be entered.

    Raises AlreadyRegistered.
    """
    user = User.objects.make_user(username, password, name=clean_name(name), **facts)
    try:
        with transaction.atomic():
            reserved = events.reserve(User)
            user.pk = reserved.keys[0]
            events.create("register", user, at=reserved.now, by=user)
    except IntegrityError as taken:
        raise AlreadyRegistered(
            _("“%(username)s”已经注册过。请直接登录，或找回密码。") % {"username": username}
        ) from taken
    return user


@transaction.atomic
def change_profile(user: User, **facts: str) -> None:
    """Change the person's own data; the trail says which fields, not what stood in them."""
    stored = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    changed = sorted(name for name in PROFILE if facts[name] != getattr(stored, name))
    if not changed:
        return
    for name in changed:
        setattr(user, name, facts[name])
    user.save(update_fields=changed)
    events.record("change_profile", user, by=user, data={"fields": changed})
