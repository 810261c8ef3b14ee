"""The front page, the list of calls, a call with its forms and its questions."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinghai.accounts.rules import is_staff
from xinghai.calls.models import CallForm
from xinghai.calls.questions import first_questions, public_questions
from xinghai.calls.selectors import (
    call_page,
    definition_of,
    definitions_of,
    form_named,
    line_of,
    visible_calls,
)
from xinghai.calls.windows import end_of
from xinghai.kernel.clock import city_today, database_now
from xinghai.kernel.form_pages import show_questions
from xinghai.kernel.forms import Context, examine
from xinghai.kernel.kept_pages import kept
from xinghai.kernel.views import page_of, requires
from xinghai.portal import fitting, notices
from xinghai.portal.drawn_notices import draw
from xinghai.portal.finding_views import steps_for
from xinghai.portal.selectors import (
    cards_of,
    front_calls,
    latest_answers,
    listed_calls,
    plan_years,
)
from xinghai.portal.statistics import public_sums

MOST_OPEN, MOST_CLOSED, MOST_ANSWERS, MOST_OF_A_CALL = 6, 5, 3, 4


def language_of_page() -> str:
    return get_language() or settings.LANGUAGE_CODE


@kept()
@requires("public")
def home(request: HttpRequest) -> HttpResponse:
    """What is open now, what fits me, what is new."""
    now = database_now()
    opened, others = front_calls(now, language_of_page())
    coming = [one for one in others if one.opens_at]
    definitions = list(definitions_of([card.call for card in opened]).values())
    shown = {
        "first": opened[0] if opened else None,
        "open": opened[1:MOST_OPEN],
        "open_count": len(opened),
        "coming": min(coming, key=lambda one: one.opens_at or now, default=None),
        "closed": others[:MOST_CLOSED],
        "closed_count": len(others),
        "steps": steps_for(definitions, fitting.Asked(), language_of_page()),
        "answers": latest_answers(MOST_ANSWERS),
        "figures": public_sums(),
    }
    return render(request, "portal/home.html", shown)


@kept("state", "year", "page")
@requires("public")
def calls(request: HttpRequest) -> HttpResponse:
    """Every issued call, open and past."""
    now, years = database_now(), plan_years()
    state, year = request.GET.get("state", ""), request.GET.get("year", "")
    state = state if state in ("open", "closed") else ""
    year = year if year in map(str, years) else ""
    page = page_of(listed_calls(now, state=state, year=year), request.GET.get("page"))
    shown = {
        "page": page,
        "cards": cards_of(page.object_list, now),
        "is_narrow": bool(state or year),
        "filters": [
            _filter("state", _("状态"), [("open", _("正在征集")), ("closed", _("已截止"))], state),
            _filter("year", _("计划年度"), [(str(one), str(one)) for one in years], year),
        ],
    }
    return render(request, "portal/calls.html", shown)


def _filter(name: str, label: str, options: list[tuple[str, str]], value: str) -> dict[str, object]:
    return {"name": name, "label": label, "options": options, "value": value}


@kept()
@requires("public")
def call(request: HttpRequest, code: str) -> HttpResponse:
    """A call read like a good notice: summary, then who, what, when and how."""
    page = call_page(code, now=database_now(), user=request.user)
    if page is None:
        raise Http404
    language, definition = language_of_page(), definition_of(page.call)
    drawn = draw(page.call, definition, language)
    answers = first_questions(page.call, MOST_OF_A_CALL)
    shown = {
        "call": page.call,
        "window": page.window,
        "windows": page.windows,
        "ends_at": end_of(page.window) if page.window else None,
        "title": notices.said(definition, "title", language),
        "summary": notices.said(definition, "summary", language),
        "issuer": notices.said(definition, "issuer", language),
        "whom": notices.whom(notices.addressed(definition)),
        "types": drawn.types,
        "how": drawn.how,
        "answers": answers,
        "line": line_of(page.call, request.user),
        "may_ask": not is_staff(request.user),
        "answer_count": answers[0].total if answers else 0,
    }
    return render(request, "portal/call.html", shown)


@kept("page")
@requires("public")
def call_questions(request: HttpRequest, code: str) -> HttpResponse:
    """Every answered question of a call, to be searched."""
    found = get_object_or_404(visible_calls(request.user), code=code)
    text = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    page = page_of(public_questions(found, text), request.GET.get("page"))
    shown = {
        "call": found,
        "page": page,
        "search": text,
        "may_ask": not is_staff(request.user),
    }
    return render(request, "portal/call_questions.html", shown)


@kept()
@requires("public")
def call_form(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A form of the call to read before anything is filled in."""
    found = get_object_or_404(visible_calls(request.user), code=code)
    try:
        form = form_named(found, key).form
    except CallForm.DoesNotExist:
        raise Http404 from None
    context = Context(today=city_today())
    page = show_questions(form, context, examine(form, {}, context))
    return render(request, "portal/call_form.html", {"call": found, "page": page})
