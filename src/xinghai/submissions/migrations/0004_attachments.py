"""Files stand in rows: those the stored versions name are written down."""

import django.db.models.deletion
from django.db import migrations, models

# The newest version is the record's content. A file is attached where its owner wrote a version or
# was the partner: naming another person's upload has never given access to it. What was dropped
# and named again counts as named all the while.
FILL = """
INSERT INTO submissions_attachment (dossier_id, field, file_id, since_version, until_version)
SELECT seen.dossier_id, seen.field, seen.file_id, seen.first, (
    SELECT min(later.version) FROM submissions_revision later
    WHERE later.dossier_id = seen.dossier_id AND later.version > seen.last
)
FROM (
    SELECT kept.dossier_id, answer.key AS field, file.id AS file_id,
        min(kept.version) AS first, max(kept.version) AS last
    FROM submissions_revision kept
    CROSS JOIN jsonb_each(kept.answers) answer
    CROSS JOIN jsonb_array_elements(
        CASE jsonb_typeof(answer.value) WHEN 'array' THEN answer.value ELSE '[]' END
    ) item
    JOIN kernel_storedfile file
        ON file.id::text = lower(item.value ->> 'id') AND file.completed_at IS NOT NULL
    WHERE EXISTS (
        SELECT FROM submissions_revision wrote
        WHERE wrote.dossier_id = kept.dossier_id AND wrote.saved_by_id = file.owner_id
    ) OR EXISTS (
        SELECT FROM submissions_partner partner
        WHERE partner.dossier_id = kept.dossier_id AND partner.user_id = file.owner_id
    )
    GROUP BY kept.dossier_id, answer.key, file.id
) seen
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_message_key"),
        ("submissions", "0003_words_of_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("since_version", models.PositiveIntegerField()),
                ("until_version", models.PositiveIntegerField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="submissions.dossier",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="kernel.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "field", "file", "since_version"), name="attachment_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_version", None)),
                        fields=("dossier", "field", "file"),
                        name="attachment_named_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_version", None),
                            ("until_version__gt", models.F("since_version")),
                            _connector="OR",
                        ),
                        name="attachment_until_after_since",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
