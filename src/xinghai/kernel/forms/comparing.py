"""Compare two versions of the answers, and merge three."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xinghai.kernel.forms.definition import FormDefinition
from xinghai.kernel.forms.kinds import Difference, kind_of


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: str
    section: str
    label: str
    label_en: str
    old: Any
    new: Any
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """A field that both changed, each in another way, since `base`."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """`answers` takes every change only one side made; a conflict keeps mine until decided."""

    answers: dict[str, Any]
    conflicts: tuple[MergeConflict, ...]


def changes(
    old: Mapping[str, Any], new: Mapping[str, Any], form: FormDefinition, language: str = "zh"
) -> list[FieldChange]:
    """What differs, field by field in the order of the form."""
    found = []
    for section in form.sections:
        for field in section.fields:
            before, after = old.get(field.id), new.get(field.id)
            differences = kind_of(field).diff(before, after, field, language)
            if differences:
                found.append(
                    FieldChange(
                        field.id,
                        section.id,
                        field.label,
                        field.label_en,
                        before,
                        after,
                        tuple(differences),
                    )
                )
    return found


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    form: FormDefinition,
) -> Merge:
    """Merge two edits of one version; where both changed a field, a conflict is returned."""
    answers: dict[str, Any] = {}
    conflicts = []
    for field in form.fields():
        kind = kind_of(field)
        old, own, other = (one.get(field.id) for one in (base, mine, theirs))
        if kind.same(own, other) or kind.same(old, other):
            chosen = own
        elif kind.same(old, own):
            chosen = other
        else:
            chosen = own
            conflicts.append(MergeConflict(field.id, old, own, other))
        if any(field.id in one for one in (mine, theirs)):
            answers[field.id] = kind.empty(field) if chosen is None else chosen
    return Merge(answers, tuple(conflicts))
