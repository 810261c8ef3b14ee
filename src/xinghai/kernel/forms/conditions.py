"""Who sees a field, and when a check applies."""

from collections.abc import Mapping
from typing import Any

from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Condition, Field, FormDefinition, Section


def holds(condition: Condition | None, answers: Mapping[str, Any], context: Context) -> bool:
    if condition is None:
        return True
    if condition.category and not context.categories & set(condition.category):
        return False
    kind = context.organisation_kind
    if condition.organisation_kind and kind not in condition.organisation_kind:
        return False
    if condition.not_organisation_kind and kind in condition.not_organisation_kind:
        return False
    return not condition.field or is_answered_with(answers.get(condition.field), condition.values)


def is_answered_with(value: Any, wanted: tuple[str, ...]) -> bool:
    """Whether an answer is, or holds, one of the wanted words."""
    given = value if isinstance(value, list) else [value]
    return any(_word(one) in wanted for one in given)


def _word(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else str(value)


def is_visible(
    field: Field, section: Section, answers: Mapping[str, Any], context: Context
) -> bool:
    return holds(section.visible_when, answers, context) and holds(
        field.visible_when, answers, context
    )


def submitted_answers(
    form: FormDefinition,
    answers: Mapping[str, Any],
    context: Context,
    *,
    audience: str = "submitter",
) -> dict[str, Any]:
    """What goes into a submitted revision: hidden fields are kept in the draft, not submitted."""
    return {
        field.id: answers[field.id]
        for section in form.sections
        for field in section.fields
        if field.id in answers
        and (not audience or field.audience == audience)
        and is_visible(field, section, answers, context)
    }
