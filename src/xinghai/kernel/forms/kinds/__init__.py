"""One class per kind of field; `kind_of` returns the class of a field."""

from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Difference, Fault, Kind
from xinghai.kernel.forms.kinds.simple import SIMPLE
from xinghai.kernel.forms.kinds.tables import TableKind

KINDS: dict[str, Kind] = {**SIMPLE, TableKind.name: TableKind()}


def kind_of(field: Field) -> Kind:
    return KINDS[field.kind]


__all__ = ["KINDS", "Difference", "Fault", "Kind", "kind_of"]
