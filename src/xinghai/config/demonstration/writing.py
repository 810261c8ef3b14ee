"""Believable answers for demonstration suggestions: each invented topic told field by field."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from xinghai.kernel.forms import Context, Field, FormDefinition, is_visible

TWO_YEARS = timedelta(days=730)
Attach = Callable[[str], dict[str, Any]]

PARAGRAPHS = tomllib.loads((Path(__file__).parent / "paragraphs.toml").read_text())
TOPICS = tomllib.loads((Path(__file__).parent / "topics.toml").read_text())
ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text())


def write_answers(
    form: FormDefinition,
    context: Context,
    topic: Mapping[str, Any],
    *,
    given: Mapping[str, Any],
    attach: Attach,
) -> dict[str, Any]:
    """Return `given` completed by the topic: an answer to every visible field of the submitter.

    A field the topic has nothing to say about gets a plain value within its limits.
    """
    told = facts_of(topic) | {"deadline": (context.today + TWO_YEARS).isoformat()}
    answers: dict[str, Any] = {
        "title": topic["title"],
        "domain": topic["domain"],
        "nj_title": topic["title"][:40],
        "keywords": list(topic["keywords"]),
        "indicators": indicators_of(topic),
        "nj_indicators": [
            {name: row[name] for name in ("class", "name", "target", "unit", "evidence")}
            for row in indicators_of(topic)
        ],
        **topic.get("words", {}),
        **{name: value for name, value in given.items() if value not in ("", [], {}, None)},
    }
    for section in form.sections:
        for field in section.fields:
            if field.audience != "submitter" or not is_visible(field, section, answers, context):
                continue
            if field.readonly or (field.kind == "org_ref" and not form.requires(field)):
                continue  # naming a partner would make its confirmation due
            if field.id not in answers:
                answers[field.id] = value_for(field, told, attach)
    return {name: value for name, value in answers.items() if form.field(name) is not None}


def facts_of(topic: Mapping[str, Any]) -> dict[str, str]:
    metric, now, target, unit = topic["metrics"][0]
    return {
        "problem": topic["problem"],
        "method": topic["method"],
        "product": topic["product"],
        "scene": topic["scene"],
        "keyword": topic["keywords"][0],
        "money": str(topic["money"]),
        "metric": metric,
        "now": now,
        "target": target,
        "unit": unit,
    }


def indicators_of(topic: Mapping[str, Any]) -> list[dict[str, str]]:
    technical = [
        {
            "class": "technical",
            "name": name,
            "baseline": now,
            "target": target,
            "unit": unit,
            "evidence": "third_party_test",
        }
        for name, now, target, unit in topic["metrics"]
    ]
    economic = {
        "class": "economic",
        "name": "新增产值",
        "target": str(topic["money"] * 3),
        "unit": "万元",
        "evidence": "financial_audit",
    }
    return [*technical, economic]


def value_for(field: Field, told: Mapping[str, str], attach: Attach) -> Any:
    """Return a value of the field's kind: the topic's words, or the plainest that fits."""
    if field.kind == "file":
        return [attach(f"{field.label[:20]}.pdf")]
    if field.id in ROWS:
        return [_told_row(row, told) for row in ROWS[field.id]]
    if field.kind == "table":
        rows = max(field.min_rows or field.advised_least or 0, 3)
        return [
            {column.id: value_for(column, told, attach) for column in field.columns}
            for _row in range(min(rows, field.max_rows or rows))
        ]
    return PLAIN[field.kind](field, told)


def _told_row(row: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: value.format(**told) if isinstance(value, str) else value
        for name, value in row.items()
    }


def _text(field: Field, told: Mapping[str, str]) -> str:
    words = PARAGRAPHS.get(field.id, "{product}：{metric}达到{target}{unit}").format(**told)
    while len(words) < (field.min_chars or field.advised_least or 0):
        words += "各项数据均为演示。"
    return words[: field.max_chars] if field.max_chars else words


def _number(field: Field, told: Mapping[str, str]) -> str:
    wanted = float(told["money"])
    if "month" in field.id or "period" in field.id:
        wanted = 24
    elif field.kind == "integer":
        wanted = 3
    low = float(field.min_value if field.min_value is not None else (field.above or 0) + 1)
    high = float(field.max_value) if field.max_value is not None else max(low, wanted)
    return str(int(min(high, max(low, wanted))))


def _choice(field: Field, told: Mapping[str, str]) -> str:
    return field.options[0].value if field.options else ""


PLAIN: dict[str, Callable[[Field, Mapping[str, str]], Any]] = {
    "text": _text,
    "textarea": _text,
    "select": _choice,
    "radio": _choice,
    "multiselect": lambda field, told: [_choice(field, told)] if field.options else [],
    "bool": lambda field, told: True,
    "integer": lambda field, told: int(_number(field, told)),
    "decimal": _number,
    "date": lambda field, told: told["deadline"],
    "daterange": lambda field, told: {"start": "2025-01-01", "end": "2026-12-31"},
    "phone": lambda field, told: "13800000000",
    "email": lambda field, told: "demo@example.com",
    "tags": lambda field, told: [told["keyword"], "示范应用", "演示"],
    "tree_select": lambda field, told: [],
    "org_ref": lambda field, told: {"id": "", "name": "演示合作单位", "uscc": "", "kind": ""},
    "ref": lambda field, told: {"id": "", "label": "演示"},
    "multi_ref": lambda field, told: [],
    "commitment": lambda field, told: True,
    "trl": lambda field, told: 4 if "now" in field.id else 7,
    "trl_pair": lambda field, told: {"start": 4, "target": 7},
}
