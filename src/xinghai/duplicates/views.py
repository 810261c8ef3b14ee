"""Two submissions side by side, and the decision about them; hints while somebody writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.accounts.views.reading import person
from xinghai.casework.views.common import opened, to_record
from xinghai.casework.worklists import worklist_of
from xinghai.duplicates.comparison import compare_pair
from xinghai.duplicates.hints import title_hints
from xinghai.duplicates.models import LONGEST_REASON, Verdict
from xinghai.duplicates.selectors import TONES, likeness_of
from xinghai.duplicates.services import Judgement, judge_likeness
from xinghai.kernel.acting import act_once, fresh_key
from xinghai.kernel.processes import State
from xinghai.kernel.views import way_back
from xinghai.submissions.models import TITLE_LENGTH, Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.views.my.common import mine

# What each decision means, said beside it: a word alone is read differently by each office.
MEANINGS = (
    (Verdict.SAME, gettext_lazy("同一件事；理由必填")),
    (Verdict.RELATED, gettext_lazy("方向相近，各有内容")),
    (Verdict.UNRELATED, gettext_lazy("只是用词相近，以后不再提示这一对")),
)


@dataclass(frozen=True)
class NextStep:
    """A decision on the one that is about the other: where it is taken, and its words."""

    address: str
    icon: str
    label: str


@dataclass(frozen=True)
class Side:
    """One of the two, as the head of the page shows it."""

    submission: Submission
    state: State
    address: str
    steps: list[NextStep]


@of_process("write")
def near(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What stands beside the title while it is typed; empty when nothing is like it."""
    submission, title = mine(request, process, pk), request.GET.get("title", "")[:TITLE_LENGTH]
    shown = {"near": title_hints(submission, title, person(request))}
    return show(request, process, "my/near.html", shown)


@of_process("work_in_bureau", methods=["GET", "POST"])
def side_by_side(request: HttpRequest, process: Process, pk: int, other: int) -> HttpResponse:
    """Both texts with what they share; who may act on both decides what they are to each other."""
    if pk == other:
        raise Http404
    here, there = opened(request, process, pk), opened(request, process, other)
    typed, problem = request.POST.dict(), ""
    if request.method == "POST":
        problem = _judge(request, here, there)
        if not problem:
            nouns = {"nouns": process.noun.many}
            kept = _("判断已保存，打开任何一条，都能在“相似的%(nouns)s”里看到。") % nouns
            messages.success(request, kept)
            return redirect(_address(here, there, _back(request, here)))
    shown = _shown(request, here, there) | {"problem": problem, "typed": typed}
    return show(request, process, "office/like.html", shown, status=422 if problem else 200)


def _judge(request: HttpRequest, here: Submission, there: Submission) -> str:
    """Decide once per rendered page; return what stood in the way, nothing when it is done."""
    by = person(request)
    judgement = Judgement(*(request.POST.get(name, "") for name in ("verdict", "reason", "seen")))
    one, other = sorted((here.pk, there.pk))
    refusal = act_once(
        request,
        f"{here.process.room}.like:{one}:{other}",
        lambda: judge_likeness(here, there, judgement, by=by).pk,
    )
    return refusal.reason if refusal else ""


def _shown(request: HttpRequest, here: Submission, there: Submission) -> dict[str, Any]:
    user, back = person(request), _back(request, here)
    kept = likeness_of(here, there, user)
    permission = here.process.permission("judge_likeness")
    return {
        "here": _side(here, there, user, back),
        "there": _side(there, here, user, back),
        "pair": compare_pair(here, there),
        "likeness": kept,
        "tone": TONES[Verdict(kept.verdict)] if kept else "",
        "may_judge": all(rules.has_perm(permission, user, one) for one in (here, there)),
        "meanings": MEANINGS,
        "longest_reason": LONGEST_REASON,
        "key": fresh_key(),
        "back": back,
        "swapped": _address(there, here, back),
    }


def _side(one: Submission, other: Submission, user: User, back: str) -> Side:
    state = one.shown_state
    return Side(one, state, to_record(one, back), list(_steps(one, other, user, back)))


def _steps(one: Submission, other: Submission, user: User, back: str) -> Iterator[NextStep]:
    """Yield the decisions about both that this person may take on the one now."""
    process = one.process
    for decision in worklist_of(process).decision_by_action.values():
        is_about_both = decision.takes_target and decision.accepts_target(one, other)
        if is_about_both and decision.is_open(one, user):
            address = process.address("office-decide", one.pk, decision.action)
            words = urlencode({"target": other.number, "back": back})
            label = decision.target_label(one, other)
            yield NextStep(f"{address}?{words}", decision.icon, label)


def _address(here: Submission, there: Submission, back: str) -> str:
    address = here.process.address("office-like", here.pk, there.pk)
    return f"{address}?{urlencode({'back': back})}"


def _back(request: HttpRequest, here: Submission) -> str:
    """Return where the person came from; opened by its bare address, the record is the way back."""
    record = here.process.address("office-record", here.pk)
    return way_back(request, within="/office/", otherwise=record)
