"""What keeps a paper from being handed in at a moment: its unit, its call, its content."""

from datetime import datetime

from django.utils.translation import gettext as _

from xinghai.accounts.states import VERIFIED
from xinghai.calls.models import Window
from xinghai.calls.windows import CallClosed, window_at
from xinghai.kernel.forms import Report
from xinghai.kernel.humanize import localized
from xinghai.suggestions.faults import NotReady, Refused, UnitNotReady
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.prechecking import precheck
from xinghai.suggestions.states import AT_UNIT, CORRECTIONS


def check_standing(suggestion: Suggestion) -> None:
    """The unit is verified and of a kind the type is meant for."""
    organisation = suggestion.organisation
    if organisation is None or organisation.state != VERIFIED:
        raise UnitNotReady(
            _("“%(name)s”还没有通过科技局核实，核实后就能提交。草稿会一直保留。")
            % {"name": organisation.name if organisation else ""}
        )
    if organisation.kind not in suggestion.category.allowed_kinds:
        raise UnitNotReady(
            _("“%(category)s”不面向%(kind)s征集，请改选适合本单位的类型。")
            % {"category": localized(suggestion.category), "kind": organisation.get_kind_display()}
        )


def window_of(suggestion: Suggestion, now: datetime) -> Window | None:
    """Return the open window; an answer to the office's return has its own due date instead."""
    if suggestion.state in CORRECTIONS:
        return None
    return window_at(suggestion.call.windows.all(), now)


def check_content(suggestion: Suggestion, now: datetime, report: Report | None = None) -> None:
    found = report or precheck(suggestion, now=now)
    if not found.is_submittable:
        raise NotReady(found)


def check_paper(paper: Suggestion, now: datetime, report: Report | None = None) -> Window | None:
    """Everything a unit's paper needs to be handed in; return the window it falls into."""
    if paper.state not in AT_UNIT:
        raise Refused(_("已不在待审核状态"))
    check_standing(paper)
    window = window_of(paper, now)
    check_content(paper, now, report)
    return window


def obstacle(paper: Suggestion, *, now: datetime, report: Report) -> str:
    """Say in words why the unit cannot hand this paper in now; nothing when it can."""
    try:
        check_paper(paper, now, report)
    except NotReady:
        return _("预检还有 %(count)d 处要改，请退回给填报人。") % {"count": len(report.blocking)}
    except (Refused, CallClosed) as refusal:
        return refusal.reason
    return ""
