"""Earlier versions of a suggestion, and bringing two windows together."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinghai.kernel.forms import FormDefinition, kind_of
from xinghai.kernel.forms.comparing import Merge
from xinghai.kernel.views import page_of, requires
from xinghai.suggestions.comparing import Changed, compare_versions
from xinghai.suggestions.faults import StaleVersion
from xinghai.suggestions.models import Revision, Suggestion
from xinghai.suggestions.my_views.common import REFUSALS, mine, number, person, reason_of
from xinghai.suggestions.selectors import revisions_of, unmerged_of
from xinghai.suggestions.services import drafts
from xinghai.suggestions.states import EDITABLE


@requires("suggestions.write")
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored versions; two of them side by side when asked."""
    suggestion = mine(request, pk)
    wanted = sorted({number(request.GET.get(name)) for name in ("a", "b")} - {0})
    chosen = _versions(suggestion, wanted)
    if len(chosen) < len(wanted):
        return _has_been_thinned(request, suggestion)
    older, newer = (chosen[0], chosen[-1]) if chosen else (None, None)
    page = page_of(revisions_of(suggestion), request.GET.get("page"))
    shown = {
        "suggestion": suggestion,
        "page": page,
        "older": older,
        "newer": newer,
        "changes": compare_versions(suggestion, older, newer) if older and newer else [],
        "can_restore": suggestion.state in EDITABLE,
        "kept_whole": settings.REVISIONS_KEPT_WHOLE.days,
        "thinned_to": settings.REVISIONS_THINNED_TO // timedelta(minutes=1),
    }
    return render(request, "suggestions/my/history.html", shown)


def _versions(suggestion: Suggestion, wanted: list[int]) -> list[Revision]:
    """Return the versions that are stored, oldest first; 404 for one there has never been."""
    if wanted and wanted[-1] > suggestion.version:
        raise Http404
    return list(suggestion.revisions.filter(version__in=wanted).order_by("version"))


def _has_been_thinned(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """An old link or an open page may name a version that `thinning` has deleted since."""
    messages.info(request, _("这个版本已经不再单独保存。请从下面留存的版本里选择。"))
    return redirect("suggestions:history", suggestion.pk)


@requires("suggestions.write", methods=["POST"])
def restore(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Make an earlier version the newest; nothing in between is lost."""
    suggestion = mine(request, pk)
    chosen = _versions(suggestion, [version])
    if not chosen:
        return _has_been_thinned(request, suggestion)
    try:
        drafts.restore(suggestion, chosen[0], by=person(request))
    except REFUSALS as refusal:
        messages.error(request, reason_of(refusal))
        return redirect("suggestions:history", pk)
    messages.success(
        request, _("已恢复到版本 %(version)d，之后的版本仍可查看。") % {"version": version}
    )
    return redirect("suggestions:edit", pk)


@requires("suggestions.write", methods=["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Two windows wrote the same field differently: the person chooses, field by field."""
    return merge_page(
        request,
        mine(request, pk),
        here=reverse("suggestions:merge", args=[pk]),
        back=reverse("suggestions:edit", args=[pk]),
    )


def merge_page(
    request: HttpRequest, suggestion: Suggestion, *, here: str, back: str
) -> HttpResponse:
    """The choice between two windows' words, for an author and for a partner."""
    unmerged = unmerged_of(suggestion, person(request))
    if unmerged is None:
        messages.info(request, _("两处内容已经一致，请核对后继续。"))
        return redirect(back)
    merged = drafts.compare_unmerged(suggestion, unmerged)
    conflicts = list(_conflicts(suggestion.form.form, merged))
    if request.method == "POST":
        if all(f"choice-{one.field}" in request.POST for one in conflicts):
            return _settle(request, suggestion, here=here, back=back)
        messages.error(request, _("每一处都要选一个，才能合并。"))
    shown = {"suggestion": suggestion, "unmerged": unmerged, "conflicts": conflicts, "back": back}
    return render(request, "suggestions/my/merge.html", shown)


def _conflicts(form: FormDefinition, merged: Merge) -> Iterator[Changed]:
    language = get_language() or "zh-hans"
    for conflict in merged.conflicts:
        field = form.field(conflict.field)
        if field is not None:
            kind = kind_of(field)
            theirs = kind.display(conflict.theirs, field, language)
            mine_ = kind.display(conflict.mine, field, language)
            yield Changed(conflict.field, field.title(language), theirs, mine_)


def _settle(request: HttpRequest, suggestion: Suggestion, *, here: str, back: str) -> HttpResponse:
    chosen = {name.removeprefix("choice-"): value for name, value in request.POST.items()}
    try:
        drafts.settle_merge(
            suggestion,
            by=person(request),
            base_version=number(request.POST.get("version")),
            keep_mine={name for name, value in chosen.items() if value == "mine"},
        )
    except StaleVersion:
        messages.error(request, _("刚才又有新的保存，请按最新内容再选一次。"))
        return redirect(here)
    except REFUSALS as refusal:
        messages.error(request, reason_of(refusal))
        return redirect(back)
    messages.success(request, _("两处内容已合并。"))
    return redirect(back)
