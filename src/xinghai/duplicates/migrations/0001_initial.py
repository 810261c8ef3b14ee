"""What was decided about pairs moves from suggestions to the room every process shares."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COPY = """
INSERT INTO duplicates_likeness (id, one_id, other_id, verdict, reason, judged_by_id, judged_at)
    SELECT id, one_id, other_id, verdict, reason, judged_by_id, judged_at
    FROM suggestions_likeness;
SELECT setval(pg_get_serial_sequence('duplicates_likeness', 'id'), last_value, is_called)
    FROM suggestions_likeness_id_seq;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("submissions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "重复"), ("related", "相关"), ("unrelated", "不相关")],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=500)),
                ("judged_at", models.DateTimeField()),
                (
                    "judged_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="likeness",
            name="one",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="submissions.dossier",
            ),
        ),
        migrations.AddField(
            model_name="likeness",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="submissions.dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.UniqueConstraint(fields=("one", "other"), name="verdict_once_a_pair"),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("other"))), name="verdict_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["same", "related", "unrelated"])),
                name="verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "same"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="verdict_same_has_reason",
            ),
        ),
        migrations.RunSQL(COPY),
    ]
