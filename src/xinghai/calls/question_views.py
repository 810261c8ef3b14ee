"""Questions about a call: asking, the asker's own, the office's desk."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.views.reading import person
from xinghai.calls import answering, questions
from xinghai.calls.forms import AnswerForm, AskForm, PassOnForm
from xinghai.calls.models import Call, Question
from xinghai.calls.selectors import visible_calls
from xinghai.kernel.acting import form_key, fresh_key
from xinghai.kernel.events import history
from xinghai.kernel.humanize import localized
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.views import in_pane, page_of, requires
from xinghai.kernel.workflow import available

MOST_CALLS = 50
DESK = "calls.read_questions"
VERBS = {
    "ask": gettext_noop("提问"),
    "pass_on": gettext_noop("转给其他处室"),
    "answer_openly": gettext_noop("答复并公开"),
    "answer": gettext_noop("只答复提问人"),
    "refuse": gettext_noop("不予答复"),
    "put_right": gettext_noop("修改答复"),
    "erase": gettext_noop("删除了记录中的个人信息"),
    "make_public": gettext_noop("公开"),
    "take_back": gettext_noop("撤下公开"),
}
DONE = {
    "answer_openly": gettext_noop("答复已发给提问人，并在批次页公开。"),
    "answer": gettext_noop("答复已发给提问人，没有公开。"),
    "put_right": gettext_noop("答复已修改，提问人会收到新的答复。"),
    "make_public": gettext_noop("已在批次页公开。"),
    "take_back": gettext_noop("已从批次页撤下。"),
}


@requires("calls.ask", methods=["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask about a call; what has been answered before is one click away."""
    call = get_object_or_404(visible_calls(request.user), code=code)
    form, refusal, status = AskForm(request.POST or None, call=call), "", 200
    if request.method == "POST":
        if form.is_valid():
            try:
                answering.ask(
                    call,
                    text=form.cleaned_data["text"],
                    office=form.cleaned_data["office"],
                    by=person(request),
                    key=form_key(request),
                )
            except Refusal as refused:
                refusal, status = refused.reason, 409
            else:
                messages.success(request, _("问题已送到处室，答复后会通知您。"))
                return redirect("calls:own-questions")
        else:
            status = 422
    shown = {"call": call, "form": form, "refusal": refusal, "key": fresh_key()}
    return render(request, "calls/ask.html", shown, status=status)


@requires("calls.ask")
def own_questions(request: HttpRequest) -> HttpResponse:
    """What I have asked, with the answers, also those only I may read."""
    page = page_of(questions.own_questions(person(request)), request.GET.get("page"))
    return render(request, "calls/own_questions.html", {"page": page})


@requires(DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """The office's questions: what waits, what is answered."""
    given = request.GET
    tab = given.get("tab") if given.get("tab") in questions.TABS else "todo"
    rows, text, call = questions.desk(person(request)), given.get("q", "")[:100], given.get("call")
    counts = questions.tab_counts(rows)
    found = questions.narrow(rows, tab=str(tab), text=text, call=call or "")
    labels = {"todo": _("待答复"), "answered": _("已答复"), "all": _("全部")}
    issued = Call.objects.issued().only("code", "title", "title_en")[:MOST_CALLS]
    calls = [(one.code, localized(one, "title")) for one in issued]
    shown = {
        "page": page_of(found, given.get("page")),
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, label in labels.items()],
        "search": text,
        "is_narrow": bool(text or call),
        "filters": [{"name": "call", "label": _("批次"), "options": calls, "value": call}],
    }
    return render(request, "calls/questions.html", shown)


@requires(DESK)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One question to answer; asked for by the list's pane it answers with the pane alone."""
    return _shown(request, _opened(request, pk))


def _opened(request: HttpRequest, pk: int) -> Question:
    return get_object_or_404(questions.desk(person(request)), pk=pk)


def _shown(
    request: HttpRequest, question: Question, form: AnswerForm | None = None, **more: Any
) -> HttpResponse:
    known = {name: getattr(question, name) for name in ("answer", "wording", "is_pinned")}
    shown = {
        "question": question,
        "may": {edge.name for edge in available(question, person(request))},
        "form": form or AnswerForm(initial=known),
        "pass_on": PassOnForm(question=question),
        "history": [
            {"event": event, "words": _(VERBS.get(event.verb, event.verb))}
            for event in history(question).select_related("actor")
        ],
        "seen": bytes(question.event_head).hex(),
        "key": fresh_key(),
        "refusal": more.get("refusal", ""),
    }
    template = "calls/question_pane.html" if in_pane(request) else "calls/question.html"
    return render(request, template, shown, status=more.get("status", 200))


@requires(DESK, methods=["POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, put right, make public or take back: the button says which."""
    question, step = _opened(request, pk), request.POST.get("step", "")
    if step not in DONE:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, question, form, status=422)
    try:
        answering.answer(
            question,
            step,
            texts=form.cleaned_data,
            by=person(request),
            key=form_key(request),
            seen=request.POST.get("seen", ""),
        )
    except Refusal as refused:
        return _shown(request, _opened(request, pk), form, refusal=refused.reason, status=409)
    messages.success(request, _(DONE[step]))
    return redirect("calls:question", pk)


@requires(DESK, methods=["POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline to answer, with the reason."""
    question = _opened(request, pk)
    reason = request.POST.get("reason", "")[:1000]
    try:
        answering.refuse(
            question,
            reason=reason,
            by=person(request),
            key=form_key(request),
        )
    except Refusal as refused:
        return _shown(request, _opened(request, pk), refusal=refused.reason, status=409)
    messages.success(request, _("已告知提问人不予答复的原因。"))
    return redirect("calls:desk-questions")


@requires(DESK, methods=["POST"])
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the question to another office of the call."""
    question = _opened(request, pk)
    form = PassOnForm(request.POST, question=question)
    if not form.is_valid():
        return _shown(request, question, refusal=_("请选择这个批次的一个处室。"), status=422)
    office = form.cleaned_data["office"]
    try:
        answering.pass_on(
            question,
            office,
            by=person(request),
            key=form_key(request),
        )
    except Refusal as refused:
        return _shown(request, _opened(request, pk), refusal=refused.reason, status=409)
    messages.success(request, _("已转给%(office)s。") % {"office": localized(office)})
    return redirect("calls:desk-questions")
