import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Events stay as they are, down to the hash; what their first format kept in itself moves beside
# them. The checks of the new foreign key must be over before the columns go.
TO_DETAILS = """
    INSERT INTO kernel_eventdetail
        (event_id, reason, private, text_salt, address, address_salt)
    SELECT id, reason, '{}', '', address, '' FROM kernel_event
    WHERE reason <> '' OR address IS NOT NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
"""
FROM_DETAILS = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM kernel_event WHERE format > 1) THEN
            RAISE EXCEPTION 'events of the second format cannot be told in the first';
        END IF;
    END $$;
    ALTER TABLE kernel_event DISABLE TRIGGER USER;
    UPDATE kernel_event SET reason = one.reason, address = one.address
    FROM kernel_eventdetail one WHERE one.event_id = kernel_event.id;
    ALTER TABLE kernel_event ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_seal_subtrees"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="address_digest",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="event",
            name="format",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="event",
            name="format",
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name="event",
            name="text_digest",
            field=models.BinaryField(default=b""),
        ),
        migrations.CreateModel(
            name="EventDetail",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="kernel.event",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("private", models.JSONField(default=dict)),
                ("text_salt", models.BinaryField(default=b"")),
                ("text_erased_at", models.DateTimeField(null=True)),
                ("address", models.GenericIPAddressField(null=True)),
                ("address_salt", models.BinaryField(default=b"")),
                ("address_erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("address__isnull", False)),
                        fields=["event"],
                        name="event_detail_address",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text_erased_at", None),
                            models.Q(("private", {}), ("reason", ""), ("text_salt", b"")),
                            _connector="OR",
                        ),
                        name="event_detail_text_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address_erased_at", None),
                            models.Q(("address__isnull", True), ("address_salt", b"")),
                            _connector="OR",
                        ),
                        name="event_detail_address_erased",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TO_DETAILS, FROM_DETAILS),
        migrations.RemoveField(
            model_name="event",
            name="address",
        ),
        migrations.RemoveField(
            model_name="event",
            name="reason",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="eventdetail",
            trigger=pgtrigger.compiler.Trigger(
                name="only_erased",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            IF TG_OP = \'DELETE\' THEN\n                RAISE EXCEPTION \'% cannot be deleted\', TG_TABLE_NAME\n                    USING ERRCODE = \'integrity_constraint_violation\';\n            END IF;\n            IF (OLD."event_id" IS DISTINCT FROM NEW."event_id") OR ((OLD."text_erased_at" IS DISTINCT FROM NEW."text_erased_at" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."private" IS DISTINCT FROM NEW."private" OR OLD."text_salt" IS DISTINCT FROM NEW."text_salt") AND (OLD."text_erased_at" IS NOT NULL OR NEW."text_erased_at" IS NULL)) OR ((OLD."address_erased_at" IS DISTINCT FROM NEW."address_erased_at" OR OLD."address" IS DISTINCT FROM NEW."address" OR OLD."address_salt" IS DISTINCT FROM NEW."address_salt") AND (OLD."address_erased_at" IS NOT NULL OR NEW."address_erased_at" IS NULL)) THEN\n                RAISE EXCEPTION \'% can only be erased\', TG_TABLE_NAME\n                    USING ERRCODE = \'integrity_constraint_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                    hash="d6a7ad13edba47203984c78748628e3bef69a2b1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_only_erased_beef8",
                    table="kernel_eventdetail",
                    when="BEFORE",
                ),
            ),
        ),
    ]
