"""我能报什么: which types of which call fit a visitor, by which rule, and who receives them.

Pure readings of frozen definitions: what differs between notices is their data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xinghai.calls.choosing import Choice, categories_above, category_of, choices_for, rules_of
from xinghai.calls.routing import NoRoute, Rule, find_route
from xinghai.portal.notices import Contact, Definition, contacts, kind_name, said

ANY = "any"
_ASKED_AMOUNT = "at_least"


@dataclass(frozen=True)
class Asked:
    """What the visitor has said so far; "" is not yet, ANY is "does not matter"."""

    who: str = ""
    want: str = ""
    field: str = ""

    def with_answer(self, name: str, value: str) -> "Asked":
        return Asked(**{**self.as_query(), name: value})

    def as_query(self) -> dict[str, str]:
        return {"who": self.who, "want": self.want, "field": self.field}


@dataclass(frozen=True)
class Reason:
    """A sentence with the paragraph it rests on."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Fit:
    """One type of one call as it concerns this visitor; it fits when nothing stands against it."""

    code: str
    kind: str
    category: str
    name: str
    group: str
    summary: str
    form: str
    form_title: str
    reasons: list[Reason]
    against: list[Reason]
    offices: list[Contact] = field(default_factory=list)
    office_note: str = ""
    needs: list[Reason] = field(default_factory=list)


def fits_of(
    code: str,
    definition: Definition,
    asked: Asked,
    language: str,
    remembered: Sequence[Rule] = (),
) -> Iterator[Fit]:
    """Every type of the call with what speaks for and against it, in the notice's order."""
    rules = [*rules_of(definition), *remembered]
    for choice in choices_for(definition, asked.who):
        category = category_of(definition, choice.category) or {}
        offices, note = _receivers(definition, choice.category, asked, rules, language)
        reasons, against = _judged(definition, choice, category, asked, language)
        yield Fit(
            code=code,
            kind=definition["kind"],
            category=choice.category,
            name=said({"name": choice.name, "name_en": choice.name_en}, "name", language),
            group=said({"name": choice.group, "name_en": choice.group_en}, "name", language),
            summary=said(category, "summary", language),
            form=choice.form,
            form_title=said(definition["forms"].get(choice.form, {}), "title", language),
            reasons=reasons,
            against=against,
            offices=offices,
            office_note=note,
            needs=list(_needs(definition, category, asked, language)),
        )


def count_fitting(definitions: Iterable[Definition], asked: Asked) -> int:
    """How many types would fit: said beside an option before it is chosen."""
    return sum(
        not _against_kind(one, asked) and not _against_want(definition, one, asked)
        for definition in definitions
        for one in definition["categories"]
        if one.get("form") and one.get("accepting", True)
    )


def wants_in(definitions: Iterable[Definition]) -> dict[str, Mapping[str, Any]]:
    """What can be wanted in these calls, by value, in the order of the first that lists it."""
    found: dict[str, Mapping[str, Any]] = {}
    for definition in definitions:
        served = {want for one in definition["categories"] for want in one.get("wants", [])}
        for one in definition.get("wants", []):
            if one["value"] in served:
                found.setdefault(one["value"], one)
    return found


def domains_in(definitions: Iterable[Definition]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for definition in definitions:
        for one in definition["domains"]:
            found.setdefault(one["code"], one)
    return found


def _against_kind(category: Mapping[str, Any], asked: Asked) -> bool:
    return asked.who not in ("", ANY) and asked.who not in category.get("allowed_kinds", [])


def _against_want(definition: Definition, category: Mapping[str, Any], asked: Asked) -> bool:
    """A type that names no wants serves any; so does one of a call that does not know this want."""
    served = category.get("wants", [])
    return asked.want not in ("", ANY) and bool(served) and asked.want not in served


def _judged(
    definition: Definition,
    choice: Choice,
    category: Mapping[str, Any],
    asked: Asked,
    language: str,
) -> tuple[list[Reason], list[Reason]]:
    reasons, against = [], []
    if asked.who not in ("", ANY):
        kind = kind_name(asked.who)
        if _against_kind(category, asked):
            against.append(Reason(_("不面向%(kind)s") % {"kind": kind}, choice.rule))
        else:
            reasons.append(Reason(_("面向%(kind)s") % {"kind": kind}, choice.rule))
    if asked.want not in ("", ANY):
        names = {one["value"]: said(one, "label", language) for one in definition.get("wants", [])}
        served = [names[want] for want in category.get("wants", []) if want in names]
        source = category.get("source", "")
        if _against_want(definition, category, asked):
            words = _("用于：%(wants)s") % {"wants": _("；").join(served)}
            against.append(Reason(words, source))
        elif served:
            reasons.append(Reason(said(category, "summary", language), source))
    if asked.field not in ("", ANY) and asked.field not in domains_in([definition]):
        reasons.append(Reason(_("这个批次的领域划分不同，填报时请按它的目录选领域")))
    return reasons, against


def _receivers(
    definition: Definition, category: str, asked: Asked, rules: list[Rule], language: str
) -> tuple[list[Contact], str]:
    """Who receives the type: one office when domain or notice decide, else those that may."""
    listed = {
        one["code"]: contact
        for one, contact in zip(definition["offices"], contacts(definition, language), strict=True)
    }
    planning = next((one["code"] for one in definition["offices"] if one.get("is_planning")), "")
    known = [one["code"] for one in definition["domains"]]
    domains = [asked.field] if asked.field in known else known
    above = categories_above(definition, category)
    found = [_office(rules, category, domain, above) for domain in domains]
    offices = [listed[code] for code in dict.fromkeys(found) if code in listed]
    if not any(found):
        waits = [listed[planning]] if planning else []
        return waits, _("通知没有写明由哪个处室受理，提交后由规划处分派。")
    if len(offices) > 1:
        return offices, _("由哪个处室受理，要看领域。")
    if not all(found):
        return offices, _("个别领域通知没有写明处室，由规划处分派。")
    return offices, ""


def _office(rules: list[Rule], category: str, domain: str, above: Sequence[str]) -> str:
    try:
        return find_route(rules, category, domain, above=above).office
    except NoRoute:
        return ""


def _needs(
    definition: Definition, category: Mapping[str, Any], asked: Asked, language: str
) -> Iterator[Reason]:
    """What has to be at hand before handing in, read from the type and from its form."""
    form = definition["forms"].get(category.get("form", ""), {})
    parts = [part for part in form.get("sections", []) if not part.get("visible_when")]
    fields = {one["id"]: one for part in parts for one in part["fields"]}
    if asked.who in definition.get("endorsed_kinds", []):
        yield Reason(
            _("由本单位科研管理部门审核后统一提交，请给它留出时间"),
            definition.get("endorsed_source", ""),
        )
    joint = category.get("joint") or {}
    if joint.get("kind") == "both_sides":
        kinds = _("、").join(kind_name(kind) for kind in joint["demander_kinds"])
        words = _("技术提供方和技术需求方（%(kinds)s）各填各的部分，双方都在线确认")
        yield Reason(words % {"kinds": kinds}, joint.get("source", ""))
    elif joint:
        kinds = _("、").join(kind_name(kind) for kind in joint["partner_kinds"])
        words = _("有合作单位（%(kinds)s）的，由它在线填写并确认后才能提交")
        yield Reason(words % {"kinds": kinds}, joint.get("source", ""))
    for check in form.get("checks", []):
        is_money = fields.get(check.get("field"), {}).get("kind") in ("decimal", "money")
        if check["check"] == _ASKED_AMOUNT and is_money and check.get("severity") != "warn":
            words = said(check, "message", language).rstrip("。.")
            yield Reason(words, check.get("source", ""))
    for one in fields.values():
        if one["kind"] == "file" and one.get("required") and not one.get("visible_when"):
            words = _("上传：%(name)s") % {"name": said(one, "label", language)}
            yield Reason(words, one.get("source", ""))
