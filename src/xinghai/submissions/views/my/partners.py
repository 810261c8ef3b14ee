"""Asking a partner to fill its part, and taking the invitation back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xinghai.kernel.refusals import Refusal
from xinghai.kernel.views import requires
from xinghai.submissions.mounting import of_process
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import visible_partners
from xinghai.submissions.services.partners import invite, withdraw_invitation
from xinghai.submissions.views.my.common import edit_url, mine, person


@of_process("write", methods=["POST"])
def ask(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Invite by credit code, name or e-mail."""
    submission = mine(request, process, pk)
    whom, side = request.POST.get("whom", ""), request.POST.get("side", "")
    try:
        partner = invite(submission, whom, side=side, by=person(request))
    except Refusal as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("已邀请 %(whom)s，对方会收到通知。") % {"whom": partner})
    return redirect(f"{edit_url(submission)}#partners")


@requires("submissions.write", methods=["POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back; what the partner wrote stays in the history."""
    user = person(request)
    partner = get_object_or_404(visible_partners(user), pk=pk)
    if partner.submission.author_id != user.pk:
        raise Http404
    try:
        withdraw_invitation(partner, by=user)
    except Refusal as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("邀请已撤回，可以改邀其他单位。"))
    return redirect(f"{edit_url(partner.submission)}#partners")
