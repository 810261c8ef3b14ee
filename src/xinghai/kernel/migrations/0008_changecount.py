"""Tables that are watched count their changes in the transaction of the change."""

from django.db import migrations, models

# A writer takes a part of the count that no other open transaction holds, or begins a new one: it
# never waits, so two writers cannot wait for each other. There are as many parts as there were
# ever writers at one moment. The steps are of chance so that a database put back to an earlier
# state, and changed otherwise since, comes to other counts than before.
COUNT = """
    CREATE FUNCTION kernel_count_change() RETURNS trigger LANGUAGE plpgsql AS $body$
    DECLARE
        step bigint := 1 + floor(random() * 1000000000)::bigint;
    BEGIN
        UPDATE public.kernel_changecount SET tally = tally + step WHERE id = (
            SELECT id FROM public.kernel_changecount WHERE topic = TG_TABLE_NAME
            LIMIT 1 FOR UPDATE SKIP LOCKED
        );
        IF NOT FOUND THEN
            INSERT INTO public.kernel_changecount (topic, tally) VALUES (TG_TABLE_NAME, step);
        END IF;
        RETURN NULL;
    END
    $body$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_message_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=63)),
                ("tally", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(COUNT, "DROP FUNCTION kernel_count_change()"),
    ]
