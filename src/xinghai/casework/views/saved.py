"""Saved views: keeping the present filters under a name, and looking after those kept."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.casework.models import ALL, INBOX, SavedView
from xinghai.casework.selectors import visible_views
from xinghai.casework.services import saved_views
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.refusals import Refusal
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process

PLACES = {INBOX: "office-inbox", ALL: "office-all"}


@of_process("work_in_bureau", methods=["GET", "POST"])
def views(request: HttpRequest, process: Process) -> HttpResponse:
    """The views one can use, with what may be done to each; a post keeps a new one."""
    if request.method == "POST":
        return _save(request, process)
    by = person(request)
    shown = {
        "views": [(one, address_of(process, one)) for one in visible_views(by, process)],
        "may_share": by.has_perm(process.permission("share_views")),
        "most": saved_views.MOST_VIEWS,
    }
    return show(request, process, "office/views.html", shown)


def address_of(process: Process, view: SavedView) -> str:
    return f"{process.address(PLACES[view.place])}?{view.words}"


def _save(request: HttpRequest, process: Process) -> HttpResponse:
    place = request.POST.get("place", "")
    if place not in PLACES:
        raise Http404
    typed = QueryDict(request.POST.get("words", ""))
    words = worklist_of(process).filter_set.read(typed).address
    try:
        replaced = saved_views.save_view(
            request.POST.get("name", ""),
            process=process,
            words=words,
            place=place,
            by=person(request),
            is_shared="shared" in request.POST,
        )
    except Refusal as refusal:
        messages.error(request, refusal.reason)
    else:
        kept = _("视图已更新为现在的条件。") if replaced else _("视图已保存，在列表上方可以找到。")
        messages.success(request, kept)
    return redirect(f"{process.address(PLACES[place])}?{words}")


@of_process("work_in_bureau", methods=["POST"])
def change(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Rename, share, keep to oneself or delete a view."""
    view = get_object_or_404(visible_views(person(request), process), pk=pk)
    by, do = person(request), request.POST.get("do", "")
    try:
        if do == "rename":
            saved_views.rename_view(view, request.POST.get("name", ""), by=by)
        elif do in ("share", "keep"):
            saved_views.share_view(view, by=by, is_shared=do == "share")
        elif do == "delete":
            saved_views.delete_view(view, by=by)
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("已保存。") if do != "delete" else _("视图已删除。"))
    return redirect(process.address("office-views"))
