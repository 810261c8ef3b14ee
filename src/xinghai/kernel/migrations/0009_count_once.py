"""A transaction counts a table's changes once: they all become visible at one moment.

Counted row by row, a statement that changes ten thousand rows would leave ten thousand versions of
one part, each of which the next has to pass.
"""

from importlib import import_module

from django.db import migrations

# The note goes with the part of the transaction that wrote it: after ROLLBACK TO SAVEPOINT the
# count is taken back, and so is the note. A test is one transaction over many requests and asks
# for each change to be counted; nobody else does.
COUNT = """
    CREATE OR REPLACE FUNCTION kernel_count_change() RETURNS trigger LANGUAGE plpgsql AS $body$
    DECLARE
        noted constant text := 'xinghai.counted_' || TG_TABLE_NAME;
        step bigint;
    BEGIN
        IF current_setting(noted, true) = 'yes'
            AND current_setting('xinghai.count_each', true) IS DISTINCT FROM 'yes'
        THEN
            RETURN NULL;
        END IF;
        step := 1 + floor(random() * 1000000000)::bigint;
        UPDATE public.kernel_changecount SET tally = tally + step WHERE id = (
            SELECT id FROM public.kernel_changecount WHERE topic = TG_TABLE_NAME
            LIMIT 1 FOR UPDATE SKIP LOCKED
        );
        IF NOT FOUND THEN
            INSERT INTO public.kernel_changecount (topic, tally) VALUES (TG_TABLE_NAME, step);
        END IF;
        PERFORM set_config(noted, 'yes', true);
        RETURN NULL;
    END
    $body$
"""
BEFORE: str = import_module("xinghai.kernel.migrations.0008_changecount").COUNT.replace(
    "CREATE", "CREATE OR REPLACE", 1
)


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0008_changecount"),
    ]

    operations = [
        migrations.RunSQL(COUNT, BEFORE),
    ]
