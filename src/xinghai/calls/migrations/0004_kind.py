"""A call says which process its records belong to; so far all calls collected suggestions."""

from typing import Any

from django.db import migrations, models

from xinghai.kernel.hashing import content_hash

KIND = "suggestion"


def name_the_kind(apps: Any, schema_editor: Any) -> None:
    """The same in the definition as loaded, so that loading it again finds nothing new."""
    for call in apps.get_model("calls", "Call").objects.select_related("definition_row"):
        call.definition_row.content["kind"] = KIND
        call.definition_row.save(update_fields=["content"])
        call.definition_hash = content_hash(call.definition_row.content)
        call.save(update_fields=["definition_hash"])


class Migration(migrations.Migration):
    dependencies = [("calls", "0003_one_form"), ("suggestions", "0005_one_form")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="kind",
            field=models.CharField(default=KIND, max_length=20),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_kind, migrations.RunPython.noop),
    ]
