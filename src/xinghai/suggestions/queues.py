"""What a list is asked for: the words in its address, and the rows they leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinghai.calls.models import Call, Category, Domain
from xinghai.kernel.posted import is_number
from xinghai.kernel.words import said
from xinghai.suggestions.models import SuggestionQuerySet
from xinghai.suggestions.states import AT_OFFICE, DECIDED, POOLED, RECEIVED, RETURNED

TABS = (
    ("todo", _("待办"), AT_OFFICE),
    ("returned", _("已退回"), (RETURNED,)),
    ("pooled", _("建议库"), (POOLED,)),
    ("done", _("已办结"), tuple(state for state in DECIDED if state != POOLED)),
    ("all", _("全部"), ()),
)
STATES_OF_TAB = {name: states for name, _label, states in TABS}


@dataclass(frozen=True)
class Wish:
    """The filters a person chose; unknown words are ignored, so that old links still work."""

    tab: str = "todo"
    call: str = ""
    category: str = ""
    domain: str = ""
    text: str = ""
    overdue: bool = False

    @classmethod
    def from_address(cls, words: Mapping[str, Any], *, tab: str = "todo") -> "Wish":
        chosen = str(words.get("tab", tab))
        return cls(
            tab=chosen if chosen in STATES_OF_TAB else tab,
            call=str(words.get("call", "")),
            category=_number(words.get("category", "")),
            domain=_number(words.get("domain", "")),
            text=str(words.get("q", "")).strip()[:100],
            overdue=bool(words.get("overdue")),
        )

    def narrow(self, rows: SuggestionQuerySet, *, today: date) -> SuggestionQuerySet:
        """Leave the rows that were asked for."""
        wanted = Q()
        if states := STATES_OF_TAB[self.tab]:
            wanted &= Q(state__in=states)
        if self.call:
            wanted &= Q(call__code=self.call)
        if self.category:
            wanted &= Q(assigned_category_id=self.category)
        if self.domain:
            wanted &= Q(assigned_domain_id=self.domain)
        if self.overdue:
            wanted &= Q(due_on__lt=today)
        rows = rows.filter(wanted)
        return rows.mentioning(self.text) if self.text else rows

    @property
    def is_narrow(self) -> bool:
        return bool(self.call or self.category or self.domain or self.text or self.overdue)


def _number(word: Any) -> str:
    return str(word) if is_number(str(word)) else ""


def filter_choices(wish: Wish) -> list[dict[str, Any]]:
    """Return the drop-downs of a list: calls, types and domains (of the chosen call)."""
    issued = Call.objects.issued().only("code", "title", "title_en")
    calls = [(call.code, said(call, "title")) for call in issued]
    of_call = {"call__code": wish.call} if wish.call else {}
    categories = Category.objects.filter(is_accepting=True, **of_call).order_by("call", "position")
    domains = Domain.objects.filter(is_listed=True, **of_call).order_by("call", "position")
    return [
        {"name": "call", "label": _("批次"), "options": calls, "value": wish.call},
        {
            "name": "category",
            "label": _("类型"),
            "options": _named(categories, of_call),
            "value": wish.category,
        },
        {
            "name": "domain",
            "label": _("领域"),
            "options": _named(domains, of_call),
            "value": wish.domain,
        },
    ]


def _named(rows: Any, of_call: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Options of one call by name; of several calls the call's code stands in front."""
    found = rows.select_related("call").only("name", "name_en", "call__code")
    return [
        (str(one.pk), said(one) if of_call else f"{one.call.code} {said(one)}") for one in found
    ]


def known_count(counts: Mapping[str, int], wish: Wish) -> int | None:
    """Return how many rows the wish leaves where the counts of the states tell it already."""
    if wish.is_narrow:
        return None
    return sum(counts.get(state, 0) for state in STATES_OF_TAB[wish.tab] or ("all",))


def tabs_with_counts(counts: Mapping[str, int], wish: Wish) -> list[dict[str, Any]]:
    return _tabs(TABS, counts, wish.tab)


def _tabs(tabs: Any, counts: Mapping[str, int], current: str) -> list[dict[str, Any]]:
    """Return the tabs of a list; a tab without states stands for all rows."""
    return [
        {
            "name": name,
            "label": label,
            "count": sum(counts.get(state, 0) for state in states or ("all",)),
            "is_current": name == current,
        }
        for name, label, states in tabs
    ]


UNIT_TABS = (
    ("waiting", _("待审核"), ("unit_review",)),
    ("returned", _("已退回"), ("returned",)),
    ("sent", _("已提交"), RECEIVED),
    ("all", _("全部"), ()),
)


@dataclass(frozen=True)
class UnitWish:
    """What a research office asks its list for."""

    tab: str = "waiting"
    text: str = ""

    @classmethod
    def from_address(cls, words: Mapping[str, Any]) -> "UnitWish":
        chosen = str(words.get("tab", ""))
        known = {name for name, _label, _states in UNIT_TABS}
        text = str(words.get("q", "")).strip()[:100]
        return cls(tab=chosen if chosen in known else "waiting", text=text)

    def narrow(self, rows: SuggestionQuerySet) -> SuggestionQuerySet:
        states = next(states for name, _label, states in UNIT_TABS if name == self.tab)
        rows = rows.filter(state__in=states) if states else rows
        if not self.text:
            return rows
        return rows.filter(
            Q(title__icontains=self.text)
            | Q(number__iexact=self.text)
            | Q(author__name__icontains=self.text)
        )

    def tabs(self, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        return _tabs(UNIT_TABS, counts, self.tab)
