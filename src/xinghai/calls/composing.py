"""From the TOML files of a notice to one complete dictionary: blocks included, lists resolved.

Every type's form ends with the guide table, so that a suggestion has one form. The result is what
is frozen on the call; nothing in it points back to a file. Faults are collected with their place
instead of raised, so that a check can list all of them.
"""

import copy
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xinghai.accounts.city import options_of
from xinghai.calls.choosing import GUIDE_TABLE
from xinghai.calls.places import Place, Source
from xinghai.kernel.forms import DefinitionError, FormDefinition, add_table, parse_form, to_json

DEFINITIONS = Path(__file__).resolve().parent / "definitions"
SHARED_LISTS = ("lists.toml", "countries.toml", "aids.toml")
_AID_KEYS = ("why", "why_en", "example", "example_en")
CALL_KEYS = (
    "code",
    "kind",
    "title",
    "title_en",
    "issuer",
    "issuer_en",
    "issued",
    "plan_year",
    "source",
    "summary",
    "summary_en",
    "endorsed_kinds",
    "endorsed_source",
    "recommended_kinds",
    "recommended_source",
    "programme",
    "previous",
)
LIST_KEYS = ("principles", "notes", "windows", "offices", "domains", "categories")
_FORM_KEYS = ("id", "title", "title_en", "help", "help_en", "source", "profile")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a definition: file, line, the cell or path, and what."""

    place: Place
    where: str
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A form as composed, with the place of each of its sections, fields and checks."""

    data: dict[str, Any]
    place: Place
    sections: list[tuple[str, Place, list[tuple[str, Place]]]]
    checks: list[Place]


@dataclass(slots=True)
class Composition:
    """A call definition being put together. `findings` is empty when it can be used."""

    path: Path
    data: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    source: Source = field(default_factory=lambda: Source("", ""))
    forms: dict[str, Placed] = field(default_factory=dict)
    parsed: dict[str, FormDefinition] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, place: Place, where: str, message: str, severity: str = "error") -> None:
        self.findings.append(Finding(place, where, message, severity))


def definition_path(name: str) -> Path:
    """The file of a shipped notice by its code (`2024`, `2022-1`), or the path itself."""
    shipped = DEFINITIONS / f"{name}.toml"
    return shipped if "/" not in name and shipped.exists() else Path(name)


def compose(path: Path) -> Composition:
    """Read a call definition and everything it includes; see `findings` before using it."""
    made = Composition(path)
    root = path.parent
    found = _read(made, path, root)
    if found is None:
        return made
    made.source, made.raw = found
    lists = _lists(made, root)
    made.data = {key: made.raw[key] for key in CALL_KEYS if key in made.raw}
    for key in LIST_KEYS:
        made.data[key] = made.raw.get(key, [])
    made.data["wants"] = copy.deepcopy(lists.get("wants", []))
    made.data["routes"] = list(_routes(made))
    for number, name in enumerate(made.raw.get("forms", [])):
        _compose_form(made, root, name, lists, number)
    _join_the_guide(made)
    for key, placed in made.forms.items():
        if (form := _parsed(made, placed)) is not None:
            made.parsed[key] = form
    made.data["forms"] = {key: to_json(form) for key, form in made.parsed.items()}
    return made


def _read(made: Composition, path: Path, root: Path) -> tuple[Source, dict[str, Any]] | None:
    try:
        source = Source.read(path, root)
        return source, tomllib.loads(source.text)
    except OSError as error:
        made.fault(Place(path.name, 1), path.name, f"cannot be read: {error.strerror}")
    except tomllib.TOMLDecodeError as error:
        line = int(str(error).rpartition("line ")[2].partition(",")[0] or 1)
        made.fault(Place(path.name, line), path.name, f"not valid TOML: {error}")
    return None


def _lists(made: Composition, root: Path) -> dict[str, Any]:
    lists: dict[str, Any] = {
        "districts": options_of("districts"),
        "organisation_tags": options_of("qualifications"),
    }
    for name in SHARED_LISTS:
        path = root / name if (root / name).exists() else DEFINITIONS / name
        if found := _read(made, path, root):
            lists.update(found[1])
    lists.update(made.raw.get("lists", {}))
    for kind in ("categories", "domains"):
        lists[f"call.{kind}"] = [
            {
                "value": one.get("code", ""),
                "label": one.get("name", ""),
                "label_en": one.get("name_en", ""),
            }
            for one in made.raw.get(kind, [])
            if kind == "domains" or one.get("form")
        ]
    return lists


def _routes(made: Composition) -> Iterator[dict[str, str]]:
    routing = made.raw.get("routing", {})
    columns = routing.get("columns", [])
    for domain, cells in routing.get("matrix", {}).items():
        for category, cell in zip(columns, cells, strict=False):
            yield _route(routing, category, domain, cell)
    for rule in routing.get("rules", []):
        route = _route(
            routing, rule.get("category", ""), rule.get("domain", ""), rule.get("office", "")
        )
        for name, value in rule.get("when", {}).items():
            route |= {"field": name, "value": value}
        yield route | ({"source": rule["source"]} if "source" in rule else {})


def _route(routing: Mapping[str, Any], category: str, domain: str, cell: str) -> dict[str, str]:
    undefined = cell.startswith("?") or not cell
    return {
        "category": category,
        "domain": domain,
        "office": "" if undefined else cell,
        "proposed": cell.removeprefix("?") if undefined else "",
        "source": routing.get("proposal_source" if undefined else "source", ""),
    }


def _compose_form(
    made: Composition, root: Path, name: str, lists: Mapping[str, Any], number: int
) -> None:
    at = made.source.key("", "forms")
    found = _read(made, root / name, root) if (root / name).exists() else None
    if found is None:
        made.fault(at, f"forms[{number}]", f"the form file {name!r} cannot be used")
        return
    source, raw = found
    placed = Placed({key: raw[key] for key in _FORM_KEYS if key in raw}, source.table(""), [], [])
    placed.data.update(sections=[], checks=[])
    for block in raw.get("include", []):
        path = root / "blocks" / f"{block}.toml"
        path = path if path.exists() else DEFINITIONS / "blocks" / f"{block}.toml"
        found = _read(made, path, root) if path.exists() else None
        if found is None:
            made.fault(source.key("", "include"), name, f"unknown block {block!r}")
            continue
        changes = (raw.get("blocks", {}).get(block, {}), made.raw.get("blocks", {}).get(block, {}))
        _take(made, placed, *found, changes, lists)
    _take(made, placed, source, raw, (), lists)
    key = str(raw.get("id", name))
    _address(made, placed, key, lists["not_addressed"])
    if key in made.forms:
        made.fault(source.key("", "id"), key, f"duplicate id {key!r}: two forms carry it")
    made.forms[key] = placed


def _join_the_guide(made: Composition) -> None:
    """Put the guide table behind every form; a faulty one is named once and left out."""
    name = made.raw.get("guide_form", "")
    guide = made.forms.pop(name, None)
    if guide is not None and _parsed(made, guide) is not None:
        made.forms = {key: _with_guide(made, one, guide) for key, one in made.forms.items()}
    elif guide is None and name:
        at = made.source.key("", "guide_form")
        made.fault(at, "guide_form", "names a form that is not there")


def _with_guide(made: Composition, placed: Placed, guide: Placed) -> Placed:
    """The form with the guide table behind it."""
    if placed.data.get("profile") != guide.data.get("profile"):
        made.fault(placed.place, str(placed.data.get("id")), "its profile is not the guide table's")
        return placed
    return Placed(
        add_table(placed.data, guide.data, table=GUIDE_TABLE),
        placed.place,
        [*placed.sections, *guide.sections],
        [*placed.checks, *guide.checks],
    )


def _parsed(made: Composition, placed: Placed) -> FormDefinition | None:
    """The form, or None when it has faults, which are then among the findings."""
    try:
        return parse_form(placed.data)
    except DefinitionError as error:
        for fault in error.faults:
            where = f"{placed.data.get('id', placed.place.file)} {fault.path}"
            made.fault(place_of(placed, fault.path), where, fault.message)
    return None


def _address(made: Composition, placed: Placed, key: str, words: list[str]) -> None:
    """Whom the notice addresses stands on the type; the pre-check reads it as a check."""
    said, said_en = words
    for number, one in enumerate(made.raw.get("categories", [])):
        if one.get("form") != key or not one.get("allowed_kinds"):
            continue
        placed.data["checks"].append(
            {
                "check": "only_for",
                "field": "category",
                "kinds": one["allowed_kinds"],
                "message": said.format(**one),
                "message_en": said_en.format(**one),
                "source": one.get("allowed_source", ""),
                "when": {"category": [one.get("code", "")]},
            }
        )
        placed.checks.append(made.source.table("categories", number))


def _take(
    made: Composition,
    placed: Placed,
    source: Source,
    raw: Mapping[str, Any],
    overrides: Iterable[Mapping[str, Any]],
    lists: Mapping[str, Any],
) -> None:
    """Add a file's sections and checks to the form, with the form's and the call's overrides."""
    counted = 0
    for number, original in enumerate(raw.get("sections", [])):
        section = copy.deepcopy(original)
        places = []
        for one in section.get("fields", []):
            place = source.table("sections.fields", counted)
            counted += 1
            for some in overrides:
                _override(one, some)
            _aid(one, lists["aids"])
            _resolve(made, one, lists, place)
            places.append((str(one.get("id", "")), place))
        at = source.table("sections", number)
        placed.data["sections"].append(section)
        placed.sections.append((str(section.get("id", "")), at, places))
    for number, original in enumerate(raw.get("checks", [])):
        check = copy.deepcopy(original)
        place = source.table("checks", number)
        _resolve(made, check, lists, place)
        placed.data["checks"].append(check)
        placed.checks.append(place)


def _override(one: dict[str, Any], overrides: Mapping[str, Any]) -> None:
    name = one.get("id", "")
    if name in overrides.get("optional", []):
        one["strict"] = one.pop("required", False) or one.get("strict", False)
    if name in overrides.get("advised", []):
        one.pop("required", None)
        one["advised"] = True
    if name in overrides.get("sources", {}):
        one["source"] = overrides["sources"][name]
    if name in overrides.get("labels", {}):
        one["label"], one["label_en"] = overrides["labels"][name]


def _aid(one: dict[str, Any], aids: Mapping[str, Any]) -> None:
    """Put the common help beside a field that has none of its own."""
    found = aids.get(one.get("id", ""), {})
    for key in _AID_KEYS:
        if key in found:
            one.setdefault(key, found[key])


def _resolve(
    made: Composition, one: dict[str, Any], lists: Mapping[str, Any], place: Place
) -> None:
    """Replace `something_from = "list"` by the list itself, in a field, column or check."""
    for key in [key for key in one if key.endswith("_from") and key != "prefill_from"]:
        name = one.pop(key)
        if name not in lists:
            made.fault(place, str(one.get("id", one.get("check"))), f"unknown list {name!r}")
        one[key.removesuffix("_from")] = copy.deepcopy(lists.get(name, []))
    for column in one.get("columns", []):
        _resolve(made, column, lists, place)


def place_of(placed: Placed, path: str) -> Place:
    """The place of a fault's path: `sections[2](x).fields[0](y)`, `fields(y)`, `checks[3](…)`."""
    head, _, rest = path.partition(".")
    if head.startswith("checks["):
        return placed.checks[int(head[7:].partition("]")[0])]
    name = head.partition("(")[2].partition(")")[0]
    if head.startswith("fields("):
        return _last(placed, lambda section, one: one == name) or placed.place
    for number, (section, at, fields) in enumerate(placed.sections):
        if head.startswith(f"sections[{number}]") or (head == f"sections({section})"):
            if rest.startswith("fields["):
                return fields[int(rest[7:].partition("]")[0])][1]
            wanted = rest.partition(".")[0]
            return next((spot for one, spot in fields if one == wanted), at)
    return placed.place


def _last(placed: Placed, wanted: Any) -> Place | None:
    found = [
        spot
        for section, _at, fields in placed.sections
        for one, spot in fields
        if wanted(section, one)
    ]
    return found[-1] if found else None
