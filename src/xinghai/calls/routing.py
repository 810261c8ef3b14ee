"""Which office receives a record: rules by type, domain and what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinghai.calls.models import Route
from xinghai.calls.states import NOTICE, REMEMBERED
from xinghai.kernel.forms.conditions import is_answered_with


@dataclass(frozen=True, slots=True)
class Rule:
    """An empty category or domain stands for any; an empty office is undefined by the notice.

    A rule with a `field` holds where that field was answered with `value`.
    """

    category: str
    domain: str
    office: str
    proposed: str = ""
    source: str = ""
    origin: str = NOTICE
    field: str = ""
    value: str = ""


def rule_of(row: Route) -> Rule:
    """A row of the table as a rule; its relations are fetched by `selectors.routes_of`."""
    return Rule(
        category=row.category.code if row.category else "",
        domain=row.domain.code if row.domain else "",
        office=row.office.code if row.office else "",
        proposed=row.proposed.code if row.proposed else "",
        source=row.source,
        origin=row.origin,
        field=row.field,
        value=row.value,
    )


class NoRoute(Exception):
    """The notice names no office for this cell; `proposed` is our suggestion for the triage."""

    def __init__(self, category: str, domain: str, proposed: str, source: str) -> None:
        super().__init__(f"no office for {category} x {domain}")
        self.category = category
        self.domain = domain
        self.proposed = proposed
        self.source = source


def find_route(
    rules: Iterable[Rule],
    category: str,
    domain: str,
    *,
    above: Sequence[str] = (),
    answers: Mapping[str, Any] | None = None,
) -> Rule:
    """The rule that decides, always one with an office. Raises NoRoute with a proposal.

    `above` are the categories the chosen one stands under, nearest first. A nearer type is
    stronger than a farther one, a type than none; then a rule about an answer than one that asks
    for none; then type and domain together than the type alone; last, what the planning office
    remembered than what the notice left open. Without `answers` no rule about one holds.
    """
    line = [category, *above]
    fitting = [
        rule
        for rule in rules
        if rule.category in ("", *line) and rule.domain in ("", domain) and _says_something(rule)
        if not rule.field or is_answered_with((answers or {}).get(rule.field), (rule.value,))
    ]
    best = min(fitting, key=lambda rule: _rank(rule, line), default=None)
    if best is None or not best.office:
        proposed = best.proposed if best else ""
        raise NoRoute(category, domain, proposed, best.source if best else "")
    return best


def proposed_by(
    rules: Iterable[Rule],
    category: str,
    domain: str,
    *,
    above: Sequence[str] = (),
    answers: Mapping[str, Any] | None = None,
) -> str:
    """Return the code of the office the triage is offered; "" where a rule decides."""
    try:
        find_route(rules, category, domain, above=above, answers=answers)
    except NoRoute as open_cell:
        return open_cell.proposed
    return ""


def _says_something(rule: Rule) -> bool:
    return bool(rule.category or rule.domain)


def _rank(rule: Rule, line: list[str]) -> tuple[int, bool, bool, bool]:
    depth = line.index(rule.category) if rule.category else len(line)
    return depth, not rule.field, not rule.domain, rule.origin != REMEMBERED
