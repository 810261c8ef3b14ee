"""What a list is narrowed by: tabs by phases, one class per filter, and what is chosen now.

A filter knows its word in the address, which rows the word leaves, the control that sets it and
the words of its chip. A `FilterSet` is the filters of one list; `Criteria` is what one address
asks of it. Words nobody knows are ignored, so that old links and saved views still work.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import Office, User
from xinghai.kernel.processes import Label, Phase
from xinghai.kernel.request_data import NONE, is_number
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.submissions.process import Process

SLUG = re.compile(r"[-\w]{1,50}", re.ASCII)
ALL = "all"
LONGEST_TEXT = 100
# Days outside cannot be counted with, in Python or in the database.
EARLIEST_DAY, LATEST_DAY = date(1901, 1, 1), date(8999, 12, 31)
Options = list[tuple[str, Any]]


@dataclass(frozen=True)
class Tab:
    """A part of a list, by phases; a process may name states of its own. Neither: every row."""

    name: str
    label: Label
    phases: tuple[Phase, ...] = ()
    states: tuple[str, ...] = ()
    except_for: tuple[str, ...] = ()
    # The order of its rows where none is chosen.
    sort: str = ""

    def states_of(self, process: Process) -> tuple[str, ...]:
        """Return the names of the states it holds; nothing where it holds every row."""
        named = (*process.states(*self.phases), *self.states) if self.phases else self.states
        return tuple(name for name in named if name not in self.except_for)


@dataclass(frozen=True)
class Sort:
    """An order of the list; the one without a name is taken where nothing is chosen."""

    name: str
    label: Label
    order: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class ListContext:
    """Who reads a list, when, and the rows it begins with.

    `office` is whose list it is, None for a list over all offices. `found` are the records whose
    text answers the typed words, the best first.
    """

    reader: User
    now: datetime
    rows: SubmissionQuerySet
    office: Office | None = None
    found: Sequence[int] = ()

    @cached_property
    def calls_and_authors(self) -> list[dict[str, Any]]:
        """Which calls and authors stand in the rows together, in one statement for both filters."""
        columns = ("call__code", "call__title", "call__title_en", "author_id", "author__name")
        return list(self.rows.order_by("author__name", "call__code").values(*columns).distinct())


@dataclass(frozen=True)
class Control:
    """What sets a filter on the page; drop-downs stand before days, days before boxes."""

    name: str
    label: Any
    value: str
    template: ClassVar[str]
    rank: ClassVar[int] = 0

    @property
    def words(self) -> str:
        """Return what the chosen value is called."""
        return self.value


@dataclass(frozen=True)
class Choice(Control):
    """A drop-down."""

    options: Options = field(default_factory=list)
    template: ClassVar[str] = "submissions/filters/choice.html"

    @property
    def words(self) -> str:
        """Return what the chosen value is called; an unknown one is named as it stands."""
        if self.value == NONE and NONE not in dict(self.options):
            return _("（无）")
        return str(dict(self.options).get(self.value, self.value))


@dataclass(frozen=True)
class DayInput(Control):
    """A calendar day."""

    template: ClassVar[str] = "submissions/filters/day.html"
    rank: ClassVar[int] = 1


@dataclass(frozen=True)
class Checkbox(Control):
    """Chosen or not."""

    template: ClassVar[str] = "submissions/filters/checkbox.html"
    rank: ClassVar[int] = 2


class Filter:
    """One way to narrow a list."""

    # Its word in the address, and what the page calls it.
    name: ClassVar[str]
    label: ClassVar[Label] = ""
    # Words that mean nothing without this one: a type belongs to its call.
    governs: ClassVar[tuple[str, ...]] = ()
    # The tabs it is offered in; empty for all of them.
    tabs: ClassVar[tuple[str, ...]] = ()
    # An address that names it and no tab means every row it leaves, whatever the tab.
    opens_every_tab: ClassVar[bool] = False

    def __init__(self, process: Process) -> None:
        self.process = process

    def read(self, word: str) -> str:
        """Return the word as the list knows it; "" where it means nothing here."""
        raise NotImplementedError

    def q(self, word: str, context: ListContext) -> Q:
        """Return which rows the word leaves."""
        return Q()

    def narrow(
        self, rows: SubmissionQuerySet, word: str, context: ListContext
    ) -> SubmissionQuerySet:
        return rows.filter(self.q(word, context))

    def control(self, words: Mapping[str, str], context: ListContext) -> Control | None:
        """Return what sets it on this list; `words` are those of all filters."""
        return None

    def chip(self, word: str, control: Control | None) -> str:
        """Say what is chosen."""
        return f"{self.label}：{control.words if control else word}"


class CallFilter(Filter):
    """One call, by its code."""

    name, label, governs = "call", gettext_lazy("批次"), ("category", "domain")

    def read(self, word: str) -> str:
        return read_code(word)

    def q(self, word: str, context: ListContext) -> Q:
        return Q(call__code=word)


class TextFilter(Filter):
    """Typed words: a number, a part of the title or the unit, or what the full text answers."""

    name, label = "q", gettext_lazy("文字、编号或单位")

    def read(self, word: str) -> str:
        return read_text(word)

    def narrow(
        self, rows: SubmissionQuerySet, word: str, context: ListContext
    ) -> SubmissionQuerySet:
        return rows.mentioning(word, context.found)

    def chip(self, word: str, control: Control | None) -> str:
        return _("含“%(text)s”") % {"text": word}


@dataclass(frozen=True)
class Chip:
    """One active filter; following `address` takes it away."""

    label: str
    address: str


@dataclass(frozen=True)
class Relief:
    """A filter that may be dropped from an empty list, and how many rows that would bring."""

    chip: Chip
    count: int


@dataclass(frozen=True)
class ListControls:
    """The controls of a list and the chips of what is chosen now."""

    criteria: "Criteria"
    search_label: Label
    controls: list[Control]
    chips: list[Chip]


@dataclass(frozen=True)
class FilterSet:
    """The tabs and filters of one list, the filters in the order of its address.

    The first tab is opened where the address names none. A tab `all` holds every row.
    """

    process: Process
    tabs: tuple[Tab, ...]
    filters: tuple[Filter, ...]
    sorts: tuple[Sort, ...] = ()

    def read(self, address: Mapping[str, Any], *, tab: str = "") -> "Criteria":
        """Read an address; `tab` is opened where it names none, the first one by default."""
        known = {one.name for one in self.tabs}
        words = {one.name: one.read(str(address.get(one.name, ""))) for one in self.filters}
        first = tab or self.tabs[0].name
        is_wide = any(words[one.name] for one in self.filters if one.opens_every_tab)
        chosen = str(address.get("tab", ALL if is_wide else first))
        chosen = chosen if chosen in known else first
        offered = {one.name for one in self.filters if not one.tabs or chosen in one.tabs}
        words = {name: word for name, word in words.items() if word and name in offered}
        sort = str(address.get("sort", ""))
        sort = sort if sort in {one.name for one in self.sorts} else ""
        return Criteria(self, chosen, words, sort)


@dataclass(frozen=True)
class Criteria:
    """What one address asks of a list: a tab, the words of its filters and an order."""

    filter_set: FilterSet
    tab: str
    words: dict[str, str]
    sort: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """Return the states of the chosen tab; nothing where it holds every row."""
        return self._chosen_tab.states_of(self.filter_set.process)

    @property
    def _chosen_tab(self) -> Tab:
        return next(one for one in self.filter_set.tabs if one.name == self.tab)

    @property
    def text(self) -> str:
        return self.words.get("q", "")

    @property
    def is_narrow(self) -> bool:
        return bool(self.words)

    @property
    def address(self) -> str:
        """Return the list's address in one order: equal criteria have equal addresses."""
        order = {"sort": self.sort} if self.sort else {}
        return urlencode({"tab": self.tab, **self.words, **order})

    @property
    def sorts(self) -> tuple[Sort, ...]:
        return self.filter_set.sorts

    def without(self, name: str) -> "Criteria":
        """Drop one filter, and those that mean nothing without it."""
        governed = {one.name: one.governs for one in self.filter_set.filters}
        gone = {name, *governed.get(name, ())}
        return replace(self, words={one: w for one, w in self.words.items() if one not in gone})

    def narrow(self, context: ListContext) -> SubmissionQuerySet:
        """Return the rows asked for, in the order asked for."""
        rows = context.rows
        if self.states:
            rows = rows.filter(state__in=self.states)
        for one in self._active:
            rows = one.narrow(rows, self.words[one.name], context)
        asked = self.sort or self._chosen_tab.sort
        order = next((one.order for one in self.sorts if one.name == asked), ())
        return rows.order_by(*order, "pk") if order else rows

    @property
    def _active(self) -> list[Filter]:
        return [one for one in self.filter_set.filters if one.name in self.words]

    def known_count(self, counts: Mapping[str, int]) -> int | None:
        """Return how many rows are left, where the counts of the states tell it already."""
        if self.is_narrow:
            return None
        return sum(counts.get(state, 0) for state in self.states or (ALL,))

    def tabs(self, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        """Return the tabs with the number of their rows."""
        process = self.filter_set.process
        return [
            {
                "name": one.name,
                "label": one.label,
                "count": sum(counts.get(state, 0) for state in one.states_of(process) or (ALL,)),
                "is_current": one.name == self.tab,
            }
            for one in self.filter_set.tabs
        ]

    def controls(self, context: ListContext) -> ListControls:
        """Return what the page offers to narrow by, and what is chosen."""
        found: dict[str, Control] = {}
        for one in self.filter_set.filters:
            is_offered = not one.tabs or self.tab in one.tabs
            if is_offered and (control := one.control(self.words, context)):
                found[one.name] = control
        chips = [self._chip(one, found.get(one.name)) for one in self._active]
        labels = {one.name: one.label for one in self.filter_set.filters}
        ordered = sorted(found.values(), key=lambda one: one.rank)
        return ListControls(self, labels.get(TextFilter.name, ""), ordered, chips)

    def _chip(self, one: Filter, control: Control | None) -> Chip:
        label = one.chip(self.words[one.name], control)
        return Chip(label, f"?{self.without(one.name).address}")

    def reliefs(self, chips: Sequence[Chip], context: ListContext) -> list[Relief]:
        """Say for each chip how many rows the list would hold without it; for empty lists."""
        found = [
            Relief(chip, self.without(one.name).narrow(context).order_by().count())
            for one, chip in zip(self._active, chips, strict=True)
        ]
        return sorted(found, key=lambda relief: -relief.count)


def read_code(word: str) -> str:
    return word if SLUG.fullmatch(word) else ""


def read_number(word: str, *known: str) -> str:
    """Return a number, or one of the words that stand for none."""
    return word if is_number(word) or word in known else ""


def read_one_of(word: str, known: Collection[str]) -> str:
    return word if word in known else ""


def read_text(word: str, longest: int = LONGEST_TEXT) -> str:
    return word.replace("\0", "").strip()[:longest]


def read_day(word: Any) -> date | None:
    """Return a day as the address writes it; None for a year no calendar of ours knows."""
    try:
        found = date.fromisoformat(str(word))
    except ValueError:
        return None
    return found if EARLIEST_DAY <= found <= LATEST_DAY else None


def none_or(relation: str, column: str, word: str) -> Q:
    """Return the rows of one value, or those without any where the word says so."""
    return Q(**{f"{relation}__isnull": True}) if word == NONE else Q(**{column: word})
