"""How a pilot entry travels (演示申报): the standard line with a recommender, and two decisions."""

from django.utils.translation import gettext_lazy as _

from xinghai.kernel.processes import Fragment, Phase, State, Transition, compose
from xinghai.submissions import states as line

ROOM = "toy"
ADMITTED, REFUSED = "admitted", "not_admitted"
STUDIED, MAY = (line.WITH_OFFICE,), f"{ROOM}.process"
DECIDED = Fragment(
    states=(
        State(ADMITTED, _("已立项"), _("已立项"), "good", final=True, phase=Phase.DECIDED),
        State(REFUSED, _("不予立项"), _("未能立项"), "quiet", final=True, phase=Phase.DECIDED),
    ),
    transitions=(
        Transition("admit", _("立项"), STUDIED, ADMITTED, MAY),
        Transition("refuse", _("不予立项"), STUDIED, REFUSED, MAY, needs_reason=True),
    ),
)
RETURNED = (line.RETURNED_BY_UNIT, line.RETURNED_BY_RECOMMENDER)
BEFORE_AN_OFFICE = (line.UNIT_REVIEW, line.RECOMMENDING, line.SUBMITTED, line.TRIAGE)

PILOT = compose(
    "toy",
    initial=line.DRAFT,
    fragments=(
        line.written(ROOM, again=RETURNED),
        line.endorsed_by_unit(ROOM, again=(line.RETURNED_BY_RECOMMENDER,)),
        line.recommended(ROOM),
        line.received(ROOM, study=_("处室研究后决定是否立项"), waiting=_("处室受理")),
        line.returned(ROOM, reviewed_by_unit=True),
        line.recalled(ROOM, from_states=BEFORE_AN_OFFICE),
        DECIDED,
    ),
)
