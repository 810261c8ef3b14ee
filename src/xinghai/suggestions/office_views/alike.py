"""Two suggestions side by side, and the decision about them."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.accounts.views.reading import person
from xinghai.kernel.idempotency import KeyReused, once
from xinghai.kernel.views import requires, way_back
from xinghai.kernel.workflow import TransitionRefused, available
from xinghai.submissions.states import WITH_OFFICE
from xinghai.suggestions.alike import LONGEST_REASON, Verdict
from xinghai.suggestions.faults import Refused
from xinghai.suggestions.likenesses import TONES, likeness_of
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.office_views.common import opened, to_record
from xinghai.suggestions.pairs import compare_pair
from xinghai.suggestions.services.likeness import Judgement, judge_likeness
from xinghai.suggestions.states import POOLED, SUGGESTION

# What each decision means, said beside it: a word alone is read differently by each office.
MEANINGS = (
    (Verdict.SAME, gettext_lazy("同一件事，可以并成一条；理由必填")),
    (Verdict.RELATED, gettext_lazy("方向相近，各有内容，凝练时放在一起看")),
    (Verdict.UNRELATED, gettext_lazy("只是用词相近，以后不再提示这一对")),
)


@dataclass(frozen=True)
class Side:
    """One of the two, as the head of the page shows it."""

    suggestion: Suggestion
    state: Any
    address: str
    merge_address: str


@requires("suggestions.work_in_bureau", methods=["GET", "POST"])
def side_by_side(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both texts with what they share; who may act on both decides what they are to each other."""
    if pk == other:
        raise Http404
    here, there = opened(request, pk), opened(request, other)
    typed, problem = request.POST.dict(), ""
    if request.method == "POST":
        problem = _judge(request, here, there)
        if not problem:
            messages.success(request, _("判断已保存，打开任何一条，都能在“相似的建议”里看到。"))
            return redirect(_address(pk, other, _back(request, pk)))
    shown = _shown(request, here, there) | {"problem": problem, "typed": typed}
    return render(request, "suggestions/office/like.html", shown, status=422 if problem else 200)


def _judge(request: HttpRequest, here: Suggestion, there: Suggestion) -> str:
    """Decide once per rendered page; return what stood in the way, nothing when it is done."""
    by = person(request)
    said = Judgement(*(request.POST.get(name, "") for name in ("verdict", "reason", "seen")))
    pair = ":".join(str(pk) for pk in sorted((here.pk, there.pk)))
    try:
        once(
            f"{request.POST.get('key') or uuid4().hex}:like:{pair}",
            operation=f"suggestions.like:{pair}",
            by=by,
            act=lambda: judge_likeness(here, there, said, by=by).pk,
        )
    except (TransitionRefused, Refused, KeyReused) as refusal:
        return refusal.reason
    return ""


def _shown(request: HttpRequest, here: Suggestion, there: Suggestion) -> dict[str, Any]:
    user, back = person(request), _back(request, here.pk)
    kept = likeness_of(here, there)
    may_judge = all(
        rules.has_perm("suggestions.judge_likeness", user, one) for one in (here, there)
    )
    return {
        "here": _side(here, there, user, back),
        "there": _side(there, here, user, back),
        "pair": compare_pair(here, there),
        "likeness": kept,
        "tone": TONES[Verdict(kept.verdict)] if kept else "",
        "may_judge": may_judge,
        "meanings": MEANINGS,
        "longest_reason": LONGEST_REASON,
        "key": uuid4().hex,
        "back": back,
        "swapped": _address(there.pk, here.pk, back),
    }


def _side(one: Suggestion, into: Suggestion, user: User, back: str) -> Side:
    return Side(
        one,
        SUGGESTION.state_by_name[one.state],
        to_record(one.pk, back),
        _merge_address(one, into, user, back),
    )


def _merge_address(one: Suggestion, into: Suggestion, user: User, back: str) -> str:
    """Where the one is merged into the other, as far as the workflow lets this person do it."""
    steps = {edge.name for edge in available(one, user)}
    fits = one.call_id == into.call_id and into.state in (WITH_OFFICE, POOLED)
    if not fits or not steps & {"merge", "take_up"}:
        return ""
    address = reverse("suggestions:office-decide", args=[one.pk, "merge"])
    return f"{address}?{urlencode({'target': into.number, 'back': back})}"


def _address(pk: int, other: int, back: str) -> str:
    return f"{reverse('suggestions:office-like', args=[pk, other])}?{urlencode({'back': back})}"


def _back(request: HttpRequest, pk: int) -> str:
    """Return where the person came from; opened by its bare address, the record is the way back."""
    return way_back(
        request, within="/office/", otherwise=reverse("suggestions:office-suggestion", args=[pk])
    )
