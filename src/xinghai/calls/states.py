"""The process of a call (征集批次), the kinds of its windows and the origins of its routes."""

from django.utils.translation import gettext_lazy as _

from xinghai.kernel.processes import State, Transition, Workflow

DRAFT, PUBLISHED, CANCELLED = "draft", "published", "cancelled"
COLLECT, ROLLING = "collect", "rolling"
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
