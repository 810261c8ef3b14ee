"""A suggestion's key is its dossier's; what hung on it stands in the shared rooms now."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# The column stays; its numbers come from the dossier, and its name in the models is another one.
KEY = """
ALTER TABLE suggestions_suggestion ALTER COLUMN id DROP IDENTITY;
ALTER TABLE suggestions_suggestion ADD CONSTRAINT suggestions_suggestion_id_dossier
    FOREIGN KEY (id) REFERENCES submissions_dossier (id) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_likeness_of_names"),
        ("calls", "0004_kind"),
        ("casework", "0001_initial"),
        ("duplicates", "0001_initial"),
        ("submissions", "0001_initial"),
        ("suggestions", "0005_one_form"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="batch", name="append_only"),
        pgtrigger.migrations.RemoveTrigger(model_name="receipt", name="append_only"),
        pgtrigger.migrations.RemoveTrigger(model_name="revision", name="frozen"),
        pgtrigger.migrations.RemoveTrigger(model_name="partner", name="state_guard"),
        migrations.DeleteModel(name="Receipt"),
        migrations.DeleteModel(name="Batch"),
        migrations.DeleteModel(name="FieldComment"),
        migrations.DeleteModel(name="Likeness"),
        migrations.DeleteModel(name="Note"),
        migrations.DeleteModel(name="Partner"),
        migrations.DeleteModel(name="Revision"),
        migrations.DeleteModel(name="SavedView"),
        migrations.DeleteModel(name="UnmergedDraft"),
        migrations.RemoveConstraint(
            model_name="suggestion", name="suggestion_at_office_has_office"
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(KEY)],
            state_operations=[
                migrations.RemoveIndex(model_name="suggestion", name="suggestion_todo"),
                migrations.RemoveIndex(model_name="suggestion", name="suggestion_inbox"),
                migrations.RemoveIndex(model_name="suggestion", name="suggestion_arrived"),
                migrations.RemoveField(model_name="suggestion", name="id"),
                migrations.AddField(
                    model_name="suggestion",
                    name="dossier",
                    field=models.OneToOneField(
                        db_column="id",
                        default=None,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="submissions.dossier",
                    ),
                    preserve_default=False,
                ),
                migrations.AddIndex(
                    model_name="suggestion",
                    index=models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "submitted",
                                    "triage",
                                    "with_office",
                                    "returned_by_office",
                                    "unit_review_again",
                                    "pooled",
                                    "merged",
                                    "declined",
                                    "condensed",
                                    "adopted",
                                    "carried_over",
                                ),
                            )
                        ),
                        fields=["office", "state_since", "dossier"],
                        include=("state",),
                        name="suggestion_inbox",
                    ),
                ),
                migrations.AddIndex(
                    model_name="suggestion",
                    index=models.Index(
                        condition=models.Q(("state__in", ("submitted", "with_office"))),
                        fields=["office", "state_since", "dossier"],
                        name="suggestion_todo",
                    ),
                ),
                migrations.AddIndex(
                    model_name="suggestion",
                    index=models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "submitted",
                                    "triage",
                                    "with_office",
                                    "returned_by_office",
                                    "unit_review_again",
                                    "pooled",
                                    "merged",
                                    "declined",
                                    "condensed",
                                    "adopted",
                                    "carried_over",
                                ),
                            )
                        ),
                        fields=["-submitted_at", "-dossier"],
                        include=("state",),
                        name="suggestion_arrived",
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="calls.call"
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="state",
            field=models.CharField(default="draft", max_length=30),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestion",
            trigger=pgtrigger.compiler.Trigger(
                name="belongs_to_its_process",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NOT EXISTS (\n                SELECT FROM submissions_dossier WHERE id = NEW.id AND process = 'suggestion'\n            ) THEN\n                RAISE EXCEPTION 'a row of % needs a dossier of suggestion', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="90ad617af87ec4140a39b5adf9b7d7318d134531",
                    operation="INSERT",
                    pgid="pgtrigger_belongs_to_its_process_0a5d1",
                    table="suggestions_suggestion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("with_office", "returned_by_office", "unit_review_again")),
                        _negated=True,
                    ),
                    ("office__isnull", False),
                    _connector="OR",
                ),
                name="suggestion_at_office_has_office",
            ),
        ),
    ]
