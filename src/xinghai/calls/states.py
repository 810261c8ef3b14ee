"""The processes of a call (征集批次) and of a question; kinds and purposes of windows; routes."""

from django.utils.translation import gettext_lazy as _

from xinghai.kernel.processes import State, Transition, Workflow

DRAFT, PUBLISHED, CANCELLED = "draft", "published", "cancelled"
COLLECT, ROLLING = "collect", "rolling"
# What is open in a window: authors hand in, recommending bodies (归口) pass on.
HAND_IN, RECOMMEND = "hand_in", "recommend"
PURPOSES = (HAND_IN, RECOMMEND)
NOTICE, REMEMBERED = "notice", "remembered"

CALL = Workflow(
    name="call",
    initial=DRAFT,
    states=(
        State(DRAFT, _("筹备"), _("尚未发布"), "quiet"),
        State(PUBLISHED, _("已发布"), _("已发布"), "moving"),
        State(CANCELLED, _("已取消"), _("已取消"), "problem", final=True),
    ),
    transitions=(
        Transition("publish", _("发布"), (DRAFT,), PUBLISHED, "calls.publish_call"),
        # The operator's command loads a notice that the bureau has already issued on paper.
        Transition(
            "take_issued",
            _("按已印发的通知发布"),
            (DRAFT,),
            PUBLISHED,
            "calls.publish_call",
            automatic=True,
        ),
        Transition(
            "cancel",
            _("取消"),
            (DRAFT, PUBLISHED),
            CANCELLED,
            "calls.publish_call",
            needs_reason=True,
        ),
    ),
)

# What messages about questions are filed under.
QUESTIONS = "questions"
ASKED, ANSWERED, ANSWERED_OPENLY, REFUSED = "asked", "answered", "public", "refused"
WITH_ANSWER = (ANSWERED, ANSWERED_OPENLY)

QUESTION = Workflow(
    name="question",
    initial=ASKED,
    states=(
        State(ASKED, _("待答复"), _("已送到处室，等答复"), "waiting"),
        State(ANSWERED, _("已答复，未公开"), _("已答复，只有您看得到"), "good"),
        State(ANSWERED_OPENLY, _("已答复并公开"), _("已答复，并隐去姓名公开"), "good"),
        State(REFUSED, _("不予答复"), _("未予答复，理由见下"), "quiet", final=True),
    ),
    transitions=(
        Transition("pass_on", _("转给其他处室"), (ASKED,), ASKED, "calls.answer_question"),
        Transition(
            "answer_openly", _("答复并公开"), (ASKED,), ANSWERED_OPENLY, "calls.answer_question"
        ),
        Transition("answer", _("只答复提问人"), (ASKED,), ANSWERED, "calls.answer_question"),
        Transition(
            "refuse", _("不予答复"), (ASKED,), REFUSED, "calls.answer_question", needs_reason=True
        ),
        Transition("make_public", _("公开"), (ANSWERED,), ANSWERED_OPENLY, "calls.answer_question"),
        Transition(
            "take_back", _("撤下公开"), (ANSWERED_OPENLY,), ANSWERED, "calls.answer_question"
        ),
    ),
)
