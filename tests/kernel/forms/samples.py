"""Small definitions the form tests share."""

from datetime import date
from typing import Any

from xinghai.kernel.forms import Context, FormDefinition, parse_form

TODAY = date(2024, 2, 1)


def field(name: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "label": f"栏目{name}", "label_en": f"Field {name}", **more}


def check(name: str, on: str, **more: Any) -> dict[str, Any]:
    said = {"message": "不行", "message_en": "No", "source": "测试"}
    return {"check": name, "field": on, **said, **more}


def data(*fields: dict[str, Any], checks: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    section = {"id": "s", "title": "一", "title_en": "One", "fields": list(fields)}
    return {"id": "f", "title": "表", "sections": [section], "checks": list(checks)}


def form(*fields: dict[str, Any], checks: tuple[dict[str, Any], ...] = ()) -> FormDefinition:
    return parse_form(data(*fields, checks=checks))


def context(**more: Any) -> Context:
    return Context(**{"today": TODAY, **more})


OPTIONS = [
    {"value": "a", "label": "甲", "label_en": "A"},
    {"value": "b", "label": "乙", "label_en": "B"},
]
LEVELS = [{"value": str(level), "label": f"{level}级"} for level in range(1, 10)]
NEEDS: dict[str, Any] = {
    "options": OPTIONS,
    "tree": "gbt13745",
    "statement": "承诺",
    "columns": [field("x", required=True), field("n", "integer"), field("d", "date")],
}
