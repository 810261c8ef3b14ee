"""Checks on what was chosen, written or promised."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from stdnum.cn import uscc

from xinghai.kernel.forms.checks.base import Check, Hit, Situation
from xinghai.kernel.forms.kinds import kind_of
from xinghai.kernel.forms.typed import read_iso_date


class RequiredWhen(Check):
    """Asked for only under the check's `when`; the field itself stays visible to everybody."""

    name = "required_when"

    def hits(self, situation: Situation) -> Iterator[Hit]:
        if situation.is_empty():
            yield Hit()


class OneOf(Check):
    """Every chosen value is among the listed ones (a warning for "in principle" rules)."""

    name = "one_of"
    parameters = {"values": list}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        value = situation.value()
        given = value if isinstance(value, list) else [value]
        if not situation.is_empty() and any(one not in self._listed(situation) for one in given):
            yield Hit()

    def _listed(self, situation: Situation) -> list[Any]:
        return list(situation.parameter("values"))


class MatchesCategory(Check):
    """A choice that repeats the category of the record must not contradict it."""

    name = "matches_category"

    def hits(self, situation: Situation) -> Iterator[Hit]:
        known = situation.context.categories
        chosen = situation.value()
        # A set would refuse to look up the lists and dictionaries somebody may send.
        if known and not situation.is_empty() and chosen not in tuple(known):
            yield Hit()


class MatchesDomain(Check):
    name = "matches_domain"

    def hits(self, situation: Situation) -> Iterator[Hit]:
        domain = situation.context.domain
        if domain and not situation.is_empty() and situation.value() != domain:
            yield Hit()


class WithinYears(Check):
    """A date no later than so many years from today, the anniversary included."""

    name = "within_years"
    parameters = {"years": int}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        given = read_iso_date(situation.value())
        limit = years_after(situation.context.today, situation.parameter("years"))
        if given and given > limit:
            yield Hit()


class NotPast(Check):
    name = "not_past"

    def hits(self, situation: Situation) -> Iterator[Hit]:
        given = read_iso_date(situation.value())
        if given and given < situation.context.today:
            yield Hit()


class NoWords(Check):
    """Vague or forbidden words; in a table every cell of the named column is read."""

    name = "no_words"
    parameters = {"words": list}
    optional = {"column": str}
    column_parameters = ("column",)

    def hits(self, situation: Situation) -> Iterator[Hit]:
        for row, text in self._texts(situation):
            found = [word for word in situation.parameter("words") if word in text]
            if found:
                words = {"found": "、".join(found)}
                yield Hit(row=row, column=situation.spec.parameters.get("column", ""), words=words)

    def _texts(self, situation: Situation) -> Iterator[tuple[int | None, str]]:
        column = situation.spec.parameters.get("column")
        if not column:
            yield None, kind_of(situation.field()).text(situation.value(), situation.field())
        else:
            for number, row in enumerate(situation.rows()):
                yield number, str(row.get(column, ""))


class NoUnitName(Check):
    """A guide direction must not point at one unit: its name, short forms included, stays out."""

    name = "no_unit_name"

    def hits(self, situation: Situation) -> Iterator[Hit]:
        text = str(situation.value() or "")
        name = situation.context.organisation_name
        places = "|".join(map(re.escape, situation.context.places)) or "$^"
        short = re.sub(rf"^({places})|(股份)?(有限责任|有限)?公司$|集团$", "", name)
        found = next((one for one in (name, short) if len(one) >= 3 and one in text), "")
        if found:
            yield Hit(words={"found": found})


class CreditCode(Check):
    """统一社会信用代码 with its check digit (GB 32100)."""

    name = "credit_code"

    def hits(self, situation: Situation) -> Iterator[Hit]:
        if not situation.is_empty() and not uscc.is_valid(str(situation.value())):
            yield Hit()


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the last day of its month."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
