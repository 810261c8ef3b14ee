"""Earlier versions of a submission, and bringing two windows together."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinghai.kernel.forms import FormDefinition, kind_of
from xinghai.kernel.forms.comparing import Merge
from xinghai.kernel.processes import WITH_AUTHOR
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.views import page_of
from xinghai.submissions.exceptions import StaleVersion
from xinghai.submissions.models import Revision, Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.redacting import Reader
from xinghai.submissions.selectors import revisions_of, unmerged_of
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.versions import Changed, compare_versions
from xinghai.submissions.views.my.common import mine, number, person


@of_process("write")
def history(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """The stored versions; two of them side by side when asked."""
    submission = mine(request, process, pk)
    wanted = sorted({number(request.GET.get(name)) for name in ("a", "b")} - {0})
    chosen = _versions(submission, wanted)
    if len(chosen) < len(wanted):
        return _has_been_thinned(request, submission)
    older, newer = (chosen[0], chosen[-1]) if chosen else (None, None)
    page = page_of(revisions_of(submission), request.GET.get("page"))
    shown = {
        "submission": submission,
        "page": page,
        "older": older,
        "newer": newer,
        "changes": compare_versions(submission, older, newer, Reader.AUTHOR)
        if older and newer
        else [],
        "can_restore": submission.phase in WITH_AUTHOR,
        "kept_whole": settings.REVISIONS_KEPT_WHOLE.days,
        "thinned_to": settings.REVISIONS_THINNED_TO // timedelta(minutes=1),
    }
    return show(request, process, "my/history.html", shown)


def _versions(submission: Submission, wanted: list[int]) -> list[Revision]:
    """Return the versions that are stored, oldest first; 404 for one there has never been."""
    if wanted and wanted[-1] > submission.version:
        raise Http404
    return list(submission.revisions.filter(version__in=wanted).order_by("version"))


def _has_been_thinned(request: HttpRequest, submission: Submission) -> HttpResponse:
    """An old link or an open page may name a version that `thinning` has deleted since."""
    messages.info(request, _("这个版本已经不再单独保存。请从下面留存的版本里选择。"))
    return redirect(submission.process.address("history", submission.pk))


@of_process("write", methods=["POST"])
def restore(request: HttpRequest, process: Process, pk: int, version: int) -> HttpResponse:
    """Make an earlier version the newest; nothing in between is lost."""
    submission = mine(request, process, pk)
    chosen = _versions(submission, [version])
    if not chosen:
        return _has_been_thinned(request, submission)
    try:
        drafts.restore(submission, chosen[0], by=person(request))
    except Refusal as refusal:
        messages.error(request, refusal.reason)
        return redirect(process.address("history", pk))
    messages.success(
        request, _("已恢复到版本 %(version)d，之后的版本仍可查看。") % {"version": version}
    )
    return redirect(process.address("edit", pk))


@of_process("write", methods=["GET", "POST"])
def merge(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Two windows wrote the same field differently: the person chooses, field by field."""
    return merge_page(
        request,
        mine(request, process, pk),
        here=process.address("merge", pk),
        back=process.address("edit", pk),
    )


def merge_page(
    request: HttpRequest, submission: Submission, *, here: str, back: str
) -> HttpResponse:
    """The choice between two windows' words, for an author and for a partner."""
    unmerged = unmerged_of(submission, person(request))
    if unmerged is None:
        messages.info(request, _("两处内容已经一致，请核对后继续。"))
        return redirect(back)
    merged = drafts.compare_unmerged(submission, unmerged, person(request))
    conflicts = list(_conflicts(submission.form.form, merged))
    if request.method == "POST":
        if all(f"choice-{one.field}" in request.POST for one in conflicts):
            return _settle(request, submission, here=here, back=back)
        messages.error(request, _("每一处都要选一个，才能合并。"))
    shown = {"submission": submission, "unmerged": unmerged, "conflicts": conflicts, "back": back}
    return show(request, submission.process, "my/merge.html", shown)


def _conflicts(form: FormDefinition, merged: Merge) -> Iterator[Changed]:
    language = get_language() or "zh-hans"
    fields = {field.id: field for field in form.fields()}
    for conflict in merged.conflicts:
        field = fields[conflict.field]
        kind = kind_of(field)
        theirs = kind.display(conflict.theirs, field, language)
        mine_ = kind.display(conflict.mine, field, language)
        yield Changed(conflict.field, field.title(language), theirs, mine_)


def _settle(request: HttpRequest, submission: Submission, *, here: str, back: str) -> HttpResponse:
    chosen = {name.removeprefix("choice-"): value for name, value in request.POST.items()}
    try:
        drafts.settle_merge(
            submission,
            by=person(request),
            base_version=number(request.POST.get("version")),
            keep_mine={name for name, value in chosen.items() if value == "mine"},
        )
    except StaleVersion:
        messages.error(request, _("刚才又有新的保存，请按最新内容再选一次。"))
        return redirect(here)
    except Refusal as refusal:
        messages.error(request, refusal.reason)
        return redirect(back)
    messages.success(request, _("两处内容已合并。"))
    return redirect(back)
