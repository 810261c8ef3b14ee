"""The planning office's page of calls: what is loaded, what is public, publish, call off."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.calls.selectors import visible_calls
from xinghai.calls.services import cancel_call, publish_call
from xinghai.calls.states import CALL
from xinghai.calls.windows import find_window
from xinghai.kernel.clock import database_now
from xinghai.kernel.humanize import localized
from xinghai.kernel.views import requires
from xinghai.kernel.workflow import TransitionRefused


@requires("calls.publish_call")
def office_calls(request: HttpRequest) -> HttpResponse:
    """Every loaded call with its state and windows, newest first."""
    now = database_now()
    calls = visible_calls(request.user).prefetch_related("windows")
    rows = [
        {
            "call": call,
            "state": call.shown_state,
            "window": find_window(call.windows.all(), now),
            "edges": {edge.name for edge in CALL.leaving(call.state)},
        }
        for call in calls
    ]
    return render(request, "calls/office_calls.html", {"rows": rows})


@requires("calls.publish_call", methods=["POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Make a prepared call public; its windows decide when it takes suggestions."""
    call = get_object_or_404(visible_calls(request.user), code=code)
    try:
        publish_call(call, by=cast(User, request.user))
    except TransitionRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("“%(title)s”已发布。") % {"title": localized(call, "title")})
    return redirect("calls:office-calls")


@requires("calls.publish_call", methods=["POST"])
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call a call off, with the reason everybody will read."""
    call = get_object_or_404(visible_calls(request.user), code=code)
    try:
        cancel_call(call, by=cast(User, request.user), reason=request.POST.get("reason", ""))
    except TransitionRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("“%(title)s”已取消。") % {"title": localized(call, "title")})
    return redirect("calls:office-calls")
