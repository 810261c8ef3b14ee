"""Notes and saved views move from suggestions to the room every process shares."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COPY = """
INSERT INTO casework_note (id, dossier_id, author_id, text, written_at, withdrawn_at)
    SELECT id, suggestion_id, author_id, text, written_at, withdrawn_at FROM suggestions_note;
INSERT INTO casework_savedview (id, process, owner_id, office_id, place, name, words, created_at)
    SELECT id, 'suggestion', owner_id, office_id, place, name, words, created_at
    FROM suggestions_savedview;
SELECT setval(pg_get_serial_sequence('casework_note', 'id'), last_value, is_called)
    FROM suggestions_note_id_seq;
SELECT setval(pg_get_serial_sequence('casework_savedview', 'id'), last_value, is_called)
    FROM suggestions_savedview_id_seq;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_likeness_of_names"),
        ("submissions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("process", models.CharField(max_length=20)),
                ("place", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=20)),
                ("words", models.CharField(blank=True, max_length=600)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=1000)),
                ("written_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddField(
            model_name="note",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="submissions.dossier",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="office",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.office",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("owner", "process", "place", "name"), name="saved_view_once_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="saved_view_is_named"
            ),
        ),
        migrations.RunSQL(COPY),
    ]
