"""Both shipped notices, composed once for the tests that only read them."""

from datetime import date
from functools import cache
from typing import Any

from xinghai.calls.choosing import categories_above
from xinghai.calls.composing import Composition, compose, definition_path
from xinghai.kernel.forms import Context, FormDefinition, Report, examine


@cache
def notice(code: str) -> Composition:
    return compose(definition_path(code))


def form_named(code: str, key: str) -> FormDefinition:
    return notice(code).parsed[key]


def examined(
    code: str, key: str, answers: dict[str, Any], *, category: str = "", **facts: Any
) -> Report:
    above = categories_above(notice(code).data, category)
    context = Context(
        **{"today": date(2024, 2, 1), "category": category, "category_path": above, **facts}
    )
    return examine(form_named(code, key), answers, context)


def said_about(report: Report, field: str) -> list[tuple[str, str]]:
    """(severity, source) of what rules say about a field."""
    return [(one.severity, one.source) for one in report.of(field) if one.nature == "rule"]
