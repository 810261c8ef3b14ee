"""Answers that pass the pre-check, made from a form's own limits."""

from collections.abc import Callable
from typing import Any

from xinghai.kernel.forms import Context, Field, FormDefinition, is_visible
from xinghai.kernel.models import StoredFile

SENTENCE = "演示内容：围绕产业需求，提出目标清晰、边界明确、可以考核的研究任务。"


def valid_answers(
    form: FormDefinition,
    context: Context,
    *,
    given: dict[str, Any],
    attach: Callable[[str], StoredFile],
) -> dict[str, Any]:
    """Return `given` completed: every visible field gets a value within its limits."""
    answers = dict(given)
    for section in form.sections:
        for field in section.fields:
            if field.id in answers and answers[field.id] not in ("", [], {}, None):
                continue
            if field.kind == "org_ref" and not form.requires(field):
                continue  # naming a partner makes its confirmation due
            if field.audience == "submitter" and is_visible(field, section, answers, context):
                answers[field.id] = value_for(field, attach)
    return answers


def value_for(field: Field, attach: Callable[[str], StoredFile]) -> Any:
    if field.kind == "file":
        stored = attach(f"{field.label[:20]}.pdf")
        return [{"id": str(stored.pk), "name": stored.name, "size": stored.size}]
    if field.kind == "table":
        return [
            {column.id: value_for(column, attach) for column in field.columns}
            for _row in range(max(field.min_rows or 0, 3))
        ][: field.max_rows or 3]
    return MAKERS[field.kind](field)


def text(field: Field) -> str:
    least, most = field.min_chars or 0, field.max_chars or 120
    wanted = min(most, max(least, 12 if field.kind == "text" else 60))
    return (SENTENCE * (wanted // len(SENTENCE) + 1))[:wanted]


def number(field: Field) -> str:
    low = float(field.min_value if field.min_value is not None else (field.above or 0) + 1)
    high = float(field.max_value) if field.max_value is not None else low + 100
    return str(int(min(high, max(low, 24 if "month" in field.id else 1200))))


def choice(field: Field) -> str:
    return field.options[0].value if field.options else ""


MAKERS: dict[str, Callable[[Field], Any]] = {
    "text": text,
    "textarea": text,
    "select": choice,
    "radio": choice,
    "multiselect": lambda field: [choice(field)] if field.options else [],
    "bool": lambda field: True,
    "integer": lambda field: int(number(field)),
    "decimal": number,
    "date": lambda field: "2025-12-31",
    "daterange": lambda field: {"start": "2025-01-01", "end": "2026-12-31"},
    "phone": lambda field: "13800000000",
    "email": lambda field: "demo@example.com",
    "tags": lambda field: ["演示一", "演示二", "演示三"],
    "tree_select": lambda field: [],
    "org_ref": lambda field: {"id": "", "name": "演示合作单位", "uscc": "", "kind": ""},
    "ref": lambda field: {"id": "1", "label": "演示"},
    "multi_ref": lambda field: [],
    "commitment": lambda field: True,
    "trl": lambda field: 4 if "now" in field.id else 7,
    "trl_pair": lambda field: {"start": 4, "target": 7},
}
