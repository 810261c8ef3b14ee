"""Which office receives a suggestion: rules by type and domain, by type, or by domain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xinghai.calls.models import Route
from xinghai.calls.states import NOTICE, REMEMBERED


@dataclass(frozen=True, slots=True)
class Rule:
    """An empty category or domain stands for any; an empty office is undefined by the notice."""

    category: str
    domain: str
    office: str
    proposed: str = ""
    source: str = ""
    origin: str = NOTICE


def rule_of(row: Route) -> Rule:
    """A row of the table as a rule; its relations are fetched by `selectors.routes_of`."""
    return Rule(
        category=row.category.code if row.category else "",
        domain=row.domain.code if row.domain else "",
        office=row.office.code if row.office else "",
        proposed=row.proposed.code if row.proposed else "",
        source=row.source,
        origin=row.origin,
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
    rules: Iterable[Rule], category: str, domain: str, *, above: Sequence[str] = ()
) -> Rule:
    """The rule that decides, always one with an office. Raises NoRoute with a proposal.

    `above` are the categories the chosen one stands under, nearest first. A nearer type is
    stronger than a farther one, a type than none; then type and domain together than the type
    alone; last, what the planning office remembered than what the notice left open.
    """
    line = [category, *above]
    fitting = [
        rule
        for rule in rules
        if rule.category in ("", *line) and rule.domain in ("", domain) and _says_something(rule)
    ]
    best = min(fitting, key=lambda rule: _rank(rule, line), default=None)
    if best is None or not best.office:
        proposed = best.proposed if best else ""
        raise NoRoute(category, domain, proposed, best.source if best else "")
    return best


def _says_something(rule: Rule) -> bool:
    return bool(rule.category or rule.domain)


def _rank(rule: Rule, line: list[str]) -> tuple[int, bool, bool]:
    depth = line.index(rule.category) if rule.category else len(line)
    return depth, not rule.domain, rule.origin != REMEMBERED
