"""How a guide suggestion travels (指南建议): the standard line, and what offices decide on it."""

from django.utils.translation import gettext_lazy as _

from xinghai.kernel import processes
from xinghai.kernel.processes import Fragment, Phase, State, Transition
from xinghai.submissions import states as standard
from xinghai.submissions.states import (
    DRAFT,
    RETURNED_BY_UNIT,
    SUBMITTED,
    TRIAGE,
    UNIT_REVIEW,
    WITH_OFFICE,
)

POOLED = "pooled"
MERGED = "merged"
DECLINED = "declined"
CONDENSED = "condensed"
ADOPTED = "adopted"
CARRIED_OVER = "carried_over"
# Taken into the pool of suggestions, whatever became of them there.
KEPT = (POOLED, CONDENSED, ADOPTED, CARRIED_OVER)

ROOM = "suggestions"
DECISIONS = Fragment(
    states=(
        State(
            POOLED,
            _("入选建议库"),
            _("已采纳，进入建议库"),
            "good",
            phase=Phase.DECIDED,
            next=_("处室从建议库凝练指南条目"),
        ),
        State(MERGED, _("已合并"), _("已并入另一条建议"), "good", final=True, phase=Phase.DECIDED),
        State(
            DECLINED, _("未采纳"), _("未采纳，理由见下"), "quiet", final=True, phase=Phase.DECIDED
        ),
        State(
            CONDENSED,
            _("已凝练"),
            _("已凝练进指南条目"),
            "good",
            phase=Phase.DECIDED,
            next=_("指南发布时告诉您去向"),
        ),
        State(ADOPTED, _("已采用"), _("已写入发布的指南"), "good", final=True, phase=Phase.DECIDED),
        State(
            CARRIED_OVER,
            _("结转下一年度"),
            _("结转到下一年度的建议库"),
            "moving",
            final=True,
            phase=Phase.DECIDED,
        ),
    ),
    transitions=(
        Transition("accept", _("采纳入库"), (WITH_OFFICE,), POOLED, "suggestions.process"),
        Transition("merge", _("合并"), (WITH_OFFICE, POOLED), MERGED, "suggestions.process"),
        Transition(
            "decline",
            _("不采纳"),
            (WITH_OFFICE,),
            DECLINED,
            "suggestions.process",
            needs_reason=True,
        ),
        Transition("condense", _("凝练"), (POOLED,), CONDENSED, "suggestions.process"),
        Transition(
            "adopt", _("指南发布"), (CONDENSED,), ADOPTED, "suggestions.publish", automatic=True
        ),
        Transition(
            "carry_over",
            _("结转"),
            (POOLED, CONDENSED),
            CARRIED_OVER,
            "suggestions.carry_over",
        ),
    ),
)

SUGGESTION = processes.compose(
    "suggestion",
    initial=DRAFT,
    fragments=(
        standard.written(ROOM, again=(RETURNED_BY_UNIT,)),
        standard.endorsed_by_unit(ROOM),
        standard.received(
            ROOM,
            study=_("处室研究后采纳、合并、退回修改或说明不采纳的理由"),
            waiting=_("处室受理；受理前可以撤回"),
        ),
        standard.returned(ROOM, reviewed_by_unit=True),
        standard.recalled(ROOM, from_states=(UNIT_REVIEW, SUBMITTED, TRIAGE)),
        DECISIONS,
    ),
)

DECIDED = SUGGESTION.states_in(Phase.DECIDED)
RECEIVED = SUGGESTION.states_in(*processes.RECEIVED)
