"""Is a call definition fit for use? Every fault named with file, line and cell."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from xinghai.accounts.kinds import OrganisationKind
from xinghai.calls.choosing import spans_of
from xinghai.calls.composing import CALL_KEYS, LIST_KEYS, Composition, Finding, compose
from xinghai.calls.kinds import known_kinds, levels_of
from xinghai.calls.models import Programme
from xinghai.calls.places import Place
from xinghai.calls.states import HAND_IN, PURPOSES, RECOMMEND
from xinghai.calls.windows import Span, gaps, last_end, overlaps, windows_for

_REQUIRED = (
    "code",
    "kind",
    "title",
    "title_en",
    "plan_year",
    "issued",
    "source",
    "endorsed_kinds",
)
_KNOWN = {
    "": {*_REQUIRED, *CALL_KEYS, "guide_form", "forms", "routing", "blocks", "lists", *LIST_KEYS},
    "routing": {"source", "proposal_source", "columns", "matrix", "rules"},
    "windows": {"kind", "purpose", "name", "name_en", "opens", "closes", "pool", "source"},
    "offices": {"code", "name", "name_en", "landline", "duties", "duties_en", "is_planning"},
    "programme": {"code", "name", "name_en"},
    "domains": {"code", "name", "name_en", "source", "same_as"},
    "categories": {
        *("code", "parent", "name", "name_en", "form", "allowed_kinds", "allowed_source"),
        *("summary", "summary_en", "source", "joint", "accepting", "wants", "same_as"),
    },
}
_JOINT = {"partner": ("partner_kinds",), "both_sides": ("provider_kinds", "demander_kinds")}
_NEEDS = {
    "categories": ("code", "name", "name_en"),
    "domains": ("code", "name", "name_en"),
    "offices": ("code", "name", "landline"),
    "windows": ("kind", "opens", "pool"),
}


def check_definition(path: Path) -> list[Finding]:
    """Every finding; the definition can be loaded when none of them is an error."""
    return examine_composition(compose(path))


def examine_composition(made: Composition) -> list[Finding]:
    found = list(made.findings)
    if not made.raw:
        return found
    found += _key_findings(made)
    if not any(one.severity == "error" and one.where in _NEEDS for one in found):
        found += _unknown_findings(made)
        found += _process_findings(made)
        found += _line_findings(made)
        found += _office_findings(made)
        found += _category_findings(made)
        found += _kind_findings(made)
        found += _want_findings(made)
        found += _joint_findings(made)
        found += _matrix_findings(made)
        found += _rule_findings(made)
        found += _window_findings(made)
    return sorted(found, key=lambda one: (one.place.file, one.place.line, one.where))


def _key_findings(made: Composition) -> Iterator[Finding]:
    for key in _REQUIRED:
        if not made.raw.get(key):
            yield Finding(Place(made.source.name, 1), key, "missing")
    for kind, names in _NEEDS.items():
        rows = made.raw.get(kind, [])
        if not rows:
            yield Finding(Place(made.source.name, 1), kind, "missing: at least one is needed")
        for number, row in enumerate(rows):
            for name in names:
                if not row.get(name) and name != "landline":
                    place = made.source.table(kind, number)
                    yield Finding(place, kind, f"[{number}] {row.get('code', '?')}: no {name!r}")
        codes = Counter(row.get("code") for row in rows if row.get("code"))
        for code in [code for code, count in codes.items() if count > 1]:
            last = max(n for n, row in enumerate(rows) if row.get("code") == code)
            yield Finding(made.source.table(kind, last), str(code), f"duplicate id {code!r}")


def _unknown_findings(made: Composition) -> Iterator[Finding]:
    """A key nobody reads is most often a misspelt one."""
    for table, known in _KNOWN.items():
        rows = made.raw if not table else made.raw.get(table, {})
        for number, row in enumerate(rows if isinstance(rows, list) else [rows]):
            for key in sorted(row.keys() - known if isinstance(row, dict) else ()):
                place = made.source.table(table, number) if table else made.source.key("", key)
                yield Finding(place, f"{table}[{number}].{key}".lstrip("[0]."), "unknown key")


def _process_findings(made: Composition) -> Iterator[Finding]:
    if (kind := made.raw["kind"]) not in known_kinds():
        message = f"no process is called {kind!r}; there are {', '.join(known_kinds())}"
        yield Finding(made.source.key("", "kind"), "kind", message)
        return
    for level in ("endorsed_kinds", "recommended_kinds"):
        if made.raw.get(level) and level not in levels_of(kind):
            message = f"the process {kind!r} has no such step between author and bureau"
            yield Finding(made.source.key("", level), level, message)


def _line_findings(made: Composition) -> Iterator[Finding]:
    """What joins the call to the one before it."""
    programme, previous = made.raw.get("programme", {}), made.raw.get("previous", "")
    place = made.source.table("programme")
    if not isinstance(programme, dict):
        yield Finding(made.source.key("", "programme"), "programme", "expected a table")
        programme = {}
    for name in ("code", "name", "name_en"):
        given = programme.get(name, "")
        column: Any = Programme._meta.get_field(name)
        if programme and not (given or column.blank):
            yield Finding(place, "programme", f"no {name!r}")
        elif len(str(given)) > column.max_length:
            most = column.max_length
            yield Finding(place, "programme", f"{name!r} has more than {most} characters")
    if previous == made.raw["code"]:
        yield Finding(made.source.key("", "previous"), "previous", "names the call itself")
    for kind in ("categories", "domains"):
        for number, one in enumerate(made.raw[kind]):
            if one.get("same_as") and not previous:
                place = made.source.table(kind, number)
                yield Finding(place, one["code"], "same_as: the call names no previous one")


def _office_findings(made: Composition) -> Iterator[Finding]:
    for number, office in enumerate(made.raw["offices"]):
        if not office.get("landline"):
            yield Finding(
                made.source.table("offices", number),
                office["code"],
                "unreachable office: it has no landline",
            )


def _category_findings(made: Composition) -> Iterator[Finding]:
    before: set[str] = set()
    parents = {one.get("parent") for one in made.raw["categories"]}
    for number, one in enumerate(made.raw["categories"]):
        place, code = made.source.table("categories", number), one["code"]
        if one.get("parent") and one["parent"] not in before:
            message = f"stands under {one['parent']!r}, which is not listed before it"
            yield Finding(place, code, message)
        before.add(code)
        if one.get("form") and one["form"] not in made.forms:
            yield Finding(place, code, f"names an unknown form {one['form']!r}")
        is_leaf = code not in parents and one.get("accepting", True)
        if is_leaf and not one.get("form"):
            yield Finding(place, code, "category without form: nobody could fill it in")
        if is_leaf and not one.get("allowed_kinds"):
            yield Finding(place, code, "nobody may submit: allowed_kinds is empty")


def _kind_findings(made: Composition) -> Iterator[Finding]:
    listed = [
        (made.source.key("", name), name, made.raw.get(name, []))
        for name in ("endorsed_kinds", "recommended_kinds")
    ]
    for number, one in enumerate(made.raw["categories"]):
        place = made.source.table("categories", number)
        listed.append((place, one["code"], one.get("allowed_kinds", [])))
        for name, kinds in one.get("joint", {}).items():
            if name.endswith("_kinds"):
                listed.append((place, f"{one['code']}.joint.{name}", kinds))
    for place, where, kinds in listed:
        for kind in [kind for kind in kinds if kind not in OrganisationKind.values]:
            yield Finding(place, where, f"unknown kind of organisation {kind!r}")


def _want_findings(made: Composition) -> Iterator[Finding]:
    """A type that serves a want nobody can choose would never be found."""
    known = {one.get("value") for one in made.data["wants"]}
    for number, one in enumerate(made.raw["categories"]):
        for want in [want for want in one.get("wants", []) if want not in known]:
            yield Finding(
                made.source.table("categories", number), one["code"], f"unknown want {want!r}"
            )


def _joint_findings(made: Composition) -> Iterator[Finding]:
    """Joint filling names a field of the type's form and the kinds that may stand on each side."""
    for number, one in enumerate(made.raw["categories"]):
        joint, place = one.get("joint"), made.source.table("categories", number)
        if not joint:
            continue
        if joint.get("kind") not in _JOINT:
            yield Finding(place, one["code"], f"unknown joint filling {joint.get('kind')!r}")
            continue
        for name in ("field", *_JOINT[joint["kind"]]):
            if not joint.get(name):
                yield Finding(place, one["code"], f"joint filling without {name!r}")
        form = made.parsed.get(one.get("form", ""))
        if form and form.field(joint.get("field", "")) is None:
            message = f"joint filling names an unknown field {joint.get('field')!r}"
            yield Finding(place, one["code"], message)


def _matrix_findings(made: Composition) -> Iterator[Finding]:
    routing = made.raw.get("routing", {})
    matrix, columns = routing.get("matrix", {}), routing.get("columns", [])
    if not matrix:
        return
    header = made.source.key("routing", "columns")
    known = {one["code"] for one in made.raw["categories"]}
    for column in [column for column in columns if column not in known]:
        yield Finding(header, column, "unknown category in the routing columns")
    for domain in made.raw["domains"]:
        if domain["code"] not in matrix:
            place = made.source.table("routing.matrix")
            yield Finding(place, f"* x {domain['code']}", "undefined: the row is missing")
    domains = {one["code"] for one in made.raw["domains"]}
    for domain, cells in matrix.items():
        place = made.source.key("routing.matrix", domain)
        if domain not in domains:
            yield Finding(place, domain, "unknown domain in the routing rows")
        if len(cells) != len(columns):
            message = f"{len(cells)} cells for {len(columns)} columns"
            yield Finding(place, f"* x {domain}", message)
        for column, cell in zip(columns, cells, strict=False):
            yield from _cell_findings(made, cell, place, f"{column} x {domain}")


def _cell_findings(made: Composition, cell: Any, place: Place, where: str) -> Iterator[Finding]:
    offices = {one["code"] for one in made.raw["offices"]}
    name = str(cell).removeprefix("?")
    if not name:
        yield Finding(place, where, "undefined cell without a proposed office")
    elif name not in offices:
        yield Finding(place, where, f"unreachable office {name!r}: the call does not list it")
    elif str(cell).startswith("?"):
        yield Finding(place, where, f"undefined by the notice; proposed: {name}", "notice")


def _rule_findings(made: Composition) -> Iterator[Finding]:
    rules = made.raw.get("routing", {}).get("rules", [])
    categories = {one["code"] for one in made.raw["categories"]}
    domains = {one["code"] for one in made.raw["domains"]}
    seen = set()
    for number, rule in enumerate(rules):
        place = made.source.item("routing", "rules", number)
        category, domain = rule.get("category", ""), rule.get("domain", "")
        where = f"{category or '*'} x {domain or '*'}"
        if category and category not in categories:
            yield Finding(place, where, f"unknown category {category!r}")
        if domain and domain not in domains:
            yield Finding(place, where, f"unknown domain {domain!r}")
        cell = (category, domain, *rule.get("when", {}).items())
        if cell in seen:
            yield Finding(place, where, "a second rule for the same cell")
        seen.add(cell)
        yield from _answer_findings(made, rule, place, where)
        yield from _cell_findings(made, rule.get("office", ""), place, where)
    if rules and not made.raw.get("routing", {}).get("matrix"):
        routed = {rule.get("domain") for rule in rules}
        for number, domain in enumerate(made.raw["domains"]):
            if domain["code"] not in routed:
                place = made.source.table("domains", number)
                yield Finding(place, f"* x {domain['code']}", "undefined: no rule for this domain")


def _answer_findings(
    made: Composition, rule: Mapping[str, Any], place: Place, where: str
) -> Iterator[Finding]:
    """A rule about an answer names one choice of one field of its type's form."""
    asked = rule.get("when", {})
    if not isinstance(asked, dict) or len(asked) > 1 or (asked and not rule.get("category")):
        yield Finding(place, where, "a rule's `when` names one field, and the rule a category")
        return
    of_type = {one["code"]: one.get("form", "") for one in made.raw["categories"]}
    form = made.parsed.get(of_type.get(rule.get("category", ""), ""))
    if form is None:
        return  # A form that cannot be read has its own findings.
    for name, value in asked.items():
        field = form.field(name)
        if field is None:
            yield Finding(place, where, f"the form has no field {name!r}")
        elif field.option(value) is None:
            yield Finding(place, where, f"{value!r} is no choice of {name!r}")


def _window_findings(made: Composition) -> Iterator[Finding]:
    try:
        spans = spans_of(made.data)
    except (ValueError, TypeError) as error:
        yield Finding(made.source.table("windows"), "windows", f"not a time: {error}")
        return
    for number, span in enumerate(spans):
        if span.closes_at is not None and span.closes_at < span.opens_at:
            place = made.source.table("windows", number)
            yield Finding(place, span.name, "closes before it opens")
    for kind, pairs in (("overlap", overlaps(spans)), ("gap", gaps(spans))):
        for first, second in pairs:
            place = made.source.table("windows", spans.index(second))
            where = f"{first.name} / {second.name}"
            yield Finding(place, where, f"{kind} between two windows")
    yield from _purpose_findings(made, spans)


def _purpose_findings(made: Composition, spans: list[Span]) -> Iterator[Finding]:
    """Whatever was handed in by its last second can still be passed on."""
    for number, span in enumerate(spans):
        if span.purpose not in PURPOSES:
            message = f"unknown purpose {span.purpose!r}; there are {', '.join(PURPOSES)}"
            yield Finding(made.source.table("windows", number), "windows", message)
    if not any(span.purpose == HAND_IN for span in spans):
        message = "no window to hand in: nobody could submit"
        yield Finding(made.source.table("windows"), "windows", message)
    elif any(span.purpose == RECOMMEND for span in spans):
        last = max(windows_for(spans, RECOMMEND), key=lambda one: one.opens_at)
        handing_in, recommending = (last_end(spans, one) for one in (HAND_IN, RECOMMEND))
        if recommending and (handing_in is None or recommending < handing_in):
            place = made.source.table("windows", spans.index(last))
            yield Finding(place, last.name, "recommending ends before handing in does")
