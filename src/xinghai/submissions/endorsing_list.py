"""What a research office narrows its list by: its tabs, filters and orders."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.selectors import departments_of
from xinghai.kernel.humanize import localized_column
from xinghai.kernel.processes import HANDED_ON, RETURNED, WITH_UNIT
from xinghai.kernel.request_data import NONE
from xinghai.submissions import filters
from xinghai.submissions.endorsing import UnitRow
from xinghai.submissions.filters import (
    ALL,
    Choice,
    Control,
    Criteria,
    Filter,
    FilterSet,
    ListContext,
    Sort,
    Tab,
    read_number,
    read_one_of,
    read_text,
)
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.submissions.process import Process

WAITING = "waiting"
LATEST = "latest"
TABS = (
    Tab(WAITING, gettext_lazy("待审核"), WITH_UNIT),
    Tab("returned", gettext_lazy("已退回"), RETURNED),
    Tab("sent", gettext_lazy("已提交"), HANDED_ON, sort=LATEST),
    Tab(ALL, gettext_lazy("全部"), sort=LATEST),
)
SORTS = (
    Sort("", gettext_lazy("截止最近的在前"), (F("deadline").asc(nulls_last=True), "state_since")),
    Sort("since", gettext_lazy("等得最久的在前"), ("state_since",)),
    Sort(LATEST, gettext_lazy("最近变动的在前"), ("-state_since",)),
    Sort("school", gettext_lazy("按院系"), (F("school").asc(nulls_last=True), "author__name")),
    Sort("author", gettext_lazy("按填报人"), ("author__name", "state_since")),
)
READY = {"yes": gettext_lazy("可以提交"), "no": gettext_lazy("还不能提交")}
LONGEST_SCHOOL = 60


class CallFilter(filters.CallFilter):
    """One of the calls that stand in the unit's list."""

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        found = context.calls_and_authors
        named = {row["call__code"]: localized_column(row, "call__title") for row in found}
        options = sorted(named.items())
        return Choice(self.name, self.label, words.get(self.name, ""), options)


class SchoolFilter(Filter):
    """The author's school in the unit; the list annotates it."""

    name, label = "school", gettext_lazy("院系")

    def read(self, word: str) -> str:
        return read_text(word, LONGEST_SCHOOL)

    def q(self, word: str, context: ListContext) -> Q:
        return Q(school="") | Q(school__isnull=True) if word == NONE else Q(school=word)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        named = [(name, name) for name in departments_of(context.reader.administered_ids)]
        options = [*named, (NONE, _("（未填院系）"))]
        return Choice(self.name, self.label, words.get(self.name, ""), options)


class AuthorFilter(Filter):
    """One of the authors that stand in the unit's list."""

    name, label = "author", gettext_lazy("填报人")

    def read(self, word: str) -> str:
        return read_number(word)

    def q(self, word: str, context: ListContext) -> Q:
        return Q(author_id=word)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        named = {str(row["author_id"]): row["author__name"] for row in context.calls_and_authors}
        options = list(named.items())
        return Choice(self.name, self.label, words.get(self.name, ""), options)


class ReadyFilter(Filter):
    """Whether it can be handed in; found by examining the rows, so it narrows no query."""

    name, label, tabs = "ready", gettext_lazy("预检"), (WAITING,)

    def read(self, word: str) -> str:
        return read_one_of(word, READY)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        return Choice(self.name, self.label, words.get(self.name, ""), list(READY.items()))


class TextFilter(filters.TextFilter):
    """Typed words: the title, the number, the author, or what the full text answers."""

    label = gettext_lazy("文字、编号或填报人")

    def narrow(
        self, rows: SubmissionQuerySet, word: str, context: ListContext
    ) -> SubmissionQuerySet:
        named = Q(title__icontains=word) | Q(author__name__icontains=word)
        return rows.filter(named | Q(pk__in=context.found) | Q(number__iexact=word))


FILTERS: tuple[type[Filter], ...] = (
    CallFilter,
    SchoolFilter,
    AuthorFilter,
    ReadyFilter,
    TextFilter,
)


def endorsing_filters(process: Process) -> FilterSet:
    """Return the filters of a research office's list of one process."""
    return FilterSet(process, TABS, tuple(one(process) for one in FILTERS), SORTS)


def keep_ready(criteria: Criteria, rows: list[UnitRow]) -> list[UnitRow]:
    """Leave the examined rows that can, or cannot yet, be handed in, where that was asked."""
    asked: Any = criteria.words.get(ReadyFilter.name)
    return [row for row in rows if row.is_ready == (asked == "yes")] if asked else rows
