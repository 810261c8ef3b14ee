"""What the applicant's views share: who asks, which record, what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.calls.selectors import landline_of
from xinghai.kernel.humanize import localized
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.request_data import read_json
from xinghai.submissions.answers import receiving_office
from xinghai.submissions.exceptions import StaleVersion
from xinghai.submissions.form_page import told_back
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import own_record, record_in_writing
from xinghai.submissions.services.drafting import Saved


@dataclass(frozen=True)
class Sent:
    """What the page sent: the version it was begun on and the fields, unparsed."""

    version: int
    typed: dict[str, Any]


@dataclass(frozen=True)
class Receiver:
    """Where a submission of this type and domain goes; no office means the planning office."""

    office: str
    landline: str
    is_known: bool = True

    @property
    def words(self) -> str:
        if not self.is_known:
            return _("受理处室：选好编制领域后显示")
        if not self.office:
            return _("受理处室：由规划处确定")
        return _("受理处室：%(office)s %(landline)s") % {
            "office": self.office,
            "landline": self.landline,
        }


def mine(request: HttpRequest, process: Process, pk: int) -> Submission:
    return _found(own_record(person(request), process, pk))


def being_written(request: HttpRequest, process: Process, pk: int) -> Submission:
    """The same record for a save or a submit, which show none of its other relations."""
    return _found(record_in_writing(person(request), process, pk))


def _found(record: Submission | None) -> Submission:
    if record is None:
        raise Http404
    return record


def number(text: object) -> int:
    """A number somebody's page sent; nonsense is 0, which no version and no row has."""
    try:
        return int(str(text))
    except ValueError:
        return 0


def receiver_of(submission: Submission) -> Receiver:
    """The office that would receive it now, with the landline the notice gives."""
    office = submission.office or receiving_office(submission)
    if office is None:
        return Receiver("", "", is_known=submission.domain_id is not None)
    return Receiver(localized(office), landline_of(submission.call, office))


def read_sent(request: HttpRequest) -> Sent:
    """The body of an autosave; raises ValueError for anything else."""
    try:
        sent = read_json(request)
        return Sent(int(sent["version"]), dict(sent["answers"]))
    except (KeyError, TypeError) as missing:
        raise ValueError from missing


def answer_autosave(
    request: HttpRequest,
    submission: Submission,
    store: Callable[[Sent], Saved],
    report: Callable[[Submission], dict[str, Any]],
    *,
    merge_url: str,
) -> HttpResponse:
    """Store what an open page sent, in the protocol of autosave.js."""
    try:
        sent = read_sent(request)
    except ValueError:
        return JsonResponse({"problem": _("没有读懂这次保存，请刷新页面。")}, status=400)
    domain = submission.domain_id
    try:
        saved = store(sent).submission
    except StaleVersion:
        return JsonResponse({"merge_url": merge_url}, status=409)
    except Refusal as refusal:
        return JsonResponse({"problem": refusal.reason}, status=422)
    said: dict[str, Any] = {
        "version": saved.version,
        "saved_at": saved.saved_at.isoformat(),
        "report": report(saved),
    }
    if different := told_back(saved, sent.typed, person(request)):
        said["answers"] = different
    if saved.domain_id != domain:
        said["receiver"] = receiver_of(saved).words
    return JsonResponse(said)


def edit_url(submission: Submission) -> str:
    return submission.process.address("edit", submission.pk)
