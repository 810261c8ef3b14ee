"""Many suggestions out of one: set-based copies of a handed-in suggestion, for reading benchmarks.

The copies obey every constraint of the tables; only the triggers that keep states to the
workflow are switched off for the while, which the tables' owner may do. Their trail is the
original's, so the hashes in it are of the original.
"""

import time
from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from tests.factories import make_organisation, make_user
from xinghai.kernel.models import Event
from xinghai.kernel.numbering import take_numbers
from xinghai.submissions.models import Receipt, Revision
from xinghai.suggestions.models import Suggestion

# Of twenty suggestions of an office: where each stands.
SPREAD = (
    *("submitted",) * 4,
    *("with_office",) * 2,
    "returned_by_office",
    *("pooled",) * 8,
    *("declined",) * 5,
)
UNITS = 60


def make_units() -> list[tuple[int, int]]:
    """Return (author, organisation) pairs to spread suggestions over."""
    people = [make_user() for _ in range(UNITS)]
    return [(one.pk, make_organisation(administrator=one).pk) for one in people]


def multiply(
    suggestion: Suggestion,
    count: int,
    *,
    states: Sequence[str] = SPREAD,
    owners: Sequence[tuple[int, int]] = (),
    with_history: bool = True,
) -> float:
    """Make `count` copies of `suggestion` in `states` by turns; return the seconds it took."""
    began = time.perf_counter()
    owners = owners or [(suggestion.author_id, suggestion.organisation_id)]
    first = take_numbers(f"suggestion:{suggestion.call.code}", count)[0] if suggestion.number else 0
    newest = Suggestion.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with transaction.atomic():
        _guards(on=False)
        key = _new_dossiers(count)
        _copy(
            Suggestion,
            f"FROM suggestions_suggestion t, generate_series(1, {count}) n"
            f" WHERE t.id = {suggestion.pk}",
            {"id": f"{key} + n", **_told(first, states, owners, numbered=bool(suggestion.number))},
        )
        if with_history:
            _copy_history(suggestion, newest)
        _guards(on=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return time.perf_counter() - began


def _new_dossiers(count: int) -> int:
    """Make `count` dossiers with consecutive keys; return the key before the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO submissions_dossier (process) SELECT 'suggestion'"
            " FROM generate_series(1, %s) RETURNING id) SELECT min(id) FROM made",
            [count],
        )
        return int(cursor.fetchone()[0]) - 1


def _told(
    first: int, states: Sequence[str], owners: Sequence[tuple[int, int]], *, numbered: bool
) -> dict[str, str]:
    """Columns that differ from the original, as SQL of the running number n."""
    turn = f"1 + n % {len(owners)}"
    told = {
        "title": "t.title || ' ' || n",
        "state": f"(ARRAY{list(states)})[1 + n % {len(states)}]",
        "state_since": "now() - n % 40000 * interval '3 minutes'",
        "saved_at": "now() - n % 40000 * interval '3 minutes' - interval '1 day'",
        "author_id": f"(ARRAY{[author for author, _ in owners]})[{turn}]",
        "organisation_id": f"(ARRAY{[unit for _, unit in owners]})[{turn}]",
    }
    if numbered:
        told["number"] = f"split_part(t.number, '-', 1) || '-' || {_five_digits(first)}"
        told["submitted_at"] = told["state_since"]
    if "returned_by_office" in states:
        returned = f"{told['state']} = 'returned_by_office'"
        told["due_on"] = f"CASE WHEN {returned} THEN current_date + n % 60 - 20 END"
    return told


def _five_digits(first: int) -> str:
    value = f"({first} + n - 1)::text"
    return f"lpad({value}, greatest(5, length({value})), '0')"


def _copy_history(suggestion: Suggestion, newest: int) -> None:
    """The trail, the last two versions and the receipt, as every handed-in suggestion has them."""
    copies = (
        f"(SELECT id AS copy, number AS copied FROM suggestions_suggestion WHERE id > {newest}) c"
    )
    label = Suggestion.trail_name
    _copy(
        Event,
        f"FROM kernel_event t, {copies} WHERE t.subject_type = '{label}'"
        f" AND t.subject_id = {suggestion.pk} ORDER BY c.copy, t.id",
        {"subject_id": "copy"},
    )
    _copy(
        Revision,
        f"FROM submissions_revision t, {copies} WHERE t.dossier_id = {suggestion.pk}"
        f" AND t.version > {suggestion.version - 2}",
        {"dossier_id": "copy"},
    )
    _copy(
        Receipt,
        f"FROM submissions_receipt t, {copies} WHERE t.dossier_id = {suggestion.pk}",
        {"dossier_id": "copy", "number": "copied"},
    )


def _copy(model: type, source: str, told: Mapping[str, str]) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]
    columns = [
        one.column
        for one in model._meta.concrete_fields
        if not one.primary_key or one.column in told
    ]  # type: ignore[attr-defined]
    values = ", ".join(told.get(column, f"t.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} {source}")


# What counts changes for the pages kept in memory fires always, and goes on.
GUARDS = """
    SELECT tgname FROM pg_trigger
    WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'A'
"""


def _guards(*, on: bool) -> None:
    word = "ENABLE" if on else "DISABLE"
    with connection.cursor() as cursor:
        # Deferred checks of rows written so far must be over before a table is altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (model._meta.db_table for model in (Suggestion, Event, Revision, Receipt)):
            cursor.execute(GUARDS, [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} {word} TRIGGER {name}")
