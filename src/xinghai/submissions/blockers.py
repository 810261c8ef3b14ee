"""What keeps a submission from being handed in at a moment: its unit, its call, its content."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation
from xinghai.accounts.selectors import recommenders_of
from xinghai.accounts.states import VERIFIED
from xinghai.calls.models import Window
from xinghai.calls.selectors import open_window
from xinghai.kernel.forms import Report
from xinghai.kernel.humanize import localized
from xinghai.kernel.processes import BEING_CORRECTED, WITH_UNIT, Phase
from xinghai.kernel.refusals import Refusal
from xinghai.submissions.exceptions import NotReady, Refused, UnitNotReady
from xinghai.submissions.models import Submission
from xinghai.submissions.precheck import precheck
from xinghai.submissions.states import purpose_of


def check_standing(submission: Submission) -> None:
    """The unit is verified and of a kind the type is meant for."""
    organisation = submission.organisation
    if organisation is None or organisation.state != VERIFIED:
        raise UnitNotReady(
            _("“%(name)s”还没有通过科技局核实，核实后就能提交。草稿会一直保留。")
            % {"name": organisation.name if organisation else ""}
        )
    if organisation.kind not in submission.category.allowed_kinds:
        raise UnitNotReady(
            _("“%(category)s”不面向%(kind)s征集，请改选适合本单位的类型。")
            % {"category": localized(submission.category), "kind": organisation.get_kind_display()}
        )


# Where a list keeps the body it has looked up for each of its rows.
BODY_OF_TODAY = "recommender_of_today"


def look_up_recommenders(submissions: Iterable[Submission], now: datetime) -> None:
    """Look up, in one query, the bodies of those that need a recommendation."""
    rows = [one for one in submissions if one.organisation and one.needs_recommendation]
    units = [one.organisation for one in rows if one.organisation]
    bodies = recommenders_of(units, timezone.localdate(now)) if units else {}
    for one in rows:
        vars(one)[BODY_OF_TODAY] = bodies.get(one.organisation_id or 0)


def recommender_for(submission: Submission, now: datetime) -> Organisation:
    """Return the body that recommends the unit today; raises UnitNotReady when there is none."""
    organisation = submission.organisation
    if organisation is not None:
        if BODY_OF_TODAY not in vars(submission):
            look_up_recommenders([submission], now)
        if found := vars(submission).get(BODY_OF_TODAY):
            return found
    raise UnitNotReady(
        _("还没有为“%(name)s”确定归口推荐单位，请联系规划处。草稿会一直保留。")
        % {"name": organisation.name if organisation else ""}
    )


def window_of(submission: Submission, now: datetime) -> Window | None:
    """Return the open window it goes on in; a correction for the office has a due date instead."""
    if submission.phase in BEING_CORRECTED:
        return None
    return open_window(submission.call, now, purpose_of(submission.phase))


def check_content(submission: Submission, now: datetime, report: Report | None = None) -> None:
    found = report or precheck(submission, now=now)
    if not found.is_submittable:
        raise NotReady(found)


def check_submission(
    submission: Submission, now: datetime, report: Report | None = None
) -> Window | None:
    """Everything a unit's submission needs to be handed in; return the window it falls into."""
    if submission.phase not in (*WITH_UNIT, Phase.RECOMMENDING):
        raise Refused(_("已不在待审核状态"))
    check_standing(submission)
    if submission.phase == Phase.ENDORSING and submission.needs_recommendation:
        recommender_for(submission, now)
    window = window_of(submission, now)
    check_content(submission, now, report)
    return window


def blocker(submission: Submission, *, now: datetime, report: Report) -> str:
    """Say in words why the unit cannot hand this submission in now; nothing when it can."""
    try:
        check_submission(submission, now, report)
    except NotReady:
        return _("预检还有 %(count)d 处要改，请退回给填报人。") % {"count": len(report.blocking)}
    except Refusal as refusal:
        return refusal.reason
    return ""
