"""What happened in the demonstration: `tales.toml` told through the services, in order of time."""

import itertools
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from xinghai.accounts.models import Office
from xinghai.calls.models import Call
from xinghai.config.demonstration import steps
from xinghai.config.demonstration.asking import asking
from xinghai.config.demonstration.calendar import RUNNING, moment
from xinghai.config.demonstration.cast import PEOPLE, Cast
from xinghai.config.demonstration.writing import TOPICS, write_answers
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.jobs import enqueue, take_waiting
from xinghai.kernel.models import Message
from xinghai.kernel.request_memory import one_request
from xinghai.kernel.uploads import complete, receive, start_upload
from xinghai.submissions.precheck import context_of
from xinghai.submissions.scheduled_reminders import remind
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.services import submitting as handing_in
from xinghai.submissions.tasks import keep_everything, keep_in_index
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.services import groups
from xinghai.suggestions.tasks import follow_ask

LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
UNFINISHED = {"draft", "half", "partner", "partner_filling"}
# 惠民领域 of a domain; a topic of any other one serves people in another field.
BENEFITS = {"health": "medicine", "safety": "safety", "agriculture": "rural"}
DAY = 24
# Everybody has read what came before this many days ago.
READ_UP_TO = 6
MOST_MOVES = 100_000


@dataclass(frozen=True)
class Tale:
    """One suggestion: which topic, which type, whose, begun when, and how far it came."""

    topic: str
    type: str
    author: str
    at: date | int
    fate: str
    call: str = RUNNING
    batch: date | int | None = None

    @property
    def fate_and_about(self) -> tuple[str, str]:
        name, _mark, about = self.fate.partition(":")
        return name, about


@dataclass
class Stage:
    """Everybody and everything there is while the story is told."""

    cast: Cast
    calls: dict[str, Call]
    suggestions: dict[Tale, int] = field(default_factory=dict)

    def suggestion(self, tale: Tale) -> Suggestion:
        with_its_own = Suggestion.objects.select_related("call", "category", "organisation")
        return cast(Suggestion, with_its_own.get(pk=self.suggestions[tale]))

    def suggestion_about(self, topic: str, call: str) -> Suggestion:
        wanted = (one for one in self.suggestions if (one.topic, one.call) == (topic, call))
        return self.suggestion(next(wanted))


Scene = tuple[datetime, Callable[[], None]]


def tales() -> list[Tale]:
    told = tomllib.loads((Path(__file__).parent / "tales.toml").read_text())
    return [Tale(**line) for line in told["tales"]]


def tell(cast: Cast, calls: dict[str, Call]) -> None:
    """Let everything happen at its time, the earliest first: so numbers and dates agree.

    Each scene is somebody's request, and asks no more often than one.
    """
    stage = Stage(cast, calls)
    scenes = [*agenda(stage), *asking(cast, calls[RUNNING])]
    for when, happen in sorted(scenes, key=lambda scene: scene[0]):
        with one_request(), travel_to(when):
            happen()
    Message.objects.filter(created_at__lt=moment(READ_UP_TO)).update(read_at=moment(READ_UP_TO))
    remind(database_now())
    _leave_to_the_worker(calls[RUNNING])


def _leave_to_the_worker(call: Call) -> None:
    """Ask for the index and the groups; who looks at the first page need not wait for them.

    Each move has asked for the index of its own record: one job does what hundreds would.
    """
    take_waiting(keep_in_index, most=MOST_MOVES)
    enqueue(keep_everything, timestamp=0)
    for office in (None, Office.objects.get(code="gaoxin")):
        follow_ask(groups.ask_again(call, office))


def agenda(stage: Stage) -> Iterator[Scene]:
    """Every scene with its time; who hands in for a unit takes its suggestions of a day at once."""
    told = tales()
    for tale in told:
        yield moment(tale.at), partial(_begin, stage, tale)
        yield moment(tale.at, 3), partial(_write, stage, tale)
        if tale.fate_and_about[0] not in UNFINISHED:
            yield moment(tale.at, 4), partial(_submit, stage, tale)
        yield from _fate(stage, tale)
    handed_in = [tale for tale in told if tale.batch is not None]
    handed_in.sort(key=_batch_of)
    for (unit, when), some in itertools.groupby(handed_in, key=_batch_of):
        yield moment(_day(when)), partial(_hand_in, stage, unit, list(some))


def _batch_of(tale: Tale) -> tuple[str, str]:
    return PEOPLE[tale.author]["unit"], str(tale.batch)


def _day(word: str) -> date | int:
    return int(word) if word.isdigit() else date.fromisoformat(word)


def _fate(stage: Stage, tale: Tale) -> Iterator[Scene]:
    name, about = tale.fate_and_about
    arrived = tale.at if tale.batch is None else tale.batch
    for days, step in steps.FATES[name]:
        yield moment(arrived, 6 + days * DAY), partial(_take, stage, tale, step, about)


def _take(stage: Stage, tale: Tale, step: steps.Step, about: str) -> None:
    """Take one step; what a merge is about is the topic of the suggestion that stays."""
    if step is steps.merge:
        about = stage.suggestion_about(about, tale.call).number
    step(stage.cast, suggestion=stage.suggestion(tale), about=about)


def _begin(stage: Stage, tale: Tale) -> None:
    author, call = stage.cast.people[tale.author], stage.calls[tale.call]
    suggestion = drafts.start(
        SUGGESTIONS,
        call,
        call.categories.get(code=tale.type),
        by=author,
        organisation=stage.cast.unit_of(tale.author),
    )
    stage.suggestions[tale] = suggestion.pk


def _submit(stage: Stage, tale: Tale) -> None:
    suggestion = stage.suggestion(tale)
    handing_in.submit(suggestion, by=suggestion.author, key=uuid4().hex, version=suggestion.version)


def _hand_in(stage: Stage, unit: str, some: list[Tale]) -> None:
    handing_in.submit_batch(
        SUGGESTIONS,
        [stage.suggestions[tale] for tale in some],
        organisation=stage.cast.units[unit],
        by=stage.cast.research_office_of(unit),
        key=uuid4().hex,
    )


def _write(stage: Stage, tale: Tale) -> None:
    """Fill both tables in; somebody halfway through has written a good third of them."""
    suggestion, author = stage.suggestion(tale), stage.cast.people[tale.author]
    context = context_of(suggestion, now=database_now())

    def attach(name: str) -> dict[str, Any]:
        upload = start_upload(author, name=name, size=len(LETTER))
        stored = receive(upload, offset=0, content=LETTER)
        # A test shows that the check finds the letter clean; a process a file would take seconds.
        complete(stored, LETTER)
        return {"id": str(stored.pk), "name": stored.name, "size": stored.size}

    told = dict(TOPICS[tale.topic])
    domains = {domain.code for domain in suggestion.call.domains.all()}
    told["domain"] = told["domain"] if told["domain"] in domains else "manufacturing"
    form = suggestion.form.form
    given = {
        **suggestion.answers,
        **special_choices(suggestion, told["domain"]),
        "nj_domain": told["domain"],
    }
    answers = write_answers(form, context, told, given=given, attach=attach)
    if tale.fate == "half":
        own = [(name, answers[name]) for name in answers if name in form.names_in("")]
        answers = dict(own[: len(own) * 2 // 5])
        answers |= {"title": told["title"], "domain": told["domain"]}
    drafts.save(suggestion, by=author, base_version=suggestion.version, answers=answers)


def special_choices(suggestion: Suggestion, domain: str) -> dict[str, Any]:
    """Choices that must fit the author's unit, the type or the domain."""
    is_enterprise = (
        suggestion.organisation is not None and suggestion.organisation.kind == "enterprise"
    )
    chosen: dict[str, Any] = {"unit_side": "demander" if is_enterprise else "provider"}
    chosen["cx_benefit"] = BENEFITS.get(domain, "other")
    if suggestion.category.code.endswith("-KP"):
        chosen["rk_kind"] = "popularisation"
    return {name: value for name, value in chosen.items() if suggestion.form.form.field(name)}
