"""Groups of a call: the list with its map, one group, and the corrections made by hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.calls.models import Call
from xinghai.kernel.acting import act_and_report, fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.request_data import is_number
from xinghai.kernel.views import page_of, requires
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.mounting import show
from xinghai.suggestions import topic_groups as grouped
from xinghai.suggestions.models import Grouping
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.services import groups as services
from xinghai.suggestions.tasks import follow_ask

MEMBERS_PER_PAGE = 50


@requires("suggestions.work_in_bureau")
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of one call as a list and a map, with what was corrected by hand."""
    call, user, now = _call(request), person(request), database_now()
    found = grouped.groups_for(user, call)
    pks = [one.suggestion.pk for group in found.groups for one in group.members]
    shown = {
        "call": call,
        "calls": Call.objects.issued(),
        "office": grouped.office_of(user),
        "found": found,
        "page": page_of(found.groups, request.GET.get("page")),
        "points": [one for group in found.groups for one in group.members][: grouped.MOST_POINTS],
        "width": grouped.WIDTH,
        "height": grouped.HEIGHT,
        "ties": grouped.ties_seen(call, pks),
        "is_running": grouped.is_running(found.grouping, now),
        "has_failed": grouped.has_failed(found.grouping, now),
        "is_enough": found.total >= grouped.FEWEST,
        "key": fresh_key(),
        "here": request.get_full_path(),
    }
    return show(request, SUGGESTIONS, "office/groups.html", shown)


@requires("suggestions.work_in_bureau")
def progress(request: HttpRequest) -> HttpResponse:
    """What the waiting page asks every few seconds; when the groups are there it loads anew."""
    call = _call(request)
    grouping = grouped.grouping_of(call, grouped.office_of(person(request)))
    if grouped.is_running(grouping, database_now()):
        return show(request, SUGGESTIONS, "office/groups_progress.html", {"call": call})
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


@requires("suggestions.work_in_bureau", methods=["POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Make the groups anew, in the background."""
    call, user = _call(request), person(request)

    def act() -> int:
        grouping = services.ask_again(call, grouped.office_of(user))
        follow_ask(grouping)
        return grouping.pk

    act_and_report(request, f"suggestions.group:{call.pk}", act)
    return redirect(_address(call))


@requires("suggestions.work_in_bureau", methods=["GET", "POST"])
def group(request: HttpRequest, label: int) -> HttpResponse:
    """One group: its members, and where they are put when the machine was wrong."""
    call, user = _call(request), person(request)
    found = grouped.groups_for(user, call)
    one = next((group for group in found.groups if group.label == label), None)
    if found.grouping is None or one is None:
        raise Http404
    if request.POST.get("do") == "compare":
        return _compare(request, one)
    if request.method == "POST":
        return _correct(request, found.grouping, found.groups, one)
    shown = {
        "call": call,
        "group": one,
        "others": [other for other in found.groups if other.label != label],
        "page": page_of(one.members, request.GET.get("page"), size=MEMBERS_PER_PAGE),
        "most_apart": services.MOST_APART,
        "new": services.NEW,
        "key": fresh_key(),
        "here": request.get_full_path(),
        "back": _address(call),
    }
    return show(request, SUGGESTIONS, "office/group.html", shown)


def _compare(request: HttpRequest, one: grouped.Group) -> HttpResponse:
    """Two that were ticked stand side by side; nothing is written."""
    back, chosen = request.get_full_path(), _chosen(request, one)
    if len(chosen) != 2:
        messages.error(request, _("请正好勾选两条再对照。"))
        return redirect(back)
    address = SUGGESTIONS.address("office-like", *chosen)
    return redirect(f"{address}?{urlencode({'back': back})}")


def _chosen(request: HttpRequest, one: grouped.Group) -> list[int]:
    """Return what was ticked, as far as it stands in the group."""
    chosen = [int(pk) for pk in request.POST.getlist("chosen") if is_number(pk)]
    seen = {member.suggestion.pk for member in one.members}
    return [pk for pk in chosen if pk in seen]


def _correct(
    request: HttpRequest, grouping: Grouping, groups: list[grouped.Group], one: grouped.Group
) -> HttpResponse:
    user, call, chosen = person(request), grouping.call, _chosen(request, one)
    target = request.POST.get("target", "")
    known = {str(label): label for label in (*(other.label for other in groups), services.NEW)}

    def act() -> None:
        if request.POST.get("do") == "apart":
            services.set_apart(grouping, chosen, by=user)
        elif target in known and known[target] != one.label:
            step = services.Move(chosen, one.label, known[target])
            services.move(grouping, step, by=user)
        else:
            raise Refused(_("请选择要移到哪一组。"))
        follow_ask(services.ask_again(call, grouping.office))

    operation, done = f"suggestions.group:{call.pk}:{one.label}", _("已调整，下次分组也会照办。")
    has_moved = act_and_report(request, operation, act, done=done)
    return redirect(_address(call) if has_moved else request.get_full_path())


@requires("suggestions.work_in_bureau", methods=["POST"])
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one correction back."""
    call, user = _call(request), person(request)

    def act() -> None:
        services.undo_tie(call, pk, by=user)
        follow_ask(services.ask_again(call, grouped.office_of(user)))

    done = _("已撤销这条调整，正在重新分组。")
    act_and_report(request, f"suggestions.untie:{pk}", act, done=done)
    return redirect(_address(call))


def _call(request: HttpRequest) -> Call:
    """Return the call of the address, else the newest."""
    code = request.GET.get("call") or request.POST.get("call") or ""
    calls = Call.objects.issued()
    if code:
        return get_object_or_404(calls, code=code[:20])
    newest = calls.first()
    if newest is None:
        raise Http404
    return newest


def _address(call: Call) -> str:
    return f"{SUGGESTIONS.address('office-groups')}?{urlencode({'call': call.code})}"
