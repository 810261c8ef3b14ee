"""Database triggers shared by models: append-only tables, and states only by `fire`."""

from collections.abc import Sequence
from typing import Any

import pgtrigger

_update_of: Any = pgtrigger.UpdateOf
_UPDATE_OF_STATE = _update_of("state")


class AppendOnly(pgtrigger.Trigger):
    """Refuse UPDATE and DELETE, whoever asks."""

    def __init__(self) -> None:
        super().__init__(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=(
                "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME"
                " USING ERRCODE = 'integrity_constraint_violation';"
            ),
        )


class Frozen(pgtrigger.Trigger):
    """Refuse to change the named columns once the row stands; DELETE too unless deletable."""

    def __init__(self, columns: Sequence[str], *, deletable: bool = False) -> None:
        self.columns = tuple(columns)
        operation = pgtrigger.Update if deletable else pgtrigger.Update | pgtrigger.Delete
        super().__init__(name="frozen", when=pgtrigger.Before, operation=operation)

    def get_func(self, model: Any) -> str:
        changed = " OR ".join(
            f"OLD.{_column(model, name)} IS DISTINCT FROM NEW.{_column(model, name)}"
            for name in self.columns
        )
        return f"""
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF {changed} THEN
                RAISE EXCEPTION 'a frozen column of % cannot change', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """


class StateGuard(pgtrigger.Trigger):
    """Refuse a change of `state` that `fire` did not announce for this very row.

    `fire` leaves "table:id:state" in a transaction-local setting; a plain
    UPDATE, a shell or another tool has no such pass. New rows start in the
    workflow's initial state.
    """

    def __init__(self, initial: str) -> None:
        self.initial = initial
        super().__init__(
            name="state_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | _UPDATE_OF_STATE,
        )

    def get_func(self, model: Any) -> str:
        return f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> '{self.initial}' THEN
                    RAISE EXCEPTION 'a new row of % starts as {self.initial}', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """


def _column(model: Any, name: str) -> str:
    field: Any = model._meta.get_field(name)
    return f'"{field.column}"'
