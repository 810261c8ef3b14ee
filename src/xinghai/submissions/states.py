"""Parts of state tables every process shares; a process composes its own table from them.

Each function returns the states and edges of one part. `room` names whose permissions guard the
edges: `applications` gives `applications.submit`. Words that name the process's own object or its
decisions do not stand here: a process writes them itself.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from xinghai.calls.states import HAND_IN, RECOMMEND
from xinghai.kernel.processes import Fragment, Label, Phase, State, Transition, Workflow

DRAFT = "draft"
UNIT_REVIEW = "unit_review"
RETURNED_BY_UNIT = "returned_by_unit"
UNIT_REVIEW_AGAIN = "unit_review_again"
RECOMMENDING = "recommending"
RETURNED_BY_RECOMMENDER = "returned_by_recommender"
SUBMITTED = "submitted"
TRIAGE = "triage"
WITH_OFFICE = "with_office"
RETURNED_BY_OFFICE = "returned_by_office"
TO_AN_OFFICE = _("提交到处室")


def purpose_of(phase: Phase) -> str:
    """What a call must be open for so that a record in this phase can go on."""
    return RECOMMEND if phase == Phase.RECOMMENDING else HAND_IN


def written(
    room: str,
    *,
    to: str = SUBMITTED,
    again: Sequence[str] = (),
    label: Label = TO_AN_OFFICE,
) -> Fragment:
    """The author writes a draft and hands it in to `to`, where nobody must pass it on.

    `again` names further states with the author from which it is handed in the same way; `label`
    is what handing it in is called.
    """
    return Fragment(
        states=(
            State(
                DRAFT,
                _("草稿"),
                _("草稿，还没有提交"),
                "quiet",
                phase=Phase.WRITING,
                holder=_("您"),
                next=label,
            ),
        ),
        transitions=(Transition("submit", label, (DRAFT, *again), to, f"{room}.submit"),),
    )


_AT_UNIT = (
    State(
        UNIT_REVIEW,
        _("待单位审核"),
        _("等本单位科研部门审核"),
        "waiting",
        phase=Phase.ENDORSING,
        holder=_("%(unit)s 科研部门"),
        next=_("科研部门审核后统一提交到市科技局"),
    ),
    State(
        RETURNED_BY_UNIT,
        _("单位已退回"),
        _("单位已退回，请您修改"),
        "problem",
        phase=Phase.CORRECTING_FOR_UNIT,
        holder=_("您"),
        next=_("按意见修改后重新提交"),
    ),
)


def endorsed_by_unit(room: str, *, to: str = SUBMITTED, again: Sequence[str] = ()) -> Fragment:
    """The author's unit reviews it, and hands it in to `to` or returns it to the author.

    `again` names further states with the author from which it goes to the unit.
    """
    return Fragment(
        states=_AT_UNIT,
        transitions=(
            Transition(
                "send_to_unit",
                _("提交单位审核"),
                (DRAFT, RETURNED_BY_UNIT, *again),
                UNIT_REVIEW,
                f"{room}.send_to_unit",
            ),
            Transition("endorse", _("单位统一提交"), (UNIT_REVIEW,), to, f"{room}.endorse"),
            Transition(
                "unit_return",
                _("单位退回"),
                (UNIT_REVIEW,),
                RETURNED_BY_UNIT,
                f"{room}.return_for_unit",
                needs_reason=True,
            ),
        ),
    )


_AT_RECOMMENDER = (
    State(
        RECOMMENDING,
        _("待推荐"),
        _("等推荐单位审核推荐"),
        "waiting",
        phase=Phase.RECOMMENDING,
        holder=_("%(recommender)s"),
        next=_("推荐单位审核后推荐到市科技局"),
    ),
    State(
        RETURNED_BY_RECOMMENDER,
        _("推荐单位已退回"),
        _("推荐单位已退回，请您修改"),
        "problem",
        phase=Phase.CORRECTING_FOR_UNIT,
        holder=_("您"),
        next=_("按意见修改后重新提交"),
    ),
)


def recommended(
    room: str, *, to: str = SUBMITTED, again: Sequence[str] = (RETURNED_BY_UNIT,)
) -> Fragment:
    """A recommending body (归口推荐) passes it on to `to` or returns it to the author.

    It comes from the unit where one must endorse it, else from the author: from a draft, after the
    body returned it, and from the states in `again`.
    """
    return Fragment(
        states=_AT_RECOMMENDER,
        transitions=(
            Transition(
                "send_to_recommender",
                _("提交推荐单位"),
                (DRAFT, RETURNED_BY_RECOMMENDER, *again),
                RECOMMENDING,
                f"{room}.send_to_recommender",
            ),
            Transition(
                "endorse_to_recommender",
                _("单位提交推荐单位"),
                (UNIT_REVIEW,),
                RECOMMENDING,
                f"{room}.endorse_to_recommender",
            ),
            Transition("recommend", _("推荐"), (RECOMMENDING,), to, f"{room}.recommend"),
            Transition(
                "recommender_return",
                _("推荐单位退回"),
                (RECOMMENDING,),
                RETURNED_BY_RECOMMENDER,
                f"{room}.recommend",
                needs_reason=True,
            ),
        ),
    )


_UNROUTED = State(
    TRIAGE,
    _("待分派"),
    _("已提交，正在确定受理处室"),
    "waiting",
    phase=Phase.UNROUTED,
    holder=_("规划处"),
    next=_("规划处确定受理处室；确定前可以撤回"),
)


def received(room: str, *, study: Label, waiting: Label) -> Fragment:
    """An office takes it up; what no rule routes waits until planning assigns it.

    `study` and `waiting` say what follows while the office studies it, and before.
    """
    submitted, taken_up = _("已提交，等处室受理"), _("处室正在研究")
    process = f"{room}.process"
    return Fragment(
        states=(
            State(SUBMITTED, _("待受理"), submitted, "moving", phase=Phase.ARRIVED, next=waiting),
            _UNROUTED,
            State(WITH_OFFICE, _("已受理"), taken_up, "moving", phase=Phase.WORKING, next=study),
        ),
        transitions=(
            Transition(
                "find_no_route",
                _("等待分派"),
                (SUBMITTED,),
                TRIAGE,
                f"{room}.route",
                automatic=True,
            ),
            Transition("assign", _("分派处室"), (TRIAGE,), WITH_OFFICE, f"{room}.assign"),
            Transition("take_up", _("受理"), (SUBMITTED,), WITH_OFFICE, process),
            Transition(
                "hand_over",
                _("移交其他处室"),
                (SUBMITTED, WITH_OFFICE),
                SUBMITTED,
                process,
                needs_reason=True,
            ),
        ),
    )


_CORRECTION = State(
    RETURNED_BY_OFFICE,
    _("已退回"),
    _("已退回，请您修改"),
    "problem",
    phase=Phase.CORRECTING,
    holder=_("您"),
    next=_("按意见修改后重新提交"),
)
_CORRECTION_AT_UNIT = State(
    UNIT_REVIEW_AGAIN,
    _("待单位审核修改稿"),
    _("修改稿等本单位科研部门审核"),
    "waiting",
    phase=Phase.ENDORSING_CORRECTION,
    holder=_("%(unit)s 科研部门"),
    next=_("科研部门审核后统一提交到市科技局"),
)


def returned(room: str, *, reviewed_by_unit: bool) -> Fragment:
    """The office asks for a correction; it comes back to that office, past the unit if it must."""
    edges = (
        Transition(
            "office_return",
            _("退回修改"),
            (WITH_OFFICE,),
            RETURNED_BY_OFFICE,
            f"{room}.process",
            needs_reason=True,
        ),
        Transition(
            "resubmit", _("重新提交"), (RETURNED_BY_OFFICE,), WITH_OFFICE, f"{room}.resubmit"
        ),
    )
    if not reviewed_by_unit:
        return Fragment((_CORRECTION,), edges)
    return Fragment((_CORRECTION, _CORRECTION_AT_UNIT), (*edges, *_reviewed_again(room)))


def _reviewed_again(room: str) -> tuple[Transition, ...]:
    return (
        Transition(
            "send_correction_to_unit",
            _("修改稿提交单位审核"),
            (RETURNED_BY_OFFICE,),
            UNIT_REVIEW_AGAIN,
            f"{room}.send_to_unit",
        ),
        Transition(
            "endorse_again",
            _("单位再次提交"),
            (UNIT_REVIEW_AGAIN,),
            WITH_OFFICE,
            f"{room}.endorse_again",
        ),
        Transition(
            "unit_return_correction",
            _("单位退回修改稿"),
            (UNIT_REVIEW_AGAIN,),
            RETURNED_BY_OFFICE,
            f"{room}.return_for_unit",
            needs_reason=True,
        ),
        Transition(
            "recall_correction",
            _("撤回修改稿"),
            (UNIT_REVIEW_AGAIN,),
            RETURNED_BY_OFFICE,
            f"{room}.recall_correction",
        ),
    )


def recalled(room: str, *, from_states: Sequence[str]) -> Fragment:
    """The author or the unit takes it back while nobody has begun to work on it."""
    return Fragment(
        states=(),
        transitions=(Transition("recall", _("撤回"), tuple(from_states), DRAFT, f"{room}.recall"),),
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
            "begin", _("开始填写"), (PART_ASKED,), PART_FILLING, "submissions.answer_invitation"
        ),
        Transition(
            "confirm",
            _("确认本方内容"),
            (PART_ASKED, PART_FILLING),
            PART_CONFIRMED,
            "submissions.answer_invitation",
        ),
        Transition(
            "reopen",
            _("重新修改"),
            (PART_CONFIRMED,),
            PART_FILLING,
            "submissions.answer_invitation",
        ),
        Transition(
            "decline",
            _("谢绝参与"),
            (PART_ASKED, PART_FILLING),
            PART_DECLINED,
            "submissions.answer_invitation",
            needs_reason=True,
        ),
        Transition(
            "withdraw",
            _("撤回邀请"),
            (PART_ASKED, PART_FILLING, PART_CONFIRMED),
            PART_WITHDRAWN,
            "submissions.withdraw_invitation",
        ),
    ),
)
