"""A partner's part of somebody's submission: read the common part, fill one's own, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation
from xinghai.kernel.clock import database_now
from xinghai.kernel.form_pages import report_json
from xinghai.kernel.processes import WITH_AUTHOR
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.request_data import read_posted
from xinghai.kernel.views import page_of, requires
from xinghai.submissions.exceptions import NotReady, StaleVersion
from xinghai.submissions.form_page import show_common_part, show_part
from xinghai.submissions.models import Partner, Submission
from xinghai.submissions.mounting import show
from xinghai.submissions.precheck import context_of, precheck
from xinghai.submissions.process import process_named
from xinghai.submissions.selectors import (
    invitation_for,
    opened,
    parts_of,
    put_submission,
    with_submissions,
)
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.services.partners import (
    accept_link,
    answer_invitation,
    write_and_confirm,
    write_part,
)
from xinghai.submissions.states import PART_ASKED, PART_CONFIRMED, PART_FILLING
from xinghai.submissions.views.my.common import (
    Sent,
    answer_autosave,
    number,
    person,
)
from xinghai.submissions.views.my.history import merge_page

OPEN_PARTS = (PART_ASKED, PART_FILLING)
ANSWERS = {"reopen", "decline"}


@requires("submissions.fill_part")
def parts(request: HttpRequest) -> HttpResponse:
    """Every part the person's organisations were asked to fill."""
    page = page_of(parts_of(person(request)), request.GET.get("page"))
    rows = [(one, one.shown_state) for one in with_submissions(list(page))]
    return render(request, "submissions/my/parts.html", {"page": page, "rows": rows})


def _part(request: HttpRequest, pk: int) -> Partner:
    """The part with its submission joined as one page needs it; the author has another page.

    Who declined, or whose invitation was taken back, no longer reads what the author writes.
    """
    user = person(request)
    partner = get_object_or_404(parts_of(user), pk=pk)
    seen = opened(user, process_named(partner.dossier.process))
    put_submission(partner, get_object_or_404(seen, pk=partner.dossier_id))
    return partner


@requires("submissions.fill_part", methods=["GET", "POST"])
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the common part, fill the own one."""
    partner = _part(request, pk)
    if request.method == "POST":
        return _posted(request, partner)
    return _page(request, partner)


def _posted(request: HttpRequest, partner: Partner) -> HttpResponse:
    sent = Sent(number(request.POST.get("version")), read_posted(request.POST.lists()))
    user, is_confirming = person(request), request.POST.get("do") == "submit"
    try:
        if is_confirming:
            write_and_confirm(partner, by=user, version=sent.version, typed=sent.typed)
        else:
            write_part(partner, by=user, version=sent.version, typed=sent.typed)
    except StaleVersion:
        return redirect(reverse("submissions:part-merge", args=[partner.pk]))
    except NotReady:
        return _page(request, partner, show_missing=True, status=422)
    except Refusal as refusal:
        return _page(request, partner, refusal=refusal.reason, status=409)
    words = _("已确认，对方会收到通知。") if is_confirming else _("已保存。")
    messages.success(request, words)
    return redirect(reverse("submissions:part", args=[partner.pk]))


def _page(
    request: HttpRequest,
    partner: Partner,
    *,
    show_missing: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    submission, now = partner.submission, database_now()
    context, sides = context_of(submission, now=now), {partner.side}
    report = precheck(submission, now=now, sides=sides, context=context)
    shown = {
        "partner": partner,
        "submission": submission,
        "state": partner.shown_state,
        "common": show_common_part(submission, context),
        "page": show_part(submission, report, context, sides, show_missing=show_missing),
        "is_open": partner.state in OPEN_PARTS and submission.phase in WITH_AUTHOR,
        "is_confirmed": partner.state == PART_CONFIRMED,
        "can_reopen": partner.state == PART_CONFIRMED and submission.phase in WITH_AUTHOR,
        "record_key": f"part-{partner.pk}",
        "refusal": refusal,
    }
    return show(request, submission.process, "my/part.html", shown, status=status)


@requires("submissions.fill_part", methods=["POST"])
def save_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What the open page of a part sends while somebody writes."""
    partner = _part(request, pk)

    def store(sent: Sent) -> drafts.Saved:
        return write_part(partner, by=person(request), version=sent.version, typed=sent.typed)

    def report(saved: Submission) -> dict[str, Any]:
        found = precheck(saved, now=database_now(), sides={partner.side})
        return report_json(saved.form.form, found)

    merge_url = reverse("submissions:part-merge", args=[pk])
    return answer_autosave(request, partner.submission, store, report, merge_url=merge_url)


@requires("submissions.fill_part", methods=["POST"])
def answer_part(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Decline with a reason, or open a confirmed part again."""
    partner = _part(request, pk)
    if action not in ANSWERS:
        return redirect(reverse("submissions:part", args=[pk]))
    try:
        reason = request.POST.get("reason", "")
        answer_invitation(partner, action, by=person(request), reason=reason)
    except Refusal as refusal:
        messages.error(request, refusal.reason)
        return redirect(reverse("submissions:part", args=[pk]))
    if action == "decline":
        messages.success(request, _("已谢绝，对方会收到通知。"))
        return redirect("submissions:parts")
    messages.success(request, _("可以修改了，改好后请再确认一次。"))
    return redirect(reverse("submissions:part", args=[pk]))


@requires("submissions.fill_part", methods=["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of a letter: for which of one's organisations, then to the part."""
    invitation = invitation_for(token)
    units = [one.organisation for one in person(request).confirmed_memberships]
    refusal = ""
    if request.method == "POST" and invitation is not None:
        chosen = _unit(units, request.POST.get("organisation"))
        try:
            if chosen is not None:
                taken = accept_link(token, by=person(request), organisation=chosen)
                return redirect(reverse("submissions:part", args=[taken.pk]))
        except Refusal as fault:
            refusal = fault.reason
    shown = {"invitation": invitation, "units": units, "refusal": refusal}
    status = 409 if refusal else 200 if invitation else 404
    return render(request, "submissions/my/accept.html", shown, status=status)


def _unit(units: list[Organisation], chosen: str | None) -> Organisation | None:
    wanted = number(chosen)
    return next((one for one in units if one.pk == wanted), units[0] if len(units) == 1 else None)


@requires("submissions.fill_part", methods=["GET", "POST"])
def merge_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Two windows of the same part: the person chooses which words stay."""
    partner = _part(request, pk)
    return merge_page(
        request,
        partner.submission,
        here=reverse("submissions:part-merge", args=[pk]),
        back=reverse("submissions:part", args=[pk]),
    )
