"""The base class of a check: it declares its parameters and yields the faults it finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import CheckSpec, Field, FormDefinition
from xinghai.kernel.forms.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a check found something; an empty field means the check's own field."""

    field: str = ""
    row: int | None = None
    column: str = ""
    severity: str = ""
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    form: FormDefinition
    answers: Mapping[str, Any]
    context: Context
    spec: CheckSpec

    def value(self, name: str = "") -> Any:
        return self.answers.get(name or self.spec.field)

    def field(self, name: str = "") -> Field:
        found = self.form.field(name or self.spec.field)
        if found is None:
            raise LookupError(f"check names an unknown field: {name or self.spec.field}")
        return found

    def is_empty(self, name: str = "") -> bool:
        return kind_of(self.field(name)).is_empty(self.value(name))

    def rows(self) -> list[dict[str, Any]]:
        value = self.value()
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def parameter(self, name: str) -> Any:
        return self.spec.parameters[name]


class Check:
    """A check that definitions name. `hits` yields nothing when answers are right or missing.

    A field that is not filled in yet is reported as missing, not as breaking a rule, so most
    checks stay silent until their fields are answered.
    """

    name: ClassVar[str] = ""
    parameters: ClassVar[Mapping[str, type | tuple[type, ...]]] = {}
    optional: ClassVar[Mapping[str, type | tuple[type, ...]]] = {}
    field_parameters: ClassVar[tuple[str, ...]] = ()
    column_parameters: ClassVar[tuple[str, ...]] = ()

    def hits(self, situation: Situation) -> Iterator[Hit]:
        raise NotImplementedError
