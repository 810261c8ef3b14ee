"""The bureau's screens: inbox, reading page, decisions, triage and the list of everything."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.accounts.selectors import every_office
from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.kernel.idempotency import KeyReused, once
from xinghai.kernel.posted import numbers
from xinghai.kernel.views import page_of, requires
from xinghai.kernel.workflow import TransitionRefused
from xinghai.suggestions import selectors
from xinghai.suggestions.faults import Refused
from xinghai.suggestions.forms import (
    AssignForm,
    HandOverForm,
    MergeForm,
    ReasonForm,
    ReclassifyForm,
    ReturnForm,
)
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.queues import Wish, filter_choices, known_count, tabs_with_counts
from xinghai.suggestions.reading import queue_rows, read_suggestion, triage_rows
from xinghai.suggestions.services import office

MOST_AT_ONCE = 50


def _opened(request: HttpRequest, pk: int) -> Suggestion:
    return get_object_or_404(selectors.opened(person(request)), pk=pk)


@requires("suggestions.work_in_office")
def inbox(request: HttpRequest) -> HttpResponse:
    """What the office has received; the filters stand in the address."""
    wish, now = Wish.from_address(request.GET), database_now()
    counts = selectors.inbox_counts(person(request))
    rows = wish.narrow(selectors.inbox(person(request)), today=timezone.localdate(now))
    page = page_of(rows, request.GET.get("page"), count=known_count(counts, wish))
    return render(
        request,
        "suggestions/office/inbox.html",
        {
            "page": page,
            "rows": queue_rows(list(page), now=now),
            "wish": wish,
            "filters": filter_choices(wish),
            "tabs": tabs_with_counts(counts, wish),
            "office": person(request).office,
            "key": uuid4().hex,
        },
    )


@requires("suggestions.work_in_bureau")
def everything(request: HttpRequest) -> HttpResponse:
    """All received suggestions, for planning, leaders and audit."""
    wish, now = Wish.from_address(request.GET, tab="all"), database_now()
    visible = selectors.received(person(request))
    counts = selectors.state_counts(visible)
    rows = wish.narrow(visible, today=timezone.localdate(now))
    page = page_of(rows, request.GET.get("page"), count=known_count(counts, wish))
    return render(
        request,
        "suggestions/office/everything.html",
        {
            "page": page,
            "rows": queue_rows(list(page), now=now),
            "wish": wish,
            "filters": filter_choices(wish),
            "tabs": tabs_with_counts(counts, wish),
        },
    )


@requires("suggestions.work_in_bureau")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The reading page; asked for by the list's pane it answers with the pane alone."""
    reading = read_suggestion(_opened(request, pk), person(request), now=database_now())
    is_pane = bool(getattr(request, "htmx", False))
    template = "suggestions/office/pane.html" if is_pane else "suggestions/office/record.html"
    return render(
        request, template, {"reading": reading, "key": uuid4().hex, "back": _back(request)}
    )


def _back(request: HttpRequest) -> str:
    """Return where the person came from: the list with its filters, when it is ours."""
    back = request.GET.get("back") or request.POST.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours and back.startswith("/office/") else reverse("suggestions:office-inbox")


Act = Callable[[Suggestion, User, dict[str, Any], forms.Form | None], None]


def _return(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    remarks = form.remarks() if isinstance(form, ReturnForm) else {}
    back = office.Return(reason=said["reason"], due_on=said["due_on"], comments=remarks)
    office.return_for_correction(paper, back, by=by)


def _merge(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.merge_into(paper, said["target"], by=by, reason=said["reason"])


def _hand_over(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.hand_over(paper, said["office"], by=by, reason=said["reason"])


def _reclassify(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.reclassify(paper, said["category"], said["domain"], by=by, reason=said["reason"])


def _decline(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.decline(paper, by=by, reason=said["reason"])


def _take_up(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.take_up(paper, by=by)


def _accept(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.accept(paper, by=by)


def _carry_over(paper: Suggestion, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.carry_over(paper, by=by)


# action: title, button, what follows, its form, the service
DECISIONS: dict[str, tuple[Any, Any, Any, type[forms.Form] | None, Act]] = {
    "take-up": (
        gettext_lazy("受理"),
        gettext_lazy("受理这条建议"),
        gettext_lazy("受理后填报人不能再撤回，并会收到通知。"),
        None,
        _take_up,
    ),
    "accept": (
        gettext_lazy("采纳入库"),
        gettext_lazy("采纳入库"),
        gettext_lazy("进入建议库，用于凝练指南。填报人会收到通知。这一步不能撤销。"),
        None,
        _accept,
    ),
    "carry-over": (
        gettext_lazy("结转下一年度"),
        gettext_lazy("结转下一年度"),
        gettext_lazy("保留到下一年度的建议库，本年度不再使用。这一步不能撤销。"),
        None,
        _carry_over,
    ),
    "decline": (
        gettext_lazy("不采纳"),
        gettext_lazy("不采纳并告知理由"),
        gettext_lazy("填报人会看到您写的理由。这一步不能撤销。"),
        ReasonForm,
        _decline,
    ),
    "return": (
        gettext_lazy("退回修改"),
        gettext_lazy("退回修改"),
        gettext_lazy("填报人按意见修改后直接回到本处；高校院所再经科研部门审核。"),
        ReturnForm,
        _return,
    ),
    "merge": (
        gettext_lazy("合并"),
        gettext_lazy("合并到这一条"),
        gettext_lazy("两条建议都保留出处，合并后以目标那条为准。这一步不能撤销。"),
        MergeForm,
        _merge,
    ),
    "hand-over": (
        gettext_lazy("移交其他处室"),
        gettext_lazy("移交"),
        gettext_lazy("由对方重新受理，填报人会看到新的处室和理由。"),
        HandOverForm,
        _hand_over,
    ),
    "reclassify": (
        gettext_lazy("调整类型和领域"),
        gettext_lazy("保存调整"),
        gettext_lazy("填报人原来的选择会一直保留在旁边。"),
        ReclassifyForm,
        _reclassify,
    ),
}


@requires("suggestions.work_in_bureau", methods=["GET", "POST"])
def decide(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One decision on one suggestion: its page asks what is needed, the post decides once."""
    if action not in DECISIONS:
        raise Http404
    title, button, consequence, form_class, act = DECISIONS[action]
    paper = _opened(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = _form(form_class, typed, paper)
    if typed is not None and (form is None or form.is_valid()):
        said = form.cleaned_data if form else {}
        problem = _decide_once(request, action, paper, act, said, form)
        if problem is None:
            messages.success(request, _("已办理：%(title)s") % {"title": title})
            return redirect(_back(request))
        if form is None:
            messages.error(request, problem)
            return redirect("suggestions:office-suggestion", pk=pk)
        form.add_error(None, problem)
    chosen = {name: text for name, text in request.POST.items() if name.startswith("on-")}
    return render(
        request,
        "suggestions/office/decide.html",
        {
            "reading": read_suggestion(paper, person(request), now=database_now()),
            "action": action,
            "title": title,
            "button": button,
            "consequence": consequence,
            "form": form,
            "remarks": {name.removeprefix("on-"): text for name, text in chosen.items()},
            "targets": selectors.merge_targets(paper, "") if action == "merge" else [],
            "key": request.POST.get("key") or uuid4().hex,
            "back": _back(request),
        },
        status=422 if typed is not None else 200,
    )


def _form(form_class: type[forms.Form] | None, typed: Any, paper: Suggestion) -> forms.Form | None:
    if form_class is None:
        return None
    if form_class is ReasonForm:
        return ReasonForm(typed)
    return form_class(typed, suggestion=paper)  # type: ignore[call-arg]


def _decide_once(
    request: HttpRequest,
    action: str,
    paper: Suggestion,
    act: Act,
    said: dict[str, Any],
    form: forms.Form | None,
) -> str | None:
    """Decide once per rendered form; return what stood in the way, None when it is done."""
    by = person(request)
    try:
        once(
            f"{request.POST.get('key') or uuid4().hex}:{paper.pk}",
            operation=f"suggestions.{action}:{paper.pk}",
            by=by,
            act=lambda: act(paper, by, said, form),
        )
    except (TransitionRefused, Refused, KeyReused) as refusal:
        return refusal.reason
    return None


@requires("suggestions.work_in_office", methods=["POST"])
def decide_many(request: HttpRequest) -> HttpResponse:
    """Take up or accept the chosen rows; each is decided by itself, refusals are counted."""
    action = request.POST.get("action", "")
    if action not in {"take-up", "accept"}:
        raise Http404
    wanted = sorted(numbers(request.POST.getlist("chosen")))[:MOST_AT_ONCE]
    papers = selectors.opened(person(request)).filter(pk__in=wanted)
    problems = []
    done = 0
    for paper in papers:
        problem = _decide_once(request, action, paper, DECISIONS[action][4], {}, None)
        done += problem is None
        if problem is not None:
            problems.append(f"{paper.number}：{problem}")
    if done:
        messages.success(request, _("已办理 %(count)d 条。") % {"count": done})
    for problem in problems[:5]:
        messages.error(request, problem)
    if not wanted:
        messages.error(request, _("请先勾选要办理的建议。"))
    return redirect(_back(request))


@requires("suggestions.oversee")
def triage(request: HttpRequest) -> HttpResponse:
    """What no rule covers, with the office we would propose."""
    page = page_of(selectors.triage_queue(), request.GET.get("page"))
    return render(
        request,
        "suggestions/office/triage.html",
        {
            "page": page,
            "rows": triage_rows(list(page)),
            "offices": every_office(),
            "key": uuid4().hex,
        },
    )


@requires("suggestions.oversee", methods=["POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a suggestion of the triage to an office, once per click."""
    paper = _opened(request, pk)
    form = AssignForm(request.POST, suggestion=paper)
    if not form.is_valid():
        messages.error(request, _("请选择一个处室再分派。"))
        return redirect("suggestions:office-triage")
    chosen, by = form.cleaned_data["office"], person(request)
    try:
        once(
            f"{request.POST.get('key') or uuid4().hex}:{pk}",
            operation=f"suggestions.assign:{pk}",
            by=by,
            act=lambda: office.assign(paper, chosen, by=by, remember=form.cleaned_data["remember"]),
        )
    except (TransitionRefused, KeyReused) as refusal:
        messages.error(request, refusal.reason)
    else:
        facts = {"number": paper.number, "office": chosen.name}
        messages.success(request, _("%(number)s 已分派给%(office)s。") % facts)
    return redirect("suggestions:office-triage")
