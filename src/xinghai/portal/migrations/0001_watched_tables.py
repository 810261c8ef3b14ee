"""The tables public pages read tell of their changes, so that pages can be kept until then.

The triggers fire in every session (ENABLE ALWAYS), also where a superuser skips triggers.
"""

from django.db import migrations

WHOLE = (
    "accounts_district",
    "accounts_office",
    "accounts_organisation",
    "calls_call",
    "calls_calldefinition",
    "calls_callform",
    "calls_calloffice",
    "calls_category",
    "calls_domain",
    "calls_question",
    "calls_route",
    "calls_window",
    "kernel_event",
)
# An author saves a draft every few seconds, and no public page knows of it: what the bureau has
# not received changes nothing. A state not named here does.
UNSEEN = ("draft", "unit_review", "returned_by_unit", "recommending", "returned_by_recommender")
RECORDS = "suggestions_suggestion"


def _watch_whole(table: str) -> str:
    return f"""
        CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION kernel_count_change();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER count_change;
    """


def _watch_received(table: str) -> str:
    unseen = ", ".join(f"'{state}'" for state in UNSEEN)
    old, new = (f"{row}.state NOT IN ({unseen})" for row in ("OLD", "NEW"))
    parts = {
        "insert": f"AFTER INSERT ON {table} FOR EACH ROW WHEN ({new})",
        "update": f"AFTER UPDATE ON {table} FOR EACH ROW WHEN ({old} OR {new})",
        "delete": f"AFTER DELETE ON {table} FOR EACH ROW WHEN ({old})",
        "truncate": f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT",
    }
    return "".join(
        f"""
        CREATE TRIGGER count_change_by_{name} {when} EXECUTE FUNCTION kernel_count_change();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER count_change_by_{name};
        """
        for name, when in parts.items()
    )


def _unwatch(table: str, *names: str) -> str:
    return "".join(f"DROP TRIGGER {name} ON {table};" for name in names)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("accounts", "0008_city"),
        ("calls", "0007_years"),
        ("kernel", "0008_changecount"),
        ("suggestions", "0008_amount"),
    ]

    operations = [
        *(migrations.RunSQL(_watch_whole(one), _unwatch(one, "count_change")) for one in WHOLE),
        migrations.RunSQL(
            _watch_received(RECORDS),
            _unwatch(
                RECORDS,
                *(f"count_change_by_{how}" for how in ("insert", "update", "delete", "truncate")),
            ),
        ),
    ]
