"""The unit's work by school, and reminding the authors who have not handed over yet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinghai.accounts.views.reading import person
from xinghai.kernel.acting import form_key, fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.request_data import NONE, numbers
from xinghai.kernel.views import page_of
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.schools import schools_of
from xinghai.submissions.services.reminding import LONGEST_SENTENCE, MOST_AUTHORS, remind_authors
from xinghai.submissions.unit_reminders import Writer, of_authors, writers
from xinghai.submissions.views.unit.common import way_back


@of_process("review_for_unit")
def schools(request: HttpRequest, process: Process) -> HttpResponse:
    """A line per school; every number but the drafts' opens its rows."""
    lines = schools_of(person(request), process, now=database_now())
    total = {
        name: sum(getattr(line, name) for line in lines)
        for name in ("writing", "waiting", "returned", "sent")
    }
    context = {"place": "schools", "lines": lines, "total": total, "none": NONE}
    return show(request, process, "unit/schools.html", context)


@of_process("review_for_unit")
def reminders(request: HttpRequest, process: Process) -> HttpResponse:
    """Authors with unfinished submissions, by count: the research office reads no draft."""
    now, school = database_now(), request.GET.get("school", "").strip()[:60]
    rows = [one for one in writers(person(request), process, now=now) if _is_of(one, school)]
    page = page_of(rows, request.GET.get("page"))
    context = {
        "place": "reminders",
        "page": page,
        "rows": list(page),
        "can_remind": any(one.can_be_reminded for one in page),
        "school": school,
        "is_none": school == NONE,
    }
    return show(request, process, "unit/reminders.html", context)


def _is_of(writer: Writer, school: str) -> bool:
    return not school or writer.school == ("" if school == NONE else school)


@of_process("review_for_unit", methods=["POST"])
def remind(request: HttpRequest, process: Process) -> HttpResponse:
    """First a page that names the people and the words, then once."""
    user, chosen = person(request), numbers(request.POST.getlist("chosen"))
    rows = of_authors(writers(user, process, now=database_now()), chosen)
    fresh = [one for one in rows if one.can_be_reminded][:MOST_AUTHORS]
    if not rows:
        messages.error(request, _("请先勾选要提醒的人。"))
        return redirect(way_back(request, process))
    refusal = ""
    if "sure" in request.POST:
        try:
            told = remind_authors(
                process,
                chosen,
                by=user,
                key=form_key(request),
                sentence=request.POST.get("sentence", ""),
            )
        except Refusal as found:
            refusal = found.reason
        else:
            _say(request, told)
            return redirect(way_back(request, process))
    context = {
        "fresh": fresh,
        "skipped": [one for one in rows if one not in fresh],
        "sentence": request.POST.get("sentence", ""),
        "longest": LONGEST_SENTENCE,
        "refusal": refusal,
        "key": fresh_key(),
        "back": way_back(request, process),
    }
    status = 422 if refusal else 200
    return show(request, process, "unit/remind_sure.html", context, status=status)


def _say(request: HttpRequest, told: int) -> None:
    if told:
        words = ngettext("已提醒 %(count)d 人。", "已提醒 %(count)d 人。", told)
        messages.success(request, words % {"count": told})
    else:
        messages.info(request, _("他们在 24 小时内都已提醒过，没有再发。"))
