"""What the frames of all pages link to; every room registers its pages in `apps.ready`.

A template may name addresses of its own room and of the rooms below it. A frame of this room
shows links to the rooms above through `register`, and a room below links to one page of a
room above by a common name, given through `register_page`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args

import rules
from django.urls import reverse
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import Promise, _StrPromise

    Viewer = AbstractBaseUser | AnonymousUser

# Three main navigations; two lists in the foot of public pages; the menu of who is signed in
# and the links of who is not; the tabs of the unit's page.
Frame = Literal["portal", "applicant", "staff", "services", "about", "person", "entrance", "unit"]


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
    # The heading it stands under where a frame has entries of more than one group.
    group: str | Promise = ""

    def waiting(self, user: Viewer) -> int | None:
        """How many things wait there; costs the function's one query."""
        if not self.count:
            return None
        asked = (user, self.counted) if self.counted else (user,)
        return int(import_string(self.count)(*asked))


@dataclass(frozen=True)
class SearchField:
    """The search field above every page of the bureau; `offers_url_name` answers while typing."""

    label: str | _StrPromise
    placeholder: str | _StrPromise
    offers_label: str | _StrPromise
    url_name: str
    offers_url_name: str
    permission: str


_entries: dict[Frame, dict[str, Entry]] = {frame: {} for frame in get_args(Frame)}
_pages: dict[str, str] = {}
_search_fields: list[SearchField] = []
_help_functions: list[str] = []


def register(frame: Frame, entry: Entry) -> None:
    """Add an entry; the same URL name again replaces the former one."""
    _entries[frame][entry.url_name] = entry


def entries_for(frame: Frame, user: Viewer) -> list[Entry]:
    """The entries this person may open, in order."""
    allowed = (e for e in _entries[frame].values() if not e.permission or _may(user, e.permission))
    return sorted(allowed, key=lambda entry: entry.order)


def sections_for(frame: Frame, user: Viewer) -> list[tuple[str, list[Entry]]]:
    """The entries this person may open under their headings; one group alone needs none.

    A group stands where its first entry stands. Entries without a group have the heading ""; what
    would stand between two groups, and seem to belong to the upper one, stands before all.
    """
    entries = entries_for(frame, user)
    if len({str(one.group) for one in entries if one.group}) < 2:
        return [("", entries)]
    first: dict[str, int] = {}
    for one in entries:
        first.setdefault(str(one.group) or one.url_name, one.order)
    last = max(first[str(one.group)] for one in entries if one.group)

    def place(one: Entry) -> tuple[bool, int, str]:
        is_shared = not one.group and one.order < last
        return not is_shared, first[str(one.group) or one.url_name], str(one.group)

    entries.sort(key=place)
    return [(group, list(some)) for group, some in groupby(entries, lambda one: str(one.group))]


def registered_entries() -> list[tuple[Frame, Entry]]:
    """Every entry with its frame."""
    return [(frame, entry) for frame, entries in _entries.items() for entry in entries.values()]


def register_page(name: str, url_name: str) -> None:
    """Give a page the name by which rooms below link to it: `{% page_url "call" code %}`."""
    _pages[name] = url_name


def registered_pages() -> dict[str, str]:
    """The common names with the URL names they stand for."""
    return dict(_pages)


def page_url(name: str, *arguments: object) -> str:
    """The address of a page by its common name. Raises KeyError for a name nobody gave."""
    return reverse(_pages[name], args=arguments)


def register_search_field(field: SearchField) -> None:
    """Set the search field of the bureau's frame; the last one registered is shown."""
    _search_fields[:] = [field]


def search_field_for(user: Viewer) -> SearchField | None:
    """The search field, where one is registered that this person may use."""
    return next((one for one in _search_fields if _may(user, one.permission)), None)


def register_help(function: str) -> None:
    """Name the function, by its dotted path, that answers `help_url`."""
    _help_functions[:] = [function]


def help_url(view_name: str, path: str) -> str:
    """The address where a page is explained; "" when no room explains pages."""
    for function in _help_functions:
        return str(import_string(function)(view_name, path))
    return ""


def _may(user: Viewer, permission: str) -> bool:
    return bool(rules.has_perm(permission, user))
