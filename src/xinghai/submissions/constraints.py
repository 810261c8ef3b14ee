"""What the database holds of every process's table: constraints, indexes and guards."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from xinghai.kernel.processes import AT_OFFICE, BEING_CORRECTED, RECEIVED, Phase, Workflow
from xinghai.kernel.triggers import StateGuard
from xinghai.submissions.process import Process


def standard_constraints(workflow: Workflow) -> tuple[models.BaseConstraint, ...]:
    """Return what must never be false of any process's records."""
    name, written = (
        workflow.name,
        [state.name for state in workflow.states if state.phase not in RECEIVED],
    )
    with_office = workflow.states_in(Phase.WORKING, *BEING_CORRECTED)
    return (
        models.UniqueConstraint(
            fields=["number", "call"], condition=~Q(number=""), name=f"{name}_number"
        ),
        models.CheckConstraint(
            condition=Q(state__in=written)
            | (~Q(number="") & Q(submitted_at__isnull=False) & Q(organisation__isnull=False)),
            name=f"{name}_received_has_number",
        ),
        models.CheckConstraint(
            condition=~Q(state__in=with_office) | Q(office__isnull=False),
            name=f"{name}_at_office_has_office",
        ),
    )


def standard_indexes(workflow: Workflow) -> tuple[models.Index, ...]:
    """Return the indexes of the shared lists: in order, and counted by state from the index."""
    name, received = workflow.name, Q(state__in=workflow.states_in(*RECEIVED))
    at_bodies = (
        models.Index(
            fields=["recommender", "state_since"],
            condition=Q(recommender__isnull=False),
            name=f"{name}_at_recommender",
        ),
    )
    todo = Q(state__in=workflow.states_in(*AT_OFFICE))
    return (
        models.Index(
            fields=["office", "state_since", "dossier"],
            include=["state"],
            condition=received,
            name=f"{name}_inbox",
        ),
        models.Index(
            fields=["office", "state_since", "dossier"], condition=todo, name=f"{name}_todo"
        ),
        models.Index(
            fields=["-submitted_at", "-dossier"],
            include=["state"],
            condition=received,
            name=f"{name}_arrived",
        ),
        models.Index(fields=["state", "state_since"], name=f"{name}_state"),
        models.Index(fields=["organisation", "state"], name=f"{name}_unit"),
        *(at_bodies if workflow.states_in(Phase.RECOMMENDING) else ()),
    )


def standard_triggers(process: Process) -> tuple[Any, ...]:
    """Return the guards of a process's table: states by the workflow, dossiers of the process."""
    return (StateGuard(process.workflow.initial), BelongsToItsProcess(process.key))


class BelongsToItsProcess(pgtrigger.Trigger):
    """Refuse a new record whose dossier names another process."""

    def __init__(self, process: str) -> None:
        self.process = process
        super().__init__(
            name="belongs_to_its_process", when=pgtrigger.Before, operation=pgtrigger.Insert
        )

    def get_func(self, model: Any) -> str:
        return f"""
            IF NOT EXISTS (
                SELECT FROM submissions_dossier WHERE id = NEW.id AND process = '{self.process}'
            ) THEN
                RAISE EXCEPTION 'a row of % needs a dossier of {self.process}', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """
