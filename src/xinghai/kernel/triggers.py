"""Database triggers shared by models: append-only tables, and states only by `fire`."""

from collections.abc import Mapping, Sequence
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
        changed = _is_changed(model, self.columns)
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


class OnlyErased(pgtrigger.Trigger):
    """Refuse DELETE, and UPDATE of anything but an erasure, which happens once and leaves its time.

    `erasures` names for each column of a time the columns that are emptied when it is set; a check
    constraint of the table says what empty is.
    """

    def __init__(self, erasures: Mapping[str, Sequence[str]]) -> None:
        self.erasures = {stamp: tuple(names) for stamp, names in erasures.items()}
        super().__init__(
            name="only_erased",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
        )

    def get_func(self, model: Any) -> str:
        known = {name for stamp, names in self.erasures.items() for name in (stamp, *names)}
        frozen = [field.name for field in model._meta.concrete_fields if field.name not in known]
        refused = [_is_changed(model, frozen)]
        for stamp, names in self.erasures.items():
            column = _column(model, stamp)
            refused.append(
                f"({_is_changed(model, [stamp, *names])})"
                f" AND (OLD.{column} IS NOT NULL OR NEW.{column} IS NULL)"
            )
        return f"""
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF {" OR ".join(f"({one})" for one in refused)} THEN
                RAISE EXCEPTION '% can only be erased', TG_TABLE_NAME
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


def _is_changed(model: Any, names: Sequence[str]) -> str:
    columns = [_column(model, name) for name in names]
    return " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)


def _column(model: Any, name: str) -> str:
    field: Any = model._meta.get_field(name)
    return f'"{field.column}"'
