"""How a guide suggestion travels (指南建议): from draft to the guide, in one readable table."""

from django.utils.translation import gettext_lazy as _

from xinghai.kernel.processes import State, Transition, Workflow

DRAFT = "draft"
UNIT_REVIEW = "unit_review"
SUBMITTED = "submitted"
TRIAGE = "triage"
WITH_OFFICE = "with_office"
RETURNED = "returned"
POOLED = "pooled"
MERGED = "merged"
DECLINED = "declined"
CONDENSED = "condensed"
ADOPTED = "adopted"
CARRIED_OVER = "carried_over"

EDITABLE = (DRAFT, RETURNED)
RECALLABLE = (UNIT_REVIEW, SUBMITTED, TRIAGE)
AT_OFFICE = (SUBMITTED, WITH_OFFICE)
WAITING = (*AT_OFFICE, TRIAGE)
DECIDED = (POOLED, MERGED, DECLINED, CONDENSED, ADOPTED, CARRIED_OVER)
# Taken into the pool of suggestions, whatever became of them there.
KEPT = (POOLED, CONDENSED, ADOPTED, CARRIED_OVER)
RECEIVED = (SUBMITTED, TRIAGE, WITH_OFFICE, *DECIDED)

SUGGESTION = Workflow(
    name="suggestion",
    initial=DRAFT,
    states=(
        State(DRAFT, _("草稿"), _("草稿，还没有提交"), "quiet"),
        State(UNIT_REVIEW, _("待单位审核"), _("等本单位科研部门审核"), "waiting"),
        State(SUBMITTED, _("待受理"), _("已提交，等处室受理"), "moving"),
        State(TRIAGE, _("待分派"), _("已提交，正在确定受理处室"), "waiting"),
        State(WITH_OFFICE, _("已受理"), _("处室正在研究"), "moving"),
        State(RETURNED, _("已退回"), _("已退回，请您修改"), "problem"),
        State(POOLED, _("入选建议库"), _("已采纳，进入建议库"), "good"),
        State(MERGED, _("已合并"), _("已并入另一条建议"), "good", final=True),
        State(DECLINED, _("未采纳"), _("未采纳，理由见下"), "quiet", final=True),
        State(CONDENSED, _("已凝练"), _("已凝练进指南条目"), "good"),
        State(ADOPTED, _("已采用"), _("已写入发布的指南"), "good", final=True),
        State(CARRIED_OVER, _("结转下一年度"), _("结转到下一年度的建议库"), "moving", final=True),
    ),
    transitions=(
        Transition(
            "send_to_unit", _("提交单位审核"), EDITABLE, UNIT_REVIEW, "suggestions.send_to_unit"
        ),
        Transition("submit", _("提交到处室"), (DRAFT,), SUBMITTED, "suggestions.submit"),
        Transition("endorse", _("单位统一提交"), (UNIT_REVIEW,), SUBMITTED, "suggestions.endorse"),
        Transition(
            "unit_return",
            _("单位退回"),
            (UNIT_REVIEW,),
            RETURNED,
            "suggestions.unit_return",
            needs_reason=True,
        ),
        Transition("resubmit", _("重新提交"), (RETURNED,), WITH_OFFICE, "suggestions.submit"),
        Transition(
            "endorse_again",
            _("单位再次提交"),
            (UNIT_REVIEW,),
            WITH_OFFICE,
            "suggestions.endorse_again",
        ),
        Transition("recall", _("撤回"), RECALLABLE, DRAFT, "suggestions.recall"),
        Transition(
            "recall_correction",
            _("撤回修改稿"),
            (UNIT_REVIEW,),
            RETURNED,
            "suggestions.recall_correction",
        ),
        Transition(
            "find_no_route",
            _("等待分派"),
            (SUBMITTED,),
            TRIAGE,
            "suggestions.route",
            automatic=True,
        ),
        Transition("assign", _("分派处室"), (TRIAGE,), WITH_OFFICE, "suggestions.assign"),
        Transition("take_up", _("受理"), (SUBMITTED,), WITH_OFFICE, "suggestions.process"),
        Transition(
            "hand_over",
            _("移交其他处室"),
            AT_OFFICE,
            SUBMITTED,
            "suggestions.process",
            needs_reason=True,
        ),
        Transition(
            "office_return",
            _("退回修改"),
            (WITH_OFFICE,),
            RETURNED,
            "suggestions.process",
            needs_reason=True,
        ),
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

PART_ASKED = "asked"
PART_FILLING = "filling"
PART_CONFIRMED = "confirmed"
PART_DECLINED = "declined"
PART_WITHDRAWN = "withdrawn"

LIVE_PARTNERSHIPS = (PART_ASKED, PART_FILLING, PART_CONFIRMED)

PARTNERSHIP = Workflow(
    name="partnership",
    initial=PART_ASKED,
    states=(
        State(PART_ASKED, _("已邀请"), _("等您填写"), "waiting"),
        State(PART_FILLING, _("填写中"), _("您正在填写"), "moving"),
        State(PART_CONFIRMED, _("已确认"), _("您已确认"), "good"),
        State(PART_DECLINED, _("已谢绝"), _("您已谢绝"), "problem", final=True),
        State(PART_WITHDRAWN, _("邀请已撤回"), _("邀请已撤回"), "quiet", final=True),
    ),
    transitions=(
        Transition(
            "begin", _("开始填写"), (PART_ASKED,), PART_FILLING, "suggestions.answer_invitation"
        ),
        Transition(
            "confirm",
            _("确认本方内容"),
            (PART_ASKED, PART_FILLING),
            PART_CONFIRMED,
            "suggestions.answer_invitation",
        ),
        Transition(
            "reopen",
            _("重新修改"),
            (PART_CONFIRMED,),
            PART_FILLING,
            "suggestions.answer_invitation",
        ),
        Transition(
            "decline",
            _("谢绝参与"),
            (PART_ASKED, PART_FILLING),
            PART_DECLINED,
            "suggestions.answer_invitation",
            needs_reason=True,
        ),
        Transition(
            "withdraw",
            _("撤回邀请"),
            (PART_ASKED, PART_FILLING, PART_CONFIRMED),
            PART_WITHDRAWN,
            "suggestions.withdraw_invitation",
        ),
    ),
)
