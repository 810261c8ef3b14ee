"""Official numbers without gaps, from one counter row per series."""

from django.db import connection


def next_number(series: str) -> int:
    """Return the next number of the series, starting at 1; call it last in a transaction.

    The upsert locks the counter row until the transaction ends: numbers leave
    in the order of commits, and a rollback gives its number back.
    """
    return take_numbers(series, 1)[0]


def take_numbers(series: str, count: int) -> range:
    """Return `count` consecutive numbers of the series (a batch takes them together)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (series, value) VALUES (%s, %s)"
            " ON CONFLICT (series) DO UPDATE SET value = kernel_counter.value + excluded.value"
            " RETURNING value",
            [series, count],
        )
        last: int = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
