import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CallDefinition",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="definition_row",
                        serialize=False,
                        to="calls.call",
                    ),
                ),
                ("content", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="call",
            name="guide_form_key",
            field=models.CharField(default="", max_length=20),
            preserve_default=False,
        ),
        migrations.RunSQL(
            sql=[
                "INSERT INTO calls_calldefinition (call_id, content)"
                " SELECT id, definition FROM calls_call",
                "UPDATE calls_call SET guide_form_key = definition ->> 'guide_form'",
                # The rows' foreign keys are checked before the table is altered again.
                "SET CONSTRAINTS ALL IMMEDIATE",
            ],
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RemoveField(model_name="call", name="definition"),
    ]
