"""What a list is asked for: the words in its address, and the rows they leave."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.kinds import OFFICER_ROLES, District
from xinghai.kernel.request_data import NONE, is_number
from xinghai.submissions.states import RETURNED_BY_OFFICE
from xinghai.suggestions.models import SuggestionQuerySet
from xinghai.suggestions.states import AT_OFFICE, DECIDED, POOLED, RECEIVED, WAITING

TABS = (
    ("todo", _("待办"), AT_OFFICE),
    ("returned", _("已退回"), (RETURNED_BY_OFFICE,)),
    ("pooled", _("建议库"), (POOLED,)),
    ("done", _("已办结"), tuple(state for state in DECIDED if state != POOLED)),
    ("all", _("全部"), ()),
)
# "me", "somebody who has left": words that stand for no number.
ME, GONE = "me", "gone"
AGES = ("7", "14")
LATELY = ("30",)
SLUG = re.compile(r"[-\w]{1,50}", re.ASCII)
STATES_OF_TAB = {name: states for name, _label, states in TABS}


@dataclass(frozen=True)
class Wish:
    """The filters a person chose; unknown words are ignored, so that old links still work.

    Every word of a list's address stands here once: other pages link to rows by these words.
    """

    tab: str = "todo"
    call: str = ""
    category: str = ""
    domain: str = ""
    text: str = ""
    overdue: bool = False
    state: str = ""
    office: str = ""
    district: str = ""
    handler: str = ""
    age: str = ""
    decided: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def from_address(cls, words: Mapping[str, Any], *, tab: str = "todo") -> "Wish":
        """Read the address; a state without a tab means that state wherever it stands."""
        state = _some_of(words.get("state", ""), RECEIVED)
        chosen = str(words.get("tab", "all" if state else tab))
        return cls(
            tab=chosen if chosen in STATES_OF_TAB else tab,
            call=_code(words.get("call", "")),
            category=_number(words.get("category", "")),
            domain=_number(words.get("domain", ""), NONE),
            text=str(words.get("q", "")).replace("\0", "").strip()[:100],
            overdue=bool(words.get("overdue")),
            state=state,
            office=_code_or_number(words.get("office", "")),
            district=_one_of(words.get("district", ""), District.values),
            handler=_number(words.get("handler", ""), ME, NONE, GONE),
            age=_one_of(words.get("age", ""), AGES),
            decided=_one_of(words.get("decided", ""), LATELY),
            since=day_of(words.get("from", "")),
            until=day_of(words.get("to", "")),
        )

    def narrow(
        self,
        rows: SuggestionQuerySet,
        *,
        now: datetime,
        reader: int,
        found: Sequence[int] = (),
    ) -> SuggestionQuerySet:
        """Leave the rows that were asked for; `reader` is whom "me" means.

        `found` are the suggestions whose text answers the typed words (`finding`).
        """
        wanted = self._of_words() & self._of_people(reader) & self._of_days(now)
        rows = rows.filter(wanted)
        return rows.mentioning(self.text, found) if self.text else rows

    def _of_words(self) -> Q:
        wanted = Q()
        if states := STATES_OF_TAB[self.tab]:
            wanted &= Q(state__in=states)
        if self.state:
            wanted &= Q(state__in=self.state.split(","))
        if self.call:
            wanted &= Q(call__code=self.call)
        if self.category:
            wanted &= Q(assigned_category_id=self.category)
        if self.domain:
            wanted &= _or_none("assigned_domain", "assigned_domain_id", self.domain)
        if self.district:
            wanted &= Q(organisation__district=self.district)
        if self.office:
            by = "office_id" if self.office.isdecimal() else "office__code"
            wanted &= _or_none("office", by, self.office)
        return wanted

    def _of_people(self, reader: int) -> Q:
        if self.handler == GONE:
            return handler_gone()
        if not self.handler:
            return Q()
        asked = str(reader) if self.handler == ME else self.handler
        return _or_none("handler", "handler_id", asked)

    def _of_days(self, now: datetime) -> Q:
        wanted = Q()
        if self.overdue:
            wanted &= Q(due_on__lt=timezone.localdate(now))
        if self.age:
            slow = now - timedelta(days=int(self.age))
            wanted &= Q(state__in=WAITING, state_since__lt=slow)
        if self.decided:
            lately = now - timedelta(days=int(self.decided))
            wanted &= Q(state__in=DECIDED, state_since__gte=lately)
        if self.since:
            wanted &= Q(submitted_at__gte=_midnight(self.since))
        if self.until:
            wanted &= Q(submitted_at__lt=_midnight(self.until + timedelta(days=1)))
        return wanted

    @property
    def is_narrow(self) -> bool:
        return replace(self, tab="todo") != Wish()

    @property
    def address(self) -> str:
        """The list's address for these filters, in one order: two equal wishes have one."""
        return urlencode({"tab": self.tab, **self.words})

    @property
    def words(self) -> dict[str, str]:
        """The filters as the address has them, without the tab."""
        named = {
            "call": self.call,
            "category": self.category,
            "domain": self.domain,
            "q": self.text,
            "overdue": "1" if self.overdue else "",
            "state": self.state,
            "office": self.office,
            "district": self.district,
            "handler": self.handler,
            "age": self.age,
            "decided": self.decided,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
        }
        return {name: word for name, word in named.items() if word}


def handler_gone() -> Q:
    """Somebody handles it who is no longer an officer of its office."""
    still_there = Q(
        handler__is_active=True,
        handler__office_id=F("office_id"),
        handler__roles__overlap=OFFICER_ROLES,
    )
    return Q(handler__isnull=False) & ~still_there


def _or_none(relation: str, column: str, word: str) -> Q:
    return Q(**{f"{relation}__isnull": True}) if word == NONE else Q(**{column: word})


def _number(word: Any, *known: str) -> str:
    return str(word) if is_number(str(word)) or str(word) in known else ""


def _one_of(word: Any, known: Collection[str]) -> str:
    return str(word) if str(word) in known else ""


def _some_of(word: Any, known: Collection[str]) -> str:
    """One word, or several with commas between them; one unknown word and none is meant."""
    named = str(word)[:200].split(",")
    return ",".join(named) if set(named) <= set(known) else ""


def _code(word: Any) -> str:
    return str(word) if SLUG.fullmatch(str(word)) else ""


def _code_or_number(word: Any) -> str:
    """An office's code or its number; digits too many for the column name none."""
    return _number(word) if str(word).isdecimal() else _code(word)


def day_of(word: Any) -> date | None:
    """A day as the address writes it; a year no calendar of ours knows is none."""
    try:
        found = date.fromisoformat(str(word))
    except ValueError:
        return None
    return found if 1900 < found.year < 9000 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def known_count(counts: Mapping[str, int], wish: Wish) -> int | None:
    """Return how many rows the wish leaves where the counts of the states tell it already."""
    if wish.is_narrow:
        return None
    return sum(counts.get(state, 0) for state in STATES_OF_TAB[wish.tab] or ("all",))


def tabs_with_counts(counts: Mapping[str, int], wish: Wish) -> list[dict[str, Any]]:
    return tabs_of(TABS, counts, wish.tab)


def tabs_of(tabs: Any, counts: Mapping[str, int], current: str) -> list[dict[str, Any]]:
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
