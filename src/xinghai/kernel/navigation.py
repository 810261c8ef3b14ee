"""What stands in each frame's navigation; every room registers its entries in `apps.ready`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import rules
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import _StrPromise

    Viewer = AbstractBaseUser | AnonymousUser

Frame = Literal["portal", "applicant", "staff"]


@dataclass(frozen=True)
class Entry:
    """`count` names the function that says how many things wait there for a person.

    It is named by its dotted path because entries are registered before models are ready.
    """

    label: str | _StrPromise
    url_name: str
    icon: str
    permission: str = ""
    order: int = 50
    count: str = ""
    # What is counted, where one function counts for several entries: its second argument.
    counted: str = ""

    def waiting(self, user: Viewer) -> int | None:
        """How many things wait there; costs the function's one query."""
        if not self.count:
            return None
        asked = (user, self.counted) if self.counted else (user,)
        return int(import_string(self.count)(*asked))


_entries: dict[str, dict[str, Entry]] = {"portal": {}, "applicant": {}, "staff": {}}


def register(frame: Frame, entry: Entry) -> None:
    """Add an entry; the same URL name again replaces the former one."""
    _entries[frame][entry.url_name] = entry


def entries_for(frame: Frame, user: Viewer) -> list[Entry]:
    """The entries this person may open, in order."""
    allowed = (e for e in _entries[frame].values() if not e.permission or _may(user, e.permission))
    return sorted(allowed, key=lambda entry: entry.order)


def _may(user: Viewer, permission: str) -> bool:
    return bool(rules.has_perm(permission, user))
