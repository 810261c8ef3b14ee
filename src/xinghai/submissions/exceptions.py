"""What can stop a write here; each carries a sentence a person can act on."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xinghai.kernel.forms import Report
from xinghai.kernel.refusals import Refusal

if TYPE_CHECKING:
    from xinghai.submissions.models import Submission


class Refused(Refusal):
    """A write of a submission that did not happen."""


class NotEditable(Refused):
    """It is no longer with the author."""


class StaleVersion(Refused):
    """Somebody, or another window, saved in between; both texts are kept."""

    def __init__(self) -> None:
        super().__init__(_("内容在别的窗口或设备上改过。两份内容都在，请对照后决定保留哪些。"))


class CannotStart(Refused):
    """The person may not begin this type of submission in this call."""


class NotReady(Refused):
    """The pre-check still finds blocking problems; `report` lists them all."""

    def __init__(self, report: Report) -> None:
        super().__init__(_("还有必须改正的问题，改好后再提交。内容已保存。"))
        self.report = report

    def __str__(self) -> str:
        """Name the fields too: a log or a failed test wants more than the person's sentence."""
        found = (f"{problem.field}: {problem.message}" for problem in self.report.blocking)
        return "; ".join(found)


class UnitNotReady(Refused):
    """The person's membership or the organisation is not yet confirmed."""


class BatchBlocked(Refused):
    """Some submissions of a batch are not ready; none was handed in."""

    def __init__(self, blocked: "list[tuple[Submission, str]]") -> None:
        super().__init__(
            _("有 %(count)d 条还不能提交，所以整批都没有提交。请去掉或退回它们再提交。")
            % {"count": len(blocked)}
        )
        self.blocked = blocked
