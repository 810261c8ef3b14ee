"""A call's frozen definition as its page says it, in the language of the reader."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xinghai.accounts.kinds import OrganisationKind
from xinghai.calls.choosing import Choice, category_of, choices_for

Definition = Mapping[str, Any]
SHORT = 4


@dataclass(frozen=True)
class Type:
    """A row of "who may hand in what"."""

    name: str
    group: str
    summary: str
    kinds: tuple[str, ...]
    form: str
    rule: str
    is_joint: bool


@dataclass(frozen=True)
class TypesForKinds:
    """Types that address the same kinds of organisation: said once for all of them."""

    whom: str
    kinds: list[str]
    types: list[Type]


@dataclass(frozen=True)
class Statement:
    title: str
    text: str
    source: str


@dataclass(frozen=True)
class Contact:
    name: str
    landline: str
    duties: str


@dataclass(frozen=True)
class Division:
    """Which office receives a type (columns) in a domain (rows); "" is left to the triage."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]


def said(one: Mapping[str, Any], name: str, language: str) -> str:
    """A text of the definition in the reader's language, Chinese where there is no English."""
    english = one.get(f"{name}_en", "") if language.startswith("en") else ""
    return str(english or one.get(name, ""))


def types_of(definition: Definition, language: str) -> Iterator[Type]:
    """Every type that can be filled in, in the notice's order."""
    for choice in choices_for(definition, ""):
        category = category_of(definition, choice.category) or {}
        yield Type(
            name=said({"name": choice.name, "name_en": choice.name_en}, "name", language),
            group=said({"name": choice.group, "name_en": choice.group_en}, "name", language),
            summary=_summary(choice, language),
            kinds=tuple(category["allowed_kinds"]),
            form=choice.form,
            rule=choice.rule,
            is_joint=bool(category.get("joint")),
        )


def types_by_kinds(definition: Definition, language: str) -> list[TypesForKinds]:
    """The types grouped by who may hand them in, the widest group first."""
    groups: dict[tuple[str, ...], list[Type]] = {}
    for one in types_of(definition, language):
        groups.setdefault(one.kinds, []).append(one)
    ordered = sorted(groups.items(), key=lambda group: -len(group[0]))
    return [
        TypesForKinds(whom(kinds), [kind_name(kind) for kind in kinds], types)
        for kinds, types in ordered
    ]


def whom(kinds: Iterable[str]) -> str:
    """`企业、高等院校、科研院所等 9 类单位`: who is addressed, short enough for a card."""
    names = [kind_name(kind) for kind in kinds]
    if len(names) <= SHORT:
        return _("、").join(names)
    return _("%(first)s等 %(count)s 类单位") % {
        "first": _("、").join(names[: SHORT - 1]),
        "count": len(names),
    }


def addressed(definition: Definition) -> list[str]:
    """Every kind of organisation some type of the call addresses, in the order of the seeds."""
    found = {
        kind
        for one in definition["categories"]
        if one.get("form") and one.get("accepting", True)
        for kind in one["allowed_kinds"]
    }
    return [kind for kind in OrganisationKind.values if kind in found]


def kind_name(kind: str) -> str:
    """The name of a kind of organisation; labels are translated for the current language."""
    return str(OrganisationKind(kind).label)


def statements(definition: Definition, name: str, language: str) -> list[Statement]:
    """The principles or the notes of a call, each with its source."""
    return [
        Statement(said(one, "title", language), said(one, "text", language), one.get("source", ""))
        for one in definition.get(name, [])
    ]


def contacts(definition: Definition, language: str) -> list[Contact]:
    return [
        Contact(said(one, "name", language), one["landline"], said(one, "duties", language))
        for one in definition["offices"]
    ]


def forms_of(definition: Definition, language: str) -> list[tuple[str, str]]:
    """Keys and titles of the forms."""
    found = definition["forms"]
    return [(key, said(found[key], "title", language)) for key in sorted(found)]


def division(definition: Definition, language: str) -> Division | None:
    """The table of type x domain, for a notice that divides its work that way."""
    cells = {
        (one["domain"], one["category"]): one["office"]
        for one in definition["routes"]
        if one["domain"] and one["category"]
    }
    codes = {category for _domain, category in cells}
    columns = [one for one in definition["categories"] if one["code"] in codes]
    if not columns:
        return None
    offices = {one["code"]: said(one, "name", language) for one in definition["offices"]}
    rows = [
        (
            said(domain, "name", language),
            [offices.get(cells.get((domain["code"], one["code"]), ""), "") for one in columns],
        )
        for domain in definition["domains"]
        if any((domain["code"], one["code"]) in cells for one in columns)
    ]
    return Division([said(one, "name", language) for one in columns], rows)


def _summary(choice: Choice, language: str) -> str:
    return choice.summary_en if language.startswith("en") else choice.summary
