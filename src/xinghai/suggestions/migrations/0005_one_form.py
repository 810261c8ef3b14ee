"""The guide table becomes a part of every form: one form and one set of answers per suggestion.

Forms are frozen, so each pair of a form and a guide table that was in use gets a new version of
the form that holds both; the old rows stay. The answers of the two tables are put together, under
the ids they had: what receipts and confirmations hash is the same as before. Backwards only
tables without suggestions can go.
"""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations
from django.db.models import Max

from xinghai.kernel.hashing import content_hash

GUIDE = "guide"
TOGETHER = (
    "UPDATE suggestions_suggestion SET answers = answers || condensation",
    "UPDATE suggestions_revision SET answers = answers || condensation",
    "UPDATE suggestions_unmergeddraft SET answers = answers || condensation",
    # What waits for the end of the transaction would keep the columns from being dropped.
    "SET CONSTRAINTS ALL IMMEDIATE",
)


def join(form: dict[str, Any], guide: dict[str, Any]) -> dict[str, Any]:
    """As the loader joins them, `kernel.forms.add_table`, which may change after this."""
    names = [
        {one["id"] for section in table["sections"] for one in (section, *section["fields"])}
        for table in (form, guide)
    ]
    if names[0] & names[1] or form.get("profile") != guide.get("profile"):
        raise ValueError(f"{form['id']} and {guide['id']} cannot be one form")
    head = {name: guide[name] for name in guide if name not in ("sections", "checks", "profile")}
    sections = [{**section, "table": GUIDE} for section in guide["sections"]]
    joined = {
        **form,
        "tables": [{**head, "form": head["id"], "id": GUIDE}],
        "sections": [*form["sections"], *sections],
        "checks": [*form.get("checks", []), *guide.get("checks", [])],
    }
    return {name: value for name, value in joined.items() if name != "checks" or value}


def make_one_form(apps: Any, schema_editor: Any) -> None:
    for call in apps.get_model("calls", "Call").objects.select_related("definition_row"):
        guide = call.definition_row.content.pop("guide_form", "")
        if guide:
            _join_forms(apps, call, guide)
            _join_definition(call, guide)
    with schema_editor.connection.cursor() as cursor:
        for statement in TOGETHER:
            cursor.execute(statement)


def _join_forms(apps: Any, call: Any, guide: str) -> None:
    """The pairs in use, the oldest first, then the newest of each type for what is begun next."""
    forms = apps.get_model("calls", "CallForm").objects.filter(call=call)
    suggestions = apps.get_model("suggestions", "Suggestion").objects.filter(call=call)
    known = {form.pk: form for form in forms}
    in_use = suggestions.order_by().values_list("form", "condensation_form").distinct()
    keys = set(call.categories.exclude(form_key="").values_list("form_key", flat=True))
    newest = {form.key: form.pk for form in sorted(known.values(), key=lambda one: one.version)}
    pairs = {*in_use, *((newest[key], newest[guide]) for key in keys)}
    for pair in sorted(pairs, key=lambda pair: [known[one].version for one in pair]):
        form, table = (known[one] for one in pair)
        definition = join(form.definition, table.definition)
        made = forms.create(
            call=call,
            key=form.key,
            version=forms.filter(key=form.key).aggregate(last=Max("version"))["last"] + 1,
            definition=definition,
            definition_hash=content_hash(definition),
            created_at=max(form.created_at, table.created_at),
        )
        suggestions.filter(form=form, condensation_form=table).update(form=made)


def _join_definition(call: Any, guide: str) -> None:
    """The same in the definition as loaded, so that loading it again finds nothing new."""
    content = call.definition_row.content
    table = content["forms"].pop(guide)
    content["forms"] = {key: join(form, table) for key, form in content["forms"].items()}
    call.definition_row.save(update_fields=["content"])
    call.definition_hash = content_hash(content)
    call.save(update_fields=["definition_hash"])


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0002_questions"),
        ("suggestions", "0004_states"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="revision",
            name="frozen",
        ),
        migrations.RunPython(make_one_form, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="revision",
            name="condensation",
        ),
        migrations.RemoveField(
            model_name="suggestion",
            name="condensation",
        ),
        migrations.RemoveField(
            model_name="suggestion",
            name="condensation_form",
        ),
        migrations.RemoveField(
            model_name="unmergeddraft",
            name="condensation",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            IF TG_OP = \'DELETE\' THEN\n                RAISE EXCEPTION \'% cannot be deleted\', TG_TABLE_NAME\n                    USING ERRCODE = \'integrity_constraint_violation\';\n            END IF;\n            IF OLD."answers" IS DISTINCT FROM NEW."answers" OR OLD."version" IS DISTINCT FROM NEW."version" OR OLD."suggestion_id" IS DISTINCT FROM NEW."suggestion_id" THEN\n                RAISE EXCEPTION \'a frozen column of % cannot change\', TG_TABLE_NAME\n                    USING ERRCODE = \'integrity_constraint_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                    hash="46a5abb707a953041166c55c8f99ff5c09bb65ed",
                    operation="UPDATE",
                    pgid="pgtrigger_frozen_1ae56",
                    table="suggestions_revision",
                    when="BEFORE",
                ),
            ),
        ),
    ]
