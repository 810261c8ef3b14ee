"""The worklist of a process: its tabs, filters, decisions and panels, declared as one value.

A room declares it beside its process and names it there (`Process.worklist`); the views of this
room ask `worklist_of(process)`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from xinghai.accounts.models import User
from xinghai.casework.decisions import STANDARD_DECISIONS, Decision
from xinghai.casework.filters import STANDARD_FILTERS, standard_tabs
from xinghai.kernel.processes import Label, declared_at
from xinghai.submissions.filters import Filter, FilterSet, Tab
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process


@dataclass(frozen=True)
class Panel:
    """A part of the record's page that a room above adds: a template, and what it shows.

    The template finds what `load` returns under `panel`, and `reading` and `back` beside it.
    """

    template: str
    load: Callable[[Submission, User], Any]


@dataclass(frozen=True)
class KeptOutcome:
    """The decided states that count as taken: what the overview calls them and says of them.

    `sentence` names the number as {kept}.
    """

    states: tuple[str, ...]
    label: Label
    sentence: Label


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """How the bureau works on the records of one process.

    An edge a decision names and the table does not have raises ImproperlyConfigured.
    """

    process: Process
    decisions: tuple[type[Decision], ...] = STANDARD_DECISIONS
    own_tabs: tuple[Tab, ...] = ()
    filters: tuple[type[Filter], ...] = STANDARD_FILTERS
    panels: tuple[Panel, ...] = ()
    kept: KeptOutcome | None = None
    where: str = field(default_factory=declared_at, compare=False, repr=False)

    def __post_init__(self) -> None:
        table = self.process.workflow
        edges = {edge for one in self.decisions for edge in one.edges}
        if unknown := sorted(edges - set(table.by_name)):
            raise ImproperlyConfigured(f"{self.where}: decisions of unknown edges: {unknown}")
        kept = self.kept.states if self.kept else ()
        states = {*kept, *(state for tab in self.own_tabs for state in tab.states)}
        if unknown := sorted(states - set(table.state_by_name)):
            raise ImproperlyConfigured(f"{self.where}: unknown states: {unknown}")
        for name, words in (
            ("actions", [one.action for one in self.decisions]),
            ("keys", [one.key for one in self.decisions if one.key]),
            ("filters", [one.name for one in self.filters]),
        ):
            if twice := sorted({word for word in words if words.count(word) > 1}):
                raise ImproperlyConfigured(f"{self.where}: {name} that stand twice: {twice}")

    @cached_property
    def filter_set(self) -> FilterSet:
        return FilterSet(
            self.process,
            standard_tabs(*self.own_tabs),
            tuple(one(self.process) for one in self.filters),
        )

    @cached_property
    def decision_by_action(self) -> dict[str, Decision]:
        return {one.action: one(self.process) for one in self.decisions}

    @property
    def for_many(self) -> list[Decision]:
        """What can be done to several records at once."""
        return [one for one in self.decision_by_action.values() if one.is_for_many]

    def for_many_in(self, states: Collection[str]) -> list[Decision]:
        """Return those of them that can be taken in some of the states; no states are any."""
        return [one for one in self.for_many if not states or one.begins_in() & set(states)]

    @property
    def with_keys(self) -> list[Decision]:
        return [one for one in self.decision_by_action.values() if one.key]

    def buttons(
        self, steps: Collection[str], submission: Submission, user: User
    ) -> list[tuple[Decision, str]]:
        """Return what this person may do to the record now, each with the look of its button."""
        return [
            (one, one.button_class(steps))
            for one in self.decision_by_action.values()
            if one.has_button and one.is_open_by(steps, submission, user)
        ]

    def panels_of(self, submission: Submission, user: User) -> Sequence[tuple[str, Any]]:
        """Return the template of each panel with what it shows to this reader."""
        return [(one.template, one.load(submission, user)) for one in self.panels]


def worklist_of(process: Process) -> Worklist:
    """Return the worklist a process names; raises ImproperlyConfigured when it names none."""
    if not process.worklist:
        raise ImproperlyConfigured(f"{process.where}: the process names no worklist")
    found: Worklist = import_string(process.worklist)
    return found
