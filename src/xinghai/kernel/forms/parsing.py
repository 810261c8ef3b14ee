"""From a dictionary (TOML or JSONB) to a frozen definition and back, naming every fault at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from xinghai.kernel.forms.definition import (
    AUDIENCES,
    PROFILES,
    PROMOTIONS,
    PUBLICITIES,
    SIDES,
    CheckSpec,
    Condition,
    Field,
    FormDefinition,
    Option,
    Section,
    Table,
)
from xinghai.kernel.forms.soundness import Fault, faults_of

_DECIMALS = {"min_value", "above", "max_value"}
_NESTED = {"options", "columns", "visible_when", "fields", "sections", "checks", "when", "tables"}
_CHOICES: dict[str, tuple[str, ...]] = {
    "audience": AUDIENCES,
    "publicity": PUBLICITIES,
    "profile": PROFILES,
    "promote": tuple(PROMOTIONS),
    "side": SIDES,
    "severity": ("block", "warn"),
}


class DefinitionError(ValueError):
    """A definition that cannot be used; `faults` holds all of them, each with its path."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.path}: {fault.message}" for fault in faults))


def parse_form(data: Mapping[str, Any]) -> FormDefinition:
    """The definition of a dictionary. Raises DefinitionError with every fault found."""
    reader = _Reader([])
    form = reader.form(data)
    faults = reader.faults or list(faults_of(form))
    if faults:
        raise DefinitionError(faults)
    return form


@dataclass
class _Reader:
    faults: list[Fault]

    def form(self, data: Mapping[str, Any]) -> FormDefinition:
        sections = [
            self.section(one, f"sections[{number}]")
            for number, one in self.tables(data, "sections", "")
        ]
        checks = [
            self.check(one, f"checks[{number}]") for number, one in self.tables(data, "checks", "")
        ]
        tables = [
            Table(**self.plain(Table, one, f"tables[{number}]"))
            for number, one in self.tables(data, "tables", "")
        ]
        plain = self.plain(FormDefinition, data, "")
        return FormDefinition(
            **plain, tables=tuple(tables), sections=tuple(sections), checks=tuple(checks)
        )

    def section(self, data: Mapping[str, Any], path: str) -> Section:
        path = f"{path}({data.get('id', '?')})"
        found = [
            self.field(one, f"{path}.fields[{number}]")
            for number, one in self.tables(data, "fields", path)
        ]
        plain = self.plain(Section, data, path)
        condition = self.condition(data.get("visible_when"), path)
        return Section(**plain, visible_when=condition, fields=tuple(found))

    def field(self, data: Mapping[str, Any], path: str) -> Field:
        path = f"{path}({data.get('id', '?')})"
        options = [
            Option(**self.plain(Option, one, f"{path}.options[{number}]"))
            for number, one in self.tables(data, "options", path)
        ]
        columns = [
            self.field(one, f"{path}.columns[{number}]")
            for number, one in self.tables(data, "columns", path)
        ]
        plain = self.plain(Field, data, path)
        condition = self.condition(data.get("visible_when"), path)
        return Field(
            **plain, options=tuple(options), columns=tuple(columns), visible_when=condition
        )

    def check(self, data: Mapping[str, Any], path: str) -> CheckSpec:
        path = f"{path}({data.get('check', '?')})"
        own = {one.name for one in fields(CheckSpec)} - {"parameters"}
        plain = self.plain(CheckSpec, {k: v for k, v in data.items() if k in own}, path)
        parameters = {name: value for name, value in data.items() if name not in own}
        condition = self.condition(data.get("when"), path)
        return CheckSpec(**plain, when=condition, parameters=parameters)

    def condition(self, data: Any, path: str) -> Condition | None:
        if data is None:
            return None
        if not isinstance(data, Mapping) or not data:
            self.faults.append(Fault(path, "a condition is a table that names a subject"))
            return None
        renamed = {("values" if name == "in" else name): value for name, value in data.items()}
        return Condition(**self.plain(Condition, renamed, f"{path}.visible_when"))

    def tables(
        self, data: Mapping[str, Any], name: str, path: str
    ) -> Iterator[tuple[int, Mapping[str, Any]]]:
        found = data.get(name, [])
        for number, one in enumerate(found if isinstance(found, list | tuple) else [found]):
            if isinstance(one, Mapping):
                yield number, one
            else:
                where = f"{path}.{name}[{number}]".lstrip(".")
                self.faults.append(Fault(where, "expected a table"))

    def plain(self, shape: type, data: Mapping[str, Any], path: str) -> dict[str, Any]:
        """The scalar members of a dataclass, converted; unknown and missing names are faults."""
        known = {one.name: one for one in fields(shape)}
        result = {}
        for name, value in data.items():
            if name in _NESTED and name in known:
                continue
            if name not in known:
                self.faults.append(Fault(f"{path}.{name}".lstrip("."), "unknown key"))
            else:
                result[name] = self.value(name, value, str(known[name].type), path)
        for name, one in known.items():
            required = one.type is str and one.default is one.default_factory
            if required and name not in data:
                self.faults.append(Fault(f"{path}.{name}".lstrip("."), "missing"))
                result[name] = ""
        return result

    def value(self, name: str, value: Any, declared: str, path: str) -> Any:
        converted, ok = _converted(name, value, declared)
        if not ok:
            self.faults.append(Fault(f"{path}.{name}".lstrip("."), f"not usable: {value!r}"))
        elif name in _CHOICES and converted not in _CHOICES[name]:
            allowed = ", ".join(repr(one) for one in _CHOICES[name])
            self.faults.append(Fault(f"{path}.{name}".lstrip("."), f"{value!r} is not {allowed}"))
        return converted


def _converted(name: str, value: Any, declared: str) -> tuple[Any, bool]:
    if name in _DECIMALS:
        try:
            return Decimal(str(value)), not isinstance(value, bool)
        except InvalidOperation:
            return None, False
    if "tuple" in declared:
        several = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
        return (tuple(value) if several else ()), several
    if "bool" in declared:
        return bool(value), isinstance(value, bool)
    if "int" in declared:
        return value, isinstance(value, int) and not isinstance(value, bool)
    return value, isinstance(value, str)


def to_json(
    value: FormDefinition | Table | Section | Field | CheckSpec | Condition,
) -> dict[str, Any]:
    """The shortest dictionary that parses back to the same definition."""
    written: dict[str, Any] = {}
    for one in fields(value):
        content = getattr(value, one.name)
        if one.name == "parameters":
            written.update(content)
        elif content != one.default and content not in ((), None):
            name = "in" if isinstance(value, Condition) and one.name == "values" else one.name
            written[name] = _written(content)
    return written


def _written(content: Any) -> Any:
    if isinstance(content, Decimal):
        return format(content, "f")
    if isinstance(content, tuple):
        return [_written(one) for one in content]
    if isinstance(content, str | int | bool):
        return content
    return to_json(content)
