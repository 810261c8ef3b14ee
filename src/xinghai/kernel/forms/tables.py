"""A form of several tables: one definition that can be taken apart again, unchanged to the letter.

A receipt states the hash of each table's definition. So joining adds nothing to a table that
taking it out does not remove. Here a definition is the dictionary as it is stored.
"""

from collections.abc import Mapping
from typing import Any

Definition = Mapping[str, Any]
_OF_THE_FORM = ("profile",)
_PARTS = ("sections", "checks", "tables")


def add_table(form: Definition, other: Definition, *, table: str) -> dict[str, Any]:
    """Return `form` with the sections and checks of `other` behind its own, as one of its tables.

    Both must have the same profile, because the form has one. Ids that stand in both are found
    when the result is parsed.
    """
    if form.get("profile") != other.get("profile"):
        raise ValueError(f"{form.get('id')} and {other.get('id')} have different profiles")
    kept = {name: value for name, value in other.items() if name not in (*_PARTS, *_OF_THE_FORM)}
    kept["form"] = kept.pop("id")
    sections = [{**section, "table": table} for section in other.get("sections", [])]
    joined = {
        **form,
        "tables": [*form.get("tables", []), {"id": table, **kept}],
        "sections": [*form.get("sections", []), *sections],
        "checks": [*form.get("checks", []), *other.get("checks", [])],
    }
    return {name: value for name, value in joined.items() if name != "checks" or value}


def take_table(form: Definition, table: str) -> dict[str, Any]:
    """Return the definition of one table as it was before it was joined; "" is the form's own."""
    sections = [one for one in form["sections"] if one.get("table", "") == table]
    fields = {field["id"] for section in sections for field in section.get("fields", [])}
    checks = [check for check in form.get("checks", []) if check["field"] in fields]
    taken = {
        **_head(form, table),
        "sections": [
            {name: value for name, value in section.items() if name != "table"}
            for section in sections
        ],
    }
    return {**taken, "checks": checks} if checks else taken


def table_names(form: Definition) -> tuple[str, ...]:
    """Return the form's own table, "", and the others in their order."""
    return ("", *(one["id"] for one in form.get("tables", [])))


def _head(form: Definition, table: str) -> dict[str, Any]:
    if not table:
        return {name: value for name, value in form.items() if name not in _PARTS}
    head = next(one for one in form["tables"] if one["id"] == table)
    own = {name: value for name, value in head.items() if name != "form"}
    shared = {name: form[name] for name in _OF_THE_FORM if name in form}
    return {**own, "id": head["form"], **shared}
