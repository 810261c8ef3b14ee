"""Is a definition sound? Unknown words, names used twice, checks that point nowhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xinghai.kernel.forms.checks import CHECKS
from xinghai.kernel.forms.definition import (
    PROMOTIONS,
    CheckSpec,
    Condition,
    Field,
    FormDefinition,
)
from xinghai.kernel.forms.kinds import KINDS
from xinghai.kernel.forms.trees import tree_names

_LIMITS = (
    "min_chars",
    "max_chars",
    "min_value",
    "above",
    "max_value",
    "places",
    "min_items",
    "max_items",
    "min_rows",
    "max_rows",
    "pattern",
    "accept",
    "max_megabytes",
    "unit",
    "unit_en",
    "tree",
    "refers_to",
    "statement",
    "options",
    "columns",
)
_PAIRS = (
    ("min_chars", "max_chars"),
    ("min_value", "max_value"),
    ("min_items", "max_items"),
    ("min_rows", "max_rows"),
)
# What a kind counts: `advised_least` speaks of the same.
_COUNTED = {"min_chars", "min_items", "min_rows"}
_ON_ANY_KIND = {"statement_en"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a definition: where, in the path of the document, and what."""

    path: str
    message: str


def faults_of(form: FormDefinition) -> Iterator[Fault]:
    yield from _repeated("sections", [section.id for section in form.sections])
    yield from _repeated("fields", [field.id for field in form.fields()])
    yield from _repeated("tables", [table.id for table in form.tables])
    yield from _repeated("promote", [one.promote for one in form.fields() if one.promote])
    if not form.sections:
        yield Fault("sections", "a form has at least one section")
    known = {"", *(table.id for table in form.tables)}
    for section in form.sections:
        path = f"sections({section.id})"
        if section.table not in known:
            yield Fault(f"{path}.table", f"names an unknown table {section.table!r}")
        if section.most < 1 or (section.most > 1 and not section.side):
            yield Fault(f"{path}.most", "at least one; more only where a side fills the section")
        yield from _condition_faults(section.visible_when, form, path)
        for field in section.fields:
            yield from _field_faults(field, form, f"{path}.{field.id}", in_table=False)
    for number, spec in enumerate(form.checks):
        yield from _check_faults(spec, form, f"checks[{number}]({spec.check})")


def _repeated(where: str, names: list[str]) -> Iterator[Fault]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(f"{where}({name})", f"duplicate id {name!r} ({count} times)")


def _field_faults(
    field: Field, form: FormDefinition, path: str, *, in_table: bool
) -> Iterator[Fault]:
    kind = KINDS.get(field.kind)
    if kind is None:
        known = ", ".join(sorted(KINDS))
        yield Fault(path, f"unknown field kind {field.kind!r}; known: {known}")
        return
    if field.promote and (in_table or field.kind != PROMOTIONS[field.promote]):
        wanted = PROMOTIONS[field.promote]
        yield Fault(f"{path}.promote", f"{field.promote!r} is filled by a field of {wanted!r}")
    if in_table and not kind.in_table:
        yield Fault(path, f"{field.kind!r} cannot be a column of a table")
    for name in _LIMITS:
        given = getattr(field, name) not in (None, "", ())
        if given and name not in kind.limits | kind.needs | _ON_ANY_KIND:
            yield Fault(f"{path}.{name}", f"{field.kind!r} does not know {name!r}")
        if not given and name in kind.needs:
            yield Fault(f"{path}.{name}", f"{field.kind!r} needs {name!r}")
    if field.required and field.advised:
        yield Fault(f"{path}.advised", "a field is required or advised, not both")
    if field.advised_least is not None and not kind.limits & _COUNTED:
        yield Fault(f"{path}.advised_least", f"{field.kind!r} does not know 'advised_least'")
    for low, high in _PAIRS:
        least, most = getattr(field, low), getattr(field, high)
        if least is not None and most is not None and least > most:
            yield Fault(path, f"{low} is more than {high}")
    if field.tree and field.tree not in tree_names():
        yield Fault(f"{path}.tree", f"unknown tree {field.tree!r}")
    yield from _repeated(f"{path}.options", [option.value for option in field.options])
    yield from _repeated(f"{path}.columns", [column.id for column in field.columns])
    yield from _condition_faults(field.visible_when, form, path)
    for column in field.columns:
        yield from _field_faults(column, form, f"{path}.{column.id}", in_table=True)


def _condition_faults(
    condition: Condition | None, form: FormDefinition, path: str
) -> Iterator[Fault]:
    if condition is None or not condition.field:
        return
    field = form.field(condition.field)
    if field is None:
        yield Fault(path, f"a condition names an unknown field {condition.field!r}")
        return
    for value in condition.values:
        if field.options and field.option(value) is None:
            yield Fault(path, f"a condition asks for {value!r}, no option of {field.id!r}")
    if not condition.values:
        yield Fault(path, f"a condition on {field.id!r} lists no values")


def _check_faults(spec: CheckSpec, form: FormDefinition, path: str) -> Iterator[Fault]:
    check = CHECKS.get(spec.check)
    if check is None:
        yield Fault(path, f"unknown check {spec.check!r}; known: {', '.join(sorted(CHECKS))}")
        return
    allowed = {**check.parameters, **check.optional}
    for name, value in spec.parameters.items():
        if name not in allowed:
            yield Fault(f"{path}.{name}", "unknown parameter")
        elif isinstance(value, bool) or not isinstance(value, allowed[name]):
            yield Fault(f"{path}.{name}", f"not usable: {value!r}")
    for name in sorted(check.parameters.keys() - spec.parameters.keys()):
        yield Fault(f"{path}.{name}", "missing parameter")
    for name in ("message", "message_en", "source"):
        if not getattr(spec, name):
            yield Fault(
                f"{path}.{name}", "every check has a message in both languages and a source"
            )
    named = [spec.field, *(spec.parameters.get(one) for one in check.field_parameters)]
    for one in named:
        if one is not None and form.field(str(one)) is None:
            yield Fault(path, f"names an unknown field {one!r}")
    field = form.field(spec.field)
    for one in (spec.parameters.get(name) for name in check.column_parameters):
        if field is not None and one is not None and field.column(str(one)) is None:
            yield Fault(path, f"names an unknown column {one!r} of {spec.field!r}")
    yield from _condition_faults(spec.when, form, path)
