"""What hangs on every record moves from suggestions to its dossier; no record changes."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Ids stay. Sequences go on where the old ones stood: a discarded draft's id is in the trail, so no
# other record may take it. `/office/` was the inbox and is the bureau's first page now, which knows
# no filters: messages that named some lead to the inbox.
COPY = """
INSERT INTO submissions_dossier (id, process)
    SELECT id, 'suggestion' FROM suggestions_suggestion;
INSERT INTO submissions_batch (id, process, call_id, organisation_id, number, submitted_by_id,
        received_at, count, content_hash)
    SELECT id, 'suggestion', call_id, organisation_id, number, submitted_by_id, received_at, count,
        content_hash FROM suggestions_batch;
INSERT INTO submissions_partner (id, event_head, dossier_id, side, organisation_id, email,
        token_hash, user_id, state, asked_at, confirmed_hash)
    SELECT id, event_head, suggestion_id, side, organisation_id, email, token_hash, user_id, state,
        asked_at, confirmed_hash FROM suggestions_partner;
INSERT INTO submissions_receipt (id, dossier_id, number, version, content_hash, received_at,
        batch_id)
    SELECT id, suggestion_id, number, version, content_hash, received_at, batch_id
    FROM suggestions_receipt;
INSERT INTO submissions_remark (id, dossier_id, field, text, author_id, side, created_at,
        resolved_at, resolved_by_id)
    SELECT id, suggestion_id, field, text, author_id, side, created_at, resolved_at, resolved_by_id
    FROM suggestions_fieldcomment;
INSERT INTO submissions_revision (id, dossier_id, version, answers, saved_by_id, saved_at, note)
    SELECT id, suggestion_id, version, answers, saved_by_id, saved_at, note
    FROM suggestions_revision;
INSERT INTO submissions_unmergeddraft (id, dossier_id, saved_by_id, base_version, answers, saved_at)
    SELECT id, suggestion_id, saved_by_id, base_version, answers, saved_at
    FROM suggestions_unmergeddraft;
UPDATE kernel_message SET topic = 'submissions.' || split_part(topic, '.', 2)
    WHERE topic LIKE 'suggestions.%';
UPDATE kernel_message SET url = '/office/suggestions/' || substr(url, 9) WHERE url LIKE '/office/?%';
UPDATE kernel_messagepreference SET topic = 'submissions.' || split_part(topic, '.', 2)
    WHERE topic LIKE 'suggestions.%';
SET CONSTRAINTS ALL IMMEDIATE;
"""
SEQUENCE = """
SELECT setval(pg_get_serial_sequence('{new}', 'id'), last_value, is_called) FROM {old}_id_seq
"""
TABLES = {
    "submissions_dossier": "suggestions_suggestion",
    "submissions_batch": "suggestions_batch",
    "submissions_partner": "suggestions_partner",
    "submissions_receipt": "suggestions_receipt",
    "submissions_remark": "suggestions_fieldcomment",
    "submissions_revision": "suggestions_revision",
    "submissions_unmergeddraft": "suggestions_unmergeddraft",
}


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_likeness_of_names"),
        ("calls", "0004_kind"),
        ("kernel", "0004_message"),
        ("suggestions", "0005_one_form"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("process", models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("process", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("received_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calls.call",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_head", models.BinaryField(default=b"")),
                ("side", models.CharField(max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("state", models.CharField(default="asked", max_length=20)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_hash", models.CharField(blank=True, max_length=64)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="submissions.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("content_hash", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="submissions.batch",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="submissions.dossier",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("text", models.TextField(max_length=500)),
                ("side", models.CharField(max_length=10)),
                ("created_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="submissions.dossier",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
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
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("answers", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=40)),
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
                    "saved_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnmergedDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("base_version", models.PositiveIntegerField()),
                ("answers", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="submissions.dossier",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(COPY),
        *(migrations.RunSQL(SEQUENCE.format(new=new, old=old)) for new, old in TABLES.items()),
        pgtrigger.migrations.AddTrigger(
            model_name="batch",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="ee8eaa497b621b195161d0366ef24cb8e8595989",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3ae04",
                    table="submissions_batch",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("asked", "filling", "confirmed"))),
                fields=("dossier", "side"),
                name="partner_once_a_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation__isnull", False),
                    models.Q(("email", ""), _negated=True),
                    _connector="OR",
                ),
                name="partner_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("organisation__isnull", False), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="partner_confirmed_by_person",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="state_guard",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state <> 'asked' THEN\n                    RAISE EXCEPTION 'a new row of % starts as asked', TG_TABLE_NAME\n                        USING ERRCODE = 'integrity_constraint_violation';\n                END IF;\n            ELSIF OLD.state IS DISTINCT FROM NEW.state AND\n                current_setting('xinghai.transition', true) IS DISTINCT FROM\n                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state\n            THEN\n                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="15a9205b6eb8f0604a24066a7c3025daf085199a",
                    operation='INSERT OR UPDATE OF "state"',
                    pgid="pgtrigger_state_guard_6d6b0",
                    table="submissions_partner",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["number"], name="receipt_by_number"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                fields=("dossier", "version"), name="receipt_once_a_version"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="c93507230d56dcdec463f85832679b76727370cf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3bdd8",
                    table="submissions_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("dossier", "version"), name="revision_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            IF TG_OP = \'DELETE\' THEN\n                RAISE EXCEPTION \'% cannot be deleted\', TG_TABLE_NAME\n                    USING ERRCODE = \'integrity_constraint_violation\';\n            END IF;\n            IF OLD."answers" IS DISTINCT FROM NEW."answers" OR OLD."version" IS DISTINCT FROM NEW."version" OR OLD."dossier_id" IS DISTINCT FROM NEW."dossier_id" THEN\n                RAISE EXCEPTION \'a frozen column of % cannot change\', TG_TABLE_NAME\n                    USING ERRCODE = \'integrity_constraint_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                    hash="d98bf6d471d6c9f31c000954279bcb6944a4a1c6",
                    operation="UPDATE",
                    pgid="pgtrigger_frozen_d54a1",
                    table="submissions_revision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="unmergeddraft",
            constraint=models.UniqueConstraint(
                fields=("dossier", "saved_by"), name="unmerged_draft_once"
            ),
        ),
    ]
