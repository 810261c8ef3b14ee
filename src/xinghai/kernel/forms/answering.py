"""Answers coming in: from a browser, from the profile, from another record."""

from collections.abc import Mapping
from typing import Any

from xinghai.kernel.forms.definition import Field, FormDefinition
from xinghai.kernel.forms.kinds import kind_of
from xinghai.kernel.forms.typed import storable

_NOTHING: tuple[Any, ...] = (None, "", [], {})


def parse_answers(
    form: FormDefinition,
    raw: Mapping[str, Any],
    *,
    base: Mapping[str, Any] | None = None,
    audience: str = "submitter",
) -> dict[str, Any]:
    """The JSON values of what was sent, laid over `base`; unknown names are dropped.

    Nothing typed is lost: what a kind cannot read stays as text and `examine` names it.
    A read-only field keeps what `base` says.
    """
    answers = dict(base or {})
    for field in form.fields(audience):
        if field.id in raw and not field.readonly:
            answers[field.id] = kind_of(field).read(storable(raw[field.id]), field)
    return answers


def prefill(form: FormDefinition, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Answers known beforehand; a field's `prefill` is a dotted path in the nested `facts`.

    Several paths stand in their order of preference, `category.code|category.group`.

    Paths in use: `organisation.{ref,uscc,kind,district,tags,profile}`,
    `user.{name,job_title,mobile,landline,email}`, `call.ref`, `category.{code,group}` (the
    group is the code of the category above), `domain.code`.
    """
    answers = {}
    for field in form.fields():
        for path in field.prefill.split("|") if field.prefill else ():
            value = _at(facts, path)
            known = kind_of(field).prefill(value, field) if value not in _NOTHING else None
            if known not in _NOTHING:
                answers[field.id] = known
                break
    return answers


def follow(form: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that other answers give to the fields with `prefill_from`.

    The second table of a form is begun this way from the first. `a|b` takes the first that
    is filled, `a+b` both together as a pair. Columns of a table are matched by id, so shared
    columns follow and the others stay empty.
    """
    followed = {}
    for field in form.fields():
        for names in field.prefill_from.split("|") if field.prefill_from else ():
            value = _taken_over(field, form, answers, names.split("+"))
            if value not in _NOTHING:
                followed[field.id] = value
                break
    return followed


def copy_forward(
    form: FormDefinition, other: FormDefinition, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """An earlier record's answers for a new one (复制上次填报): same id, same kind, no promises.

    Commitments and files are given anew for each record; read-only fields come from the profile.
    Only the form's own table is copied: the others follow it.
    """
    copied, own = {}, form.names_in("")
    for field in form.fields("submitter"):
        origin = other.field(field.id)
        if field.id not in own or origin is None or origin.kind != field.kind or field.readonly:
            continue
        value = answers.get(field.id)
        if not kind_of(field).is_empty(value):
            copied[field.id] = kind_of(field).prefill(value, field)
    return {name: value for name, value in copied.items() if value not in _NOTHING}


def _taken_over(
    field: Field, form: FormDefinition, answers: Mapping[str, Any], names: list[str]
) -> Any:
    origins = [origin for origin in map(form.field, names) if origin is not None]
    if len(origins) != len(names) or any(
        kind_of(origin).is_empty(answers.get(origin.id)) for origin in origins
    ):
        return None
    kind, first = kind_of(field), origins[0]
    if len(origins) > 1:
        return kind.prefill([answers[origin.id] for origin in origins], field)
    if field.kind == first.kind:
        return kind.prefill(answers[first.id], field)
    return kind.prefill(kind_of(first).display(answers[first.id], first), field)


def _at(facts: Mapping[str, Any], path: str) -> Any:
    value: Any = facts
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
