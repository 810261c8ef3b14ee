"""What a process of the programme is, as one value a room; and the list of all of them.

A room declares `Process` in its `process.py` and registers it in `apps.ready`. Views, addresses,
templates, messages and permissions of the shared rooms are mounted from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from xinghai.calls.kinds import register_kind
from xinghai.kernel.processes import Label, Phase, Workflow, declared_at

# Whom a message about a record can be for.
AUTHOR, UNIT, OFFICE, PLANNING, PARTNERS = "author", "unit", "office", "planning", "partners"
RECOMMENDER = "recommender"
# Standard edges whose words tell that the bureau has received the record.
TO_THE_BUREAU = ("submit", "endorse")


@dataclass(frozen=True)
class Noun:
    """What people call a record of the process (申报, application), and the name of its icon.

    `word` is the message id; `one` and `many` are `pgettext_lazy("singular", word)` and
    `pgettext_lazy("plural", word)`: English has two forms, and stored messages hold the word.
    """

    word: str
    one: Label
    many: Label
    icon: str


@dataclass(frozen=True)
class Notification:
    """One message about a fired edge: to which audiences, with which words.

    `subject` and `body` are message ids of the process's catalogue; they may name %(title)s,
    %(noun)s (what a record is called), %(number)s, %(author)s, %(unit)s, %(office)s, %(category)s,
    %(domain)s, %(recommender)s, %(due)s, %(deadline)s and %(reason)s.
    """

    audiences: tuple[str, ...]
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Process:
    """One process: its records, its table of states, its words and who may find its records.

    `key` names its dossiers, its number series and its texts in the index. `room` is the prefix of
    its permissions, the namespace of its addresses and the segment in them. `model` is the dotted
    name of its concrete table (`applications.Application`). `worklist` and `office_urls` are dotted
    names too: what they name needs models, which are not ready when a process is declared.
    `other_steps` are the words of events of its own that are no edge, where the tracker shows them.
    """

    key: str
    room: str
    model: str
    workflow: Workflow
    noun: Noun
    messages: Mapping[str, tuple[Notification, ...]] = field(default_factory=dict)
    worklist: str = ""
    office_urls: str = ""
    other_steps: Mapping[str, Label] = field(default_factory=dict)
    where: str = field(default_factory=declared_at, compare=False, repr=False)

    def __post_init__(self) -> None:
        names = {state.name: state.phase for state in self.workflow.states}
        if lacking := sorted(name for name, phase in names.items() if phase is None):
            raise ImproperlyConfigured(f"{self.where}: states without a phase: {lacking}")
        wrong = sorted(
            one.name
            for one in self.workflow.transitions
            if names[one.to_state] == Phase.RECOMMENDING and one.name in TO_THE_BUREAU
        )
        if wrong:
            raise ImproperlyConfigured(
                f"{self.where}: the words of {wrong} say that the bureau has received it, but they"
                " lead to a recommending body; compose `recommended`, which has edges of its own"
            )
        if unknown := sorted(set(self.messages) - set(self.workflow.by_name)):
            raise ImproperlyConfigured(f"{self.where}: messages of unknown edges: {unknown}")

    @property
    def records(self) -> Any:
        """The model of the records; only after all rooms are loaded."""
        return apps.get_model(self.model)

    def permission(self, verb: str) -> str:
        """Return the full name of a permission of this process: `applications.edit`."""
        return f"{self.room}.{verb}"

    def states(self, *phases: Phase) -> tuple[str, ...]:
        """Return the names of the states of these phases, in the table's order."""
        return self.workflow.states_in(*phases)

    def address(self, name: str, *args: object) -> str:
        """Return the address of one of the process's mounted views."""
        return reverse(f"{self.room}:{name}", args=args)

    def templates(self, name: str) -> list[str]:
        """Return the templates of a page, the process's own before the shared ones."""
        return [f"{self.room}/{name}", *(f"{room}/{name}" for room in SHARED_ROOMS)]


# What a call may ask for between author and bureau, and the phase a process needs for it.
LEVELS = {"endorsed_kinds": Phase.ENDORSING, "recommended_kinds": Phase.RECOMMENDING}
SHARED_ROOMS = ("submissions", "casework", "duplicates")
_processes: dict[str, Process] = {}


def register(process: Process) -> None:
    """Add a process; a key, a room or a model that another one has raises ImproperlyConfigured."""
    for other in _processes.values():
        taken = {
            name
            for name in ("key", "room", "model")
            if getattr(other, name) == getattr(process, name)
        }
        if taken:
            raise ImproperlyConfigured(
                f"{process.where}: {', '.join(sorted(taken))} of {process.key!r} belongs to the"
                f" process declared at {other.where}"
            )
    _processes[process.key] = process
    phases = {state.phase for state in process.workflow.states}
    levels = {name for name, phase in LEVELS.items() if phase in phases}
    register_kind(process.key, levels=levels)


def every_process() -> tuple[Process, ...]:
    """Return the registered processes in the order of their rooms."""
    return tuple(_processes.values())


def process_named(key: str) -> Process:
    """Return the process with this key; raises LookupError when there is none."""
    return _processes[key]


def is_process(key: str) -> bool:
    """Whether a process with this key is registered: a call may be of a kind that is not."""
    return key in _processes
