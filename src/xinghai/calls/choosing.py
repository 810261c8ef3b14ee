"""What may be filled in by whom: pure readings of a frozen call definition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xinghai.calls.routing import Rule
from xinghai.calls.states import HAND_IN
from xinghai.calls.windows import Span, city_time

Definition = Mapping[str, Any]
# The table of every form that begins the guide's entry (指南凝练信息表).
GUIDE_TABLE = "guide"


@dataclass(frozen=True, slots=True)
class Choice:
    """A type of project as an organisation sees it: open to it or not, and by which rule."""

    category: str
    name: str
    name_en: str
    group: str
    group_en: str
    form: str
    is_allowed: bool
    rule: str
    summary: str
    summary_en: str


def category_of(definition: Definition, code: str) -> Mapping[str, Any] | None:
    return next((one for one in definition["categories"] if one["code"] == code), None)


def categories_above(definition: Definition, code: str) -> tuple[str, ...]:
    """The categories a category stands under, nearest first."""
    found: list[str] = []
    category = category_of(definition, code)
    while category and category.get("parent"):
        found.append(category["parent"])
        category = category_of(definition, category["parent"])
    return tuple(found)


def form_for(definition: Definition, category: str) -> str:
    """The key of the form for this type; "" when nothing can be filled in."""
    found = category_of(definition, category)
    if not found or not found.get("accepting", True):
        return ""
    return str(found.get("form", ""))


def rules_of(definition: Definition) -> list[Rule]:
    return [
        Rule(
            category=one["category"],
            domain=one["domain"],
            office=one["office"],
            proposed=one["proposed"],
            source=one["source"],
            field=one.get("field", ""),
            value=one.get("value", ""),
        )
        for one in definition["routes"]
    ]


def spans_of(definition: Definition) -> list[Span]:
    return [
        Span(
            kind=one["kind"],
            opens_at=city_time(one["opens"]),
            closes_at=city_time(one["closes"]) if one.get("closes") else None,
            pool=one["pool"],
            name=one.get("name", ""),
            name_en=one.get("name_en", ""),
            purpose=one.get("purpose", HAND_IN),
        )
        for one in definition["windows"]
    ]


def choices_for(definition: Definition, organisation_kind: str) -> Iterator[Choice]:
    """Every type with a form, in the notice's order, and whether this kind may fill it in."""
    for one in definition["categories"]:
        if not one.get("form") or not one.get("accepting", True):
            continue
        group = category_of(definition, one.get("parent", "")) or {}
        yield Choice(
            category=one["code"],
            name=one["name"],
            name_en=one.get("name_en", ""),
            group=group.get("name", ""),
            group_en=group.get("name_en", ""),
            form=one["form"],
            is_allowed=organisation_kind in one["allowed_kinds"],
            rule=one.get("allowed_source", ""),
            summary=one.get("summary", ""),
            summary_en=one.get("summary_en", ""),
        )
