"""One frozen table per process: states and edges, checked when the module is imported."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class State:
    """One state with two labels: the office's word and the applicant's."""

    name: str
    label: Label
    applicant_label: Label
    tone: str
    final: bool = False


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
            raise ImproperlyConfigured(f"{self.name}: a name stands twice")
        mentioned = {self.initial} | {
            name for edge in self.transitions for name in (*edge.from_states, edge.to_state)
        }
        if unknown := mentioned - set(names):
            raise ImproperlyConfigured(f"{self.name}: unknown states {sorted(unknown)}")
        if lost := set(names) - self._reachable():
            raise ImproperlyConfigured(f"{self.name}: unreachable states {sorted(lost)}")
        leaving = {name for edge in self.transitions for name in edge.from_states}
        for state in self.states:
            if state.final == (state.name in leaving):
                raise ImproperlyConfigured(f"{self.name}: {state.name} must end or lead on")

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

    @cached_property
    def state_by_name(self) -> dict[str, State]:
        return {state.name: state for state in self.states}

    def leaving(self, state: str) -> list[Transition]:
        """Return the edges that start from `state`, in the table's order."""
        return [edge for edge in self.transitions if state in edge.from_states]
