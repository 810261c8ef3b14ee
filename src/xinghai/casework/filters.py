"""The filters of the bureau's lists: one class each, in the order of the address."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.city import known_districts
from xinghai.accounts.selectors import every_office
from xinghai.calls.models import Call, Category, Domain
from xinghai.casework.selectors import colleagues_of, handler_gone
from xinghai.kernel.humanize import day_words, localized
from xinghai.kernel.processes import AT_OFFICE, RECEIVED, WITH_BUREAU, Phase
from xinghai.kernel.request_data import NONE
from xinghai.submissions import filters
from xinghai.submissions.filters import (
    ALL,
    Checkbox,
    Choice,
    Control,
    DayInput,
    Filter,
    ListContext,
    Options,
    Tab,
    TextFilter,
    none_or,
    read_code,
    read_day,
    read_number,
    read_one_of,
)

TODO = "todo"
# "me", "somebody who has left": words that stand for no number.
ME, GONE = "me", "gone"
AGES = {"7": gettext_lazy("等候超过 7 天"), "14": gettext_lazy("等候超过 14 天")}
LATELY = ("30",)
LONGEST_STATES = 200


def standard_tabs(*own: Tab) -> tuple[Tab, ...]:
    """Return the tabs of every worklist; a process's own stand before what is done otherwise."""
    named = tuple(state for tab in own for state in tab.states)
    return (
        Tab(TODO, gettext_lazy("待办"), AT_OFFICE),
        Tab("returned", gettext_lazy("已退回"), (Phase.CORRECTING,)),
        *own,
        Tab("done", gettext_lazy("已办结"), (Phase.DECIDED,), except_for=named),
        Tab(ALL, gettext_lazy("全部")),
    )


class CallFilter(filters.CallFilter):
    """One of the calls that have been issued for the process."""

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        issued = (
            Call.objects.issued().filter(kind=self.process.key).only("code", "title", "title_en")
        )
        options = [(call.code, localized(call, "title")) for call in issued]
        return Choice(self.name, self.label, words.get(self.name, ""), options)


class CategoryFilter(Filter):
    """The type the office found; of the chosen call, or of every call with its code in front."""

    name, label = "category", gettext_lazy("类型")

    def read(self, word: str) -> str:
        return read_number(word)

    def q(self, word: str, context: ListContext) -> Q:
        return Q(assigned_category_id=word)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        rows = Category.objects.filter(is_accepting=True)
        return _of_call(self, rows, words)


class DomainFilter(Filter):
    """The domain the office found."""

    name, label = "domain", gettext_lazy("领域")

    def read(self, word: str) -> str:
        return read_number(word, NONE)

    def q(self, word: str, context: ListContext) -> Q:
        return none_or("assigned_domain", "assigned_domain_id", word)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        return _of_call(self, Domain.objects.filter(is_listed=True), words)


def _of_call(one: Filter, rows: Any, words: Mapping[str, str]) -> Choice:
    """Return a choice of one call's types or domains; of several calls each says which."""
    code = words.get("call", "")
    found = (rows.filter(call__code=code) if code else rows).order_by("call", "position")
    named = found.select_related("call").only("name", "name_en", "call__code")
    options = [
        (str(row.pk), localized(row) if code else f"{row.call.code} {localized(row)}")
        for row in named
    ]
    return Choice(one.name, one.label, words.get(one.name, ""), options)


class OverdueFilter(Filter):
    """The day the office asked a correction for has passed."""

    name, label = "overdue", gettext_lazy("只看过了修改期限的")

    def read(self, word: str) -> str:
        return "1" if word else ""

    def q(self, word: str, context: ListContext) -> Q:
        return Q(due_on__lt=timezone.localdate(context.now))

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        return Checkbox(self.name, self.label, words.get(self.name, ""))

    def chip(self, word: str, control: Control | None) -> str:
        return _("过了修改期限")


class StateFilter(Filter):
    """One state or several with commas between them; one unknown word and none is meant."""

    name, label, opens_every_tab = "state", gettext_lazy("状态"), True

    def read(self, word: str) -> str:
        named = word[:LONGEST_STATES].split(",")
        return ",".join(named) if set(named) <= set(self.process.states(*RECEIVED)) else ""

    def q(self, word: str, context: ListContext) -> Q:
        return Q(state__in=word.split(","))

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        states, chosen = self.process.workflow.state_by_name, words.get(self.name, "")
        unrouted = () if context.office is None else self.process.states(Phase.UNROUTED)
        known = [name for name in self.process.states(*RECEIVED) if name not in unrouted]
        options: Options = [(name, states[name].label) for name in known]
        if "," in chosen:
            several = _("、").join(str(states[name].label) for name in chosen.split(","))
            options.append((chosen, several))
        return Choice(self.name, self.label, chosen, options)


class OfficeFilter(Filter):
    """The office that has it, by code or number; offered on lists over all offices."""

    name, label = "office", gettext_lazy("处室")

    def read(self, word: str) -> str:
        # Digits too many for the column name no office.
        return read_number(word) if word.isdecimal() else read_code(word)

    def q(self, word: str, context: ListContext) -> Q:
        return none_or("office", "office_id" if word.isdecimal() else "office__code", word)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control | None:
        if context.office is not None:
            return None
        offices, word = list(every_office()), words.get(self.name, "")
        options: Options = [(one.code, localized(one)) for one in offices]
        code_of = {str(one.pk): one.code for one in offices}
        options.append((NONE, _("还没有处室")))
        return Choice(self.name, self.label, code_of.get(word, word), options)


class DistrictFilter(Filter):
    """The district of the author's unit."""

    name, label = "district", gettext_lazy("区市县")

    def read(self, word: str) -> str:
        return read_one_of(word, dict(known_districts()))

    def q(self, word: str, context: ListContext) -> Q:
        return Q(organisation__district=word)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        return Choice(self.name, self.label, words.get(self.name, ""), known_districts())


class HandlerFilter(Filter):
    """Who works on it: the reader, nobody, somebody who has left, or one colleague."""

    name, label = "handler", gettext_lazy("经办人")

    def read(self, word: str) -> str:
        return read_number(word, ME, NONE, GONE)

    def q(self, word: str, context: ListContext) -> Q:
        if word == GONE:
            return handler_gone()
        asked = str(context.reader.pk) if word == ME else word
        return none_or("handler", "handler_id", asked)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        options: Options = [
            (ME, _("我经办的")),
            (NONE, _("还没有经办人")),
            (GONE, _("经办人已离开")),
        ]
        if context.office is not None:
            options += [(str(one.pk), one.name) for one in colleagues_of(context.office)]
        return Choice(self.name, self.label, words.get(self.name, ""), options)


class AgeFilter(Filter):
    """It has waited for the bureau longer than so many days."""

    name, label = "age", gettext_lazy("等候")

    def read(self, word: str) -> str:
        return read_one_of(word, AGES)

    def q(self, word: str, context: ListContext) -> Q:
        slow = context.now - timedelta(days=int(word))
        return Q(state__in=self.process.states(*WITH_BUREAU), state_since__lt=slow)

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        return Choice(self.name, self.label, words.get(self.name, ""), list(AGES.items()))


class DecidedFilter(Filter):
    """Decided in the last days; figures link to it, no control sets it."""

    name = "decided"

    def read(self, word: str) -> str:
        return read_one_of(word, LATELY)

    def q(self, word: str, context: ListContext) -> Q:
        lately = context.now - timedelta(days=int(word))
        return Q(state__in=self.process.states(Phase.DECIDED), state_since__gte=lately)

    def chip(self, word: str, control: Control | None) -> str:
        return _("最近 30 天办结")


class _DayFilter(Filter):
    """A day of submission."""

    def read(self, word: str) -> str:
        day = read_day(word)
        return day.isoformat() if day else ""

    def control(self, words: Mapping[str, str], context: ListContext) -> Control:
        return DayInput(self.name, self.label, words.get(self.name, ""))


class SinceFilter(_DayFilter):
    """Submitted on this day or later."""

    name, label = "from", gettext_lazy("提交日期从")

    def q(self, word: str, context: ListContext) -> Q:
        return Q(submitted_at__gte=_midnight(date.fromisoformat(word)))

    def chip(self, word: str, control: Control | None) -> str:
        return _("%(day)s 起提交") % {"day": day_words(date.fromisoformat(word))}


class UntilFilter(_DayFilter):
    """Submitted on this day or earlier."""

    name, label = "to", gettext_lazy("到（含当天）")

    def q(self, word: str, context: ListContext) -> Q:
        return Q(submitted_at__lt=_midnight(date.fromisoformat(word) + timedelta(days=1)))

    def chip(self, word: str, control: Control | None) -> str:
        return _("%(day)s 前提交（含当天）") % {"day": day_words(date.fromisoformat(word))}


STANDARD_FILTERS: tuple[type[Filter], ...] = (
    CallFilter,
    CategoryFilter,
    DomainFilter,
    TextFilter,
    OverdueFilter,
    StateFilter,
    OfficeFilter,
    DistrictFilter,
    HandlerFilter,
    AgeFilter,
    DecidedFilter,
    SinceFilter,
    UntilFilter,
)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
