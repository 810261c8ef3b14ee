from django.conf import settings
from django.db import migrations, models

# Who returned it stood in a column beside the state; now the state says it. The trigger that guards
# states lets only the workflow through, so it rests while the names change. A view as long as its
# column loses its last letters: that must not stop the upgrade.
NAMES = """
ALTER TABLE suggestions_suggestion DISABLE TRIGGER USER;
UPDATE suggestions_suggestion SET state = CASE
    WHEN state = 'returned' AND returned_by = 'unit' THEN 'returned_by_unit'
    WHEN state = 'returned' THEN 'returned_by_office'
    ELSE 'unit_review_again' END
WHERE state = 'returned' OR (state = 'unit_review' AND returned_by = 'office');
ALTER TABLE suggestions_suggestion ENABLE TRIGGER USER;
UPDATE suggestions_savedview
    SET words = left(
        regexp_replace(words, '(state=([^&]*%2C)?)returned(?=&|%2C|$)', '\\1returned_by_office'),
        600
    );
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_likeness_of_names"),
        ("calls", "0002_questions"),
        ("suggestions", "0003_likeness"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="suggestion_received_has_number",
        ),
        migrations.RemoveIndex(
            model_name="suggestion",
            name="suggestion_inbox",
        ),
        migrations.RemoveIndex(
            model_name="suggestion",
            name="suggestion_arrived",
        ),
        migrations.RunSQL(NAMES),
        migrations.RemoveField(
            model_name="suggestion",
            name="returned_by",
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "草稿"),
                    ("unit_review", "待单位审核"),
                    ("returned_by_unit", "单位已退回"),
                    ("submitted", "待受理"),
                    ("triage", "待分派"),
                    ("with_office", "已受理"),
                    ("returned_by_office", "已退回"),
                    ("unit_review_again", "待单位审核修改稿"),
                    ("pooled", "入选建议库"),
                    ("merged", "已合并"),
                    ("declined", "未采纳"),
                    ("condensed", "已凝练"),
                    ("adopted", "已采用"),
                    ("carried_over", "结转下一年度"),
                ],
                default="draft",
                max_length=20,
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
                fields=["office", "state_since", "id"],
                include=("state",),
                name="suggestion_inbox",
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
                fields=["-submitted_at", "-id"],
                include=("state",),
                name="suggestion_arrived",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "unit_review", "returned_by_unit")),
                    models.Q(
                        models.Q(("number", ""), _negated=True),
                        ("submitted_at__isnull", False),
                        ("organisation__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="suggestion_received_has_number",
            ),
        ),
    ]
