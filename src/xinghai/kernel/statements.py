"""Several writes as one statement: what belongs together costs one round trip, and stands or falls.

The names in these statements are those of tables and columns; every value is a parameter.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection, models


def insertion(row: models.Model, *, key: str = "") -> tuple[str, list[Any]]:
    """Return the INSERT of one row as a SELECT without FROM, and its values.

    `key` is SQL for the key of a row whose key the table does not draw itself.
    """
    fields: list[Any] = [one for one in row._meta.concrete_fields if not one.primary_key]
    columns = [f'"{field.column}"' for field in fields]
    places = ["%s"] * len(fields)
    if key:
        columns.append(f'"{key_of(type(row)).column}"')
        places.append(key)
    sql = f'INSERT INTO "{row._meta.db_table}" ({", ".join(columns)}) SELECT {", ".join(places)}'
    return sql, [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


def stored(field: Any, value: Any) -> Any:
    """Return a value as the field's column takes it; of a relation, the record or its key."""
    return field.get_db_prep_save(getattr(value, "pk", value), connection)


def key_of(model: type[models.Model]) -> Any:
    return model._meta.pk


def change_and_keep(
    record: models.Model,
    changes: Mapping[str, Any],
    *,
    standing: Mapping[str, Collection[Any]],
    beside: models.Model,
) -> bool:
    """Change a row and insert another one beside it, or neither; return whether it happened.

    `standing` are the values columns must still have one of: who was too late changes nothing.
    """
    table: Any = record._meta
    news = [table.get_field(name) for name in changes]
    olds = [table.get_field(name) for name in standing]
    sets = ", ".join(f'"{field.column}" = %s' for field in news)
    holds = " AND ".join(f'"{field.column}" = ANY(%s)' for field in olds)
    insert, values = insertion(beside)
    with connection.cursor() as cursor:
        cursor.execute(
            f'WITH changed AS (UPDATE "{table.db_table}" SET {sets}'  # noqa: S608
            f' WHERE "{table.pk.column}" = %s AND {holds} RETURNING 1) {insert} FROM changed',
            [
                *(stored(field, changes[field.name]) for field in news),
                record.pk,
                *(list(one) for one in standing.values()),
                *values,
            ],
        )
        return bool(cursor.rowcount)
