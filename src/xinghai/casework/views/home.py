"""The bureau's first page: what waits for this person, over all processes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.casework.selectors import MINE, OF_OFFICE, UNROUTED, open_counts, waiting_for
from xinghai.kernel.views import requires
from xinghai.submissions.process import every_process, is_process

MOST_SHOWN = 50


@requires("accounts.enter_desk")
def home(request: HttpRequest) -> HttpResponse:
    """One bounded list, which may be narrowed to one process; each worklist with its count.

    Who decides nothing is led to the first page the own roles give.
    """
    user, asked = person(request), request.GET.get("process", "")
    if not user.has_perm("casework.decide"):
        return redirect("accounts:desk")
    chosen = asked if is_process(asked) else ""
    processes = [one for one in every_process() if chosen in ("", one.key)]
    found = waiting_for(user, processes, most=MOST_SHOWN + 1)
    reasons = {MINE: _("由您办理"), OF_OFFICE: _("本处，还没有人办"), UNROUTED: _("等您分派处室")}
    counts = open_counts(user)
    shown = {
        "rows": [
            {
                "submission": one.submission,
                "state": one.submission.shown_state,
                "reason": reasons[one.reason],
            }
            for one in found[:MOST_SHOWN]
        ],
        "is_cut": len(found) > MOST_SHOWN,
        "most": MOST_SHOWN,
        "chosen": chosen,
        "worklists": [
            {
                "process": one,
                "count": counts.get(one.key, 0),
                "has_inbox": user.has_perm(one.permission("work_in_office")),
            }
            for one in every_process()
        ],
    }
    return render(request, "casework/office/home.html", shown)
