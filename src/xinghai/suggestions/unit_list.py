"""What a research office asks its list for: words of the address, rows, and chips to take away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.accounts.selectors import departments_of
from xinghai.kernel.humanize import localized_column
from xinghai.kernel.request_data import NONE, is_number
from xinghai.suggestions.filters import Chip, Choice, Options, without
from xinghai.suggestions.models import SuggestionQuerySet
from xinghai.suggestions.queues import SLUG, tabs_of
from xinghai.suggestions.states import AT_UNIT, RETURNED, SENT
from xinghai.suggestions.unit_desk import UnitRow

WAITING = "waiting"
TABS = (
    (WAITING, gettext_lazy("待审核"), AT_UNIT),
    ("returned", gettext_lazy("已退回"), RETURNED),
    ("sent", gettext_lazy("已提交"), SENT),
    ("all", gettext_lazy("全部"), ()),
)
STATES_OF_TAB = {name: states for name, _label, states in TABS}
READY = {"yes": gettext_lazy("可以提交"), "no": gettext_lazy("还不能提交")}
SORTS = {
    "": gettext_lazy("截止最近的在前"),
    "since": gettext_lazy("等得最久的在前"),
    "latest": gettext_lazy("最近变动的在前"),
    "school": gettext_lazy("按院系"),
    "author": gettext_lazy("按填报人"),
}
ORDER: dict[str, tuple[Any, ...]] = {
    "": (F("deadline").asc(nulls_last=True), "state_since"),
    "since": ("state_since",),
    "latest": ("-state_since",),
    "school": (F("school").asc(nulls_last=True), "author__name"),
    "author": ("author__name", "state_since"),
}


@dataclass(frozen=True)
class UnitWish:
    """The filters a research office chose; unknown words are ignored, so old links still work."""

    tab: str = WAITING
    text: str = ""
    call: str = ""
    school: str = ""
    author: str = ""
    ready: str = ""
    sort: str = ""

    @classmethod
    def from_address(cls, words: Mapping[str, Any]) -> "UnitWish":
        tab = str(words.get("tab", ""))
        call, author = str(words.get("call", "")), str(words.get("author", ""))
        tab = tab if tab in STATES_OF_TAB else WAITING
        ready, sort = str(words.get("ready", "")), str(words.get("sort", ""))
        return cls(
            tab=tab,
            text=_clean(words.get("q", ""), 100),
            call=call if SLUG.fullmatch(call) else "",
            school=_clean(words.get("school", ""), 60),
            author=author if is_number(author) else "",
            ready=ready if ready in READY and tab == WAITING else "",
            sort=sort if sort in SORTS else "",
        )

    def narrow(self, rows: SuggestionQuerySet, found: Sequence[int] = ()) -> SuggestionQuerySet:
        """Leave the rows asked for, in the order asked for; what is ready is examined later.

        `found` are the papers whose text answers the typed words (`finding`).
        """
        wanted = Q()
        if states := STATES_OF_TAB[self.tab]:
            wanted &= Q(state__in=states)
        if self.call:
            wanted &= Q(call__code=self.call)
        if self.author:
            wanted &= Q(author_id=self.author)
        if self.school == NONE:
            wanted &= Q(school="") | Q(school__isnull=True)
        elif self.school:
            wanted &= Q(school=self.school)
        if self.text:
            wanted &= (
                Q(title__icontains=self.text)
                | Q(pk__in=found)
                | Q(number__iexact=self.text)
                | Q(author__name__icontains=self.text)
            )
        ended = self.tab in ("sent", "all") and not self.sort
        return rows.filter(wanted).order_by(*ORDER["latest" if ended else self.sort], "pk")

    def keep(self, rows: list[UnitRow]) -> list[UnitRow]:
        """Leave the examined rows that can, or cannot yet, be handed in."""
        if not self.ready:
            return rows
        return [row for row in rows if row.is_ready == (self.ready == "yes")]

    @property
    def is_narrow(self) -> bool:
        return replace(self, tab=WAITING, sort="") != UnitWish()

    @property
    def address(self) -> str:
        return urlencode(
            {"tab": self.tab, **self.words, **({"sort": self.sort} if self.sort else {})}
        )

    @property
    def words(self) -> dict[str, str]:
        named = {
            "call": self.call,
            "school": self.school,
            "author": self.author,
            "ready": self.ready,
            "q": self.text,
        }
        return {name: word for name, word in named.items() if word}

    def tabs(self, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        return tabs_of(TABS, counts, self.tab)


@dataclass(frozen=True)
class UnitFilters:
    """The controls of the list and what is chosen now."""

    choices: list[Choice]
    chips: list[Chip]
    sorts: Options
    wish: UnitWish


def unit_filters(
    wish: UnitWish, address: Mapping[str, Any], *, user: User, rows: SuggestionQuerySet
) -> UnitFilters:
    """Offer the calls and authors that stand in the unit's list, and every school in use."""
    columns = ("call__code", "call__title", "call__title_en", "author_id", "author__name")
    found = list(rows.values(*columns).distinct().order_by("call__code", "author_id"))
    calls = {row["call__code"]: localized_column(row, "call__title") for row in found}
    choices = [
        Choice("call", _("批次"), list(calls.items()), wish.call),
        Choice("school", _("院系"), _schools(user.administered_ids), wish.school),
        Choice("author", _("填报人"), _authors(found), wish.author),
    ]
    if wish.tab == WAITING:
        choices.append(Choice("ready", _("预检"), list(READY.items()), wish.ready))
    return UnitFilters(choices, _chips(wish, choices, address), list(SORTS.items()), wish)


def _schools(units: Collection[int]) -> Options:
    return [*((name, name) for name in departments_of(units)), (NONE, _("（未填院系）"))]


def _authors(found: list[dict[str, Any]]) -> Options:
    names = {row["author_id"]: row["author__name"] for row in found}
    return [(str(pk), name) for pk, name in sorted(names.items(), key=lambda one: one[1])]


def _chips(wish: UnitWish, choices: list[Choice], address: Mapping[str, Any]) -> list[Chip]:
    words = {choice.name: f"{choice.label}：{choice.words}" for choice in choices}
    words["q"] = _("含“%(text)s”") % {"text": wish.text}
    return [Chip(words[name], without(address, name)) for name in wish.words]


def _clean(word: Any, longest: int) -> str:
    return str(word).replace("\0", "").strip()[:longest]
