"""Finding one's way without an account: 我能报什么, and the search."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinghai.accounts.kinds import OrganisationKind
from xinghai.kernel.clock import database_now
from xinghai.kernel.kept_pages import kept
from xinghai.kernel.views import requires
from xinghai.portal.fitting import (
    ANY,
    Asked,
    Fit,
    count_fitting,
    domains_in,
    fits_of,
    wants_in,
)
from xinghai.portal.notices import Definition, said
from xinghai.portal.searching import count_hits, question_in, search
from xinghai.portal.selectors import OpenNotice, open_notices

SHOWN_WHOLE = 4


@dataclass(frozen=True)
class Option:
    """An answer to choose; `count` types are left when it is chosen."""

    value: str
    label: str
    help: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Step:
    """One of the three questions; `chosen` is its answer once given."""

    name: str
    title: str
    options: list[Option]
    chosen: Option | None
    again: str


@dataclass(frozen=True)
class Answer:
    """What one open call answers: types that fit, and those that do not with the reason."""

    notice: OpenNotice
    fitting: list[Fit]
    others: list[Fit]


@kept("who", "want", "field")
@requires("public")
def what(request: HttpRequest) -> HttpResponse:
    """Three questions lead to the fitting types and the office that will receive them."""
    notices = open_notices(database_now())
    language = get_language() or settings.LANGUAGE_CODE
    definitions = [one.definition for one in notices]
    asked = _asked(request, definitions)
    steps = steps_for(definitions, asked, language)
    is_complete = all(step.chosen for step in steps)
    answers = [_answer(one, asked, language) for one in notices] if is_complete else []
    found = sum(len(one.fitting) for one in answers)
    shown = {
        "notices": notices,
        "steps": steps,
        "current": next((step for step in steps if not step.chosen), None),
        "answers": answers,
        "found": found,
        "is_many": found > SHOWN_WHOLE,
    }
    return render(request, "portal/what.html", shown)


@kept()
@requires("public")
def find(request: HttpRequest) -> HttpResponse:
    """Calls, types, offices, forms and answered questions that hold what was typed."""
    typed = question_in(request.GET.get("q", ""))
    groups = search(typed) if typed else []
    shown = {"search": typed, "groups": groups, "count": count_hits(groups)}
    return render(request, "portal/search.html", shown)


def steps_for(definitions: Iterable[Definition], asked: Asked, language: str) -> list[Step]:
    """The three questions with their options and what each would leave.

    A question that has nothing to choose from (calls without `wants`, say) is not asked.
    """
    known = list(definitions)
    wants = [
        (value, said(one, "label", language), said(one, "help", language))
        for value, one in wants_in(known).items()
    ]
    domains = [(code, said(one, "name", language), "") for code, one in domains_in(known).items()]
    kinds = [(value, str(label), "") for value, label in OrganisationKind.choices]
    asking = [("who", _("您的单位是"), kinds)]
    if wants:
        asking.append(("want", _("您想做什么"), [*wants, _any()]))
    if domains:
        asking.append(("field", _("属于哪个领域"), [*domains, _any()]))
    return [_step(name, title, rows, asked, known) for name, title, rows in asking]


def _any() -> tuple[str, str, str]:
    return ANY, _("还没想好，都看看"), ""


def _step(
    name: str,
    title: str,
    rows: list[tuple[str, str, str]],
    asked: Asked,
    definitions: list[Definition],
) -> Step:
    now = asked.as_query()[name]
    options = []
    for value, label, words in rows:
        then = asked.with_answer(name, value)
        count = count_fitting(definitions, then)
        query = _query(then.as_query())
        options.append(Option(value, label, words, count, value == now, query))
    chosen = next((option for option in options if option.is_chosen), None)
    return Step(name, title, options, chosen, _query(asked.with_answer(name, "").as_query()))


def _query(answers: dict[str, str]) -> str:
    return urlencode({name: value for name, value in answers.items() if value})


def _asked(request: HttpRequest, definitions: list[Definition]) -> Asked:
    """What the address says; a word nobody offers counts as no answer."""
    known: dict[str, Iterable[str]] = {
        "who": OrganisationKind.values,
        "want": [*wants_in(definitions), ANY],
        "field": [*domains_in(definitions), ANY],
    }
    given: dict[str, Any] = {name: request.GET.get(name, "") for name in known}
    return Asked(**{name: value for name, value in given.items() if value in known[name]})


def _answer(notice: OpenNotice, asked: Asked, language: str) -> Answer:
    fits = list(fits_of(notice.call.code, notice.definition, asked, language, notice.remembered))
    return Answer(
        notice, [one for one in fits if not one.against], [one for one in fits if one.against]
    )
