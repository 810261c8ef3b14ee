"""What a list offers to narrow it by, and what is chosen now, in words that can be taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.kinds import District
from xinghai.accounts.models import Office
from xinghai.accounts.selectors import every_office
from xinghai.calls.models import Call, Category, Domain
from xinghai.kernel.humanize import day_words, localized
from xinghai.kernel.request_data import NONE
from xinghai.submissions.states import TRIAGE
from xinghai.suggestions.inside import colleagues_of
from xinghai.suggestions.models import SuggestionQuerySet
from xinghai.suggestions.queues import GONE, ME, Wish
from xinghai.suggestions.states import RECEIVED, SUGGESTION

Options = list[tuple[str, Any]]
AGE_WORDS = {"7": gettext_lazy("等候超过 7 天"), "14": gettext_lazy("等候超过 14 天")}


@dataclass(frozen=True)
class Choice:
    """One drop-down of a list."""

    name: str
    label: Any
    options: Options
    value: str

    @property
    def words(self) -> str:
        """What the chosen value is called; an unknown one is named as it stands."""
        if self.value == NONE and NONE not in dict(self.options):
            return _("（无）")
        return str(dict(self.options).get(self.value, self.value))


@dataclass(frozen=True)
class Chip:
    """One active filter; following `address` takes it away."""

    label: str
    address: str


@dataclass(frozen=True)
class Filters:
    """The controls of a list, those often used first, and what is chosen now."""

    often: list[Choice]
    seldom: list[Choice]
    chips: list[Chip]
    wish: Wish


def filters_of(wish: Wish, address: Mapping[str, Any], *, office: Office | None) -> Filters:
    """Return the filters of an office's own list, or of every office's (`office` is None)."""
    often, seldom = _of_calls(wish), [_states(wish, office), _ages(wish), _handlers(wish, office)]
    if office is None:
        seldom.append(_offices(wish))
    seldom.append(Choice("district", _("区市县"), list(District.choices), wish.district))
    return Filters(often, seldom, _chips(wish, [*often, *seldom], address), wish)


def _of_calls(wish: Wish) -> list[Choice]:
    """Return calls, and the types and domains (of the chosen call)."""
    issued = Call.objects.issued().only("code", "title", "title_en")
    calls: Options = [(call.code, localized(call, "title")) for call in issued]
    of_call = {"call__code": wish.call} if wish.call else {}
    categories = Category.objects.filter(is_accepting=True, **of_call).order_by("call", "position")
    domains = Domain.objects.filter(is_listed=True, **of_call).order_by("call", "position")
    return [
        Choice("call", _("批次"), calls, wish.call),
        Choice("category", _("类型"), _named(categories, of_call), wish.category),
        Choice("domain", _("领域"), _named(domains, of_call), wish.domain),
    ]


def _named(rows: Any, of_call: Mapping[str, Any]) -> Options:
    """Options of one call by name; of several calls the call's code stands in front."""
    found = rows.select_related("call").only("name", "name_en", "call__code")
    return [
        (str(one.pk), localized(one) if of_call else f"{one.call.code} {localized(one)}")
        for one in found
    ]


def _states(wish: Wish, office: Office | None) -> Choice:
    known = [name for name in RECEIVED if office is None or name != TRIAGE]
    options: Options = [(name, SUGGESTION.state_by_name[name].label) for name in known]
    if "," in wish.state:
        several = wish.state.split(",")
        words = _("、").join(str(SUGGESTION.state_by_name[name].label) for name in several)
        options.append((wish.state, words))
    return Choice("state", _("状态"), options, wish.state)


def _ages(wish: Wish) -> Choice:
    return Choice("age", _("等候"), list(AGE_WORDS.items()), wish.age)


def _handlers(wish: Wish, office: Office | None) -> Choice:
    special: Options = [(ME, _("我经办的")), (NONE, _("还没有经办人")), (GONE, _("经办人已离开"))]
    if office is None:
        return Choice("handler", _("经办人"), special, wish.handler)
    people = [(str(one.pk), one.name) for one in colleagues_of(office)]
    return Choice("handler", _("经办人"), [*special, *people], wish.handler)


def _offices(wish: Wish) -> Choice:
    """By code; a link may also name an office by its number."""
    offices = list(every_office())
    options: Options = [(one.code, localized(one)) for one in offices]
    by_number = {str(one.pk): one.code for one in offices}
    value = by_number.get(wish.office, wish.office)
    return Choice("office", _("处室"), [*options, (NONE, _("还没有处室"))], value)


def _chips(wish: Wish, choices: list[Choice], address: Mapping[str, Any]) -> list[Chip]:
    words = {choice.name: f"{choice.label}：{choice.words}" for choice in choices}
    words |= {
        "q": _("含“%(text)s”") % {"text": wish.text},
        "overdue": _("过了修改期限"),
        "decided": _("最近 30 天办结"),
        "from": _("%(day)s 起提交") % {"day": day_words(wish.since) if wish.since else ""},
        "to": _("%(day)s 前提交（含当天）") % {"day": day_words(wish.until) if wish.until else ""},
    }
    return [Chip(words[name], without(address, name)) for name in wish.words]


@dataclass(frozen=True)
class Relief:
    """A filter that may be dropped from an empty list, and how many rows that would bring."""

    chip: Chip
    count: int


def reliefs(
    filters: Filters,
    rows: SuggestionQuerySet,
    *,
    now: datetime,
    reader: int,
    words: Sequence[int] = (),
) -> list[Relief]:
    """Say for each active filter what the list would hold without it; only for empty lists."""
    found = []
    for chip in filters.chips:
        wish = Wish.from_address(QueryDict(chip.address.removeprefix("?")), tab=filters.wish.tab)
        left = wish.narrow(rows, now=now, reader=reader, found=words).order_by()
        found.append(Relief(chip, left.count()))
    return sorted(found, key=lambda relief: -relief.count)


def without(address: Any, name: str) -> str:
    """Return the address without one filter; the page begins anew, types hang on their call."""
    left = address.copy()
    gone = {"call": ("call", "category", "domain")}.get(name, (name,))
    for word in (*gone, "page"):
        left.pop(word, None)
    return f"?{left.urlencode()}"
