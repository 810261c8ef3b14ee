"""Questions about the running collection, from `questions.toml`, told through the services."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from xinghai.accounts.models import Office
from xinghai.calls import answering
from xinghai.calls.models import Call, Question
from xinghai.config.demonstration.calendar import moment
from xinghai.config.demonstration.cast import Cast

Scene = tuple[datetime, Callable[[], None]]


@dataclass(frozen=True)
class Told:
    """One question: who asked what so many days ago, and what the office made of it."""

    days: int
    by: str
    text: str
    office: str = ""
    after: int = 0
    fate: str = ""
    answer: str = ""
    wording: str = ""
    pinned: bool = False


def questions() -> list[Told]:
    read = tomllib.loads((Path(__file__).parent / "questions.toml").read_text())
    return [Told(**one) for one in read["questions"]]


def asking(cast: Cast, call: Call) -> Iterator[Scene]:
    """Every scene with its time."""
    for told in questions():
        yield moment(told.days, 2), partial(_ask, cast, call, told)
        if told.fate:
            yield moment(told.days - told.after, 5), partial(_answer, cast, told)


def _ask(cast: Cast, call: Call, told: Told) -> None:
    office = Office.objects.filter(code=told.office).first()
    answering.ask(call, text=told.text, office=office, by=cast.people[told.by], key=uuid4().hex)


def _answer(cast: Cast, told: Told) -> None:
    question = Question.objects.select_related("call", "office").get(text=told.text)
    by = cast.officer_for(question.office)
    if told.fate == "refuse":
        answering.refuse(question, reason=told.answer, by=by, key=uuid4().hex)
        return
    wording = told.wording or told.text
    answering.answer(
        question,
        told.fate,
        texts={"answer": told.answer, "wording": wording, "is_pinned": told.pinned},
        by=by,
        key=uuid4().hex,
        seen=bytes(question.event_head).hex(),
    )
