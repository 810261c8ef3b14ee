"""The table of a process: its states and transitions, checked when the module is imported."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

Label = str | Promise


def declared_at() -> str:
    """Return the file and line that declares a value of this house, for messages about faults."""
    frame = sys._getframe(1)
    made_by = ("__init__", "__post_init__")
    while frame.f_back and (
        frame.f_code.co_filename == __file__ or frame.f_code.co_name in made_by
    ):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


class Phase(StrEnum):
    """Where a submission stands on the way every process shares: who has it, and whether the
    bureau has received it. Rules and lists ask for phases, never for one process's states."""

    WRITING = "writing"
    ENDORSING = "endorsing"
    RECOMMENDING = "recommending"
    CORRECTING_FOR_UNIT = "correcting_for_unit"
    ARRIVED = "arrived"
    UNROUTED = "unrouted"
    WORKING = "working"
    CORRECTING = "correcting"
    ENDORSING_CORRECTION = "endorsing_correction"
    DECIDED = "decided"


# The author may write: nobody else has the submission.
WITH_AUTHOR = (Phase.WRITING, Phase.CORRECTING_FOR_UNIT, Phase.CORRECTING)
# The author's unit has it, for the first time or with a correction for the office.
WITH_UNIT = (Phase.ENDORSING, Phase.ENDORSING_CORRECTION)
# An office has it.
AT_OFFICE = (Phase.ARRIVED, Phase.WORKING)
# The bureau must do the next step.
WITH_BUREAU = (*AT_OFFICE, Phase.UNROUTED)
# The author answers what the office asked for, and it returns to that office.
BEING_CORRECTED = (Phase.CORRECTING, Phase.ENDORSING_CORRECTION)
# Somebody gave it back to the author.
RETURNED = (Phase.CORRECTING_FOR_UNIT, Phase.CORRECTING)
# The unit has handed it on, and nobody expects anything of the unit.
HANDED_ON = (Phase.RECOMMENDING, *WITH_BUREAU, Phase.DECIDED)
# The bureau has received it, whoever has it now.
RECEIVED = (*WITH_BUREAU, *BEING_CORRECTED, Phase.DECIDED)


@dataclass(frozen=True)
class State:
    """One state with two labels: the office's word and the applicant's.

    `holder` says who has the record now (it may name %(unit)s and %(recommender)s; empty means the
    office) and `next` what happens next, both to the applicant.
    """

    name: str
    label: Label
    applicant_label: Label
    tone: str
    final: bool = False
    phase: Phase | None = None
    holder: Label = ""
    next: Label = ""


@dataclass(frozen=True)
class Transition:
    """One edge. `automatic` edges are the platform's own; no person may fire them."""

    name: str
    label: Label
    from_states: tuple[str, ...]
    to_state: str
    permission: str
    needs_reason: bool = False
    automatic: bool = False


@dataclass(frozen=True)
class Fragment:
    """A part of a table that several processes share; a process composes its table from parts."""

    states: tuple[State, ...]
    transitions: tuple[Transition, ...]


def compose(name: str, *, initial: str, fragments: Iterable[Fragment]) -> "Workflow":
    """Return the table made of the fragments, in their order; checked like any table."""
    parts = tuple(fragments)
    return Workflow(
        name=name,
        initial=initial,
        states=tuple(state for part in parts for state in part.states),
        transitions=tuple(edge for part in parts for edge in part.transitions),
    )


@dataclass(frozen=True)
class Workflow:
    """A whole process. Unknown, unreachable or dead-end states raise at import."""

    name: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        names = [state.name for state in self.states]
        edges = [edge.name for edge in self.transitions]
        if len(set(names)) != len(names) or len(set(edges)) != len(edges):
            raise ImproperlyConfigured(f"{declared_at()}: {self.name}: a name stands twice")
        mentioned = {self.initial} | {
            name for edge in self.transitions for name in (*edge.from_states, edge.to_state)
        }
        if unknown := mentioned - set(names):
            raise ImproperlyConfigured(
                f"{declared_at()}: {self.name}: unknown states {sorted(unknown)}"
            )
        if lost := set(names) - self._reachable():
            raise ImproperlyConfigured(
                f"{declared_at()}: {self.name}: unreachable states {sorted(lost)}"
            )
        leaving = {name for edge in self.transitions for name in edge.from_states}
        for state in self.states:
            if state.final == (state.name in leaving):
                raise ImproperlyConfigured(
                    f"{declared_at()}: {self.name}: {state.name} must end or lead on"
                )

    def _reachable(self) -> set[str]:
        reached = {self.initial}
        while True:
            more = {
                edge.to_state for edge in self.transitions if reached.intersection(edge.from_states)
            }
            if more <= reached:
                return reached
            reached |= more

    @cached_property
    def by_name(self) -> dict[str, Transition]:
        return {edge.name: edge for edge in self.transitions}

    def states_in(self, *phases: Phase) -> tuple[str, ...]:
        """Return the names of the states of these phases, in the table's order."""
        return tuple(state.name for state in self.states if state.phase in phases)

    def phase_of(self, state: str) -> Phase:
        """Return the phase of a state; raises ImproperlyConfigured when the table names none."""
        phase = self.state_by_name[state].phase
        if phase is None:
            raise ImproperlyConfigured(f"{self.name}: {state} has no phase")
        return phase

    @cached_property
    def state_by_name(self) -> dict[str, State]:
        return {state.name: state for state in self.states}

    def leaving(self, state: str) -> list[Transition]:
        """Return the edges that start from `state`, in the table's order."""
        return [edge for edge in self.transitions if state in edge.from_states]
