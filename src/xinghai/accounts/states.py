"""The processes of this room: an organisation is verified, a membership is confirmed."""

from django.utils.translation import gettext_lazy as _

from xinghai.kernel.processes import State, Transition, Workflow

PENDING, VERIFIED, REFUSED, MERGED = "pending", "verified", "refused", "merged"

ORGANISATION = Workflow(
    name="organisation",
    initial=PENDING,
    states=(
        State(PENDING, _("待核实"), _("等待科技局核实"), "waiting"),
        State(VERIFIED, _("已核实"), _("已核实"), "good"),
        State(REFUSED, _("未通过核实"), _("未通过核实，可修改后重新提交"), "problem"),
        State(MERGED, _("已并入其他单位"), _("已并入其他单位"), "quiet", final=True),
    ),
    transitions=(
        Transition("verify", _("核实通过"), (PENDING,), VERIFIED, "accounts.verify_organisation"),
        Transition(
            "refuse",
            _("不通过核实"),
            (PENDING, VERIFIED),
            REFUSED,
            "accounts.verify_organisation",
            needs_reason=True,
        ),
        Transition(
            "merge",
            _("并入其他单位"),
            (PENDING, VERIFIED, REFUSED),
            MERGED,
            "accounts.verify_organisation",
            needs_reason=True,
        ),
        Transition(
            "ask_again", _("重新提交核实"), (REFUSED,), PENDING, "accounts.manage_organisation"
        ),
        Transition(
            "change_identity",
            _("修改名称或性质"),
            (VERIFIED,),
            PENDING,
            "accounts.manage_organisation",
        ),
    ),
)

OPEN, INVITED, REQUESTED = "open", "invited", "requested"
CONFIRMED, TURNED_DOWN, LEFT = "confirmed", "turned_down", "left"

MEMBERSHIP = Workflow(
    name="membership",
    initial=OPEN,
    states=(
        State(OPEN, _("新建"), _("新建"), "quiet"),
        State(INVITED, _("已邀请"), _("等您接受邀请"), "waiting"),
        State(REQUESTED, _("申请加入"), _("等单位管理员确认"), "waiting"),
        State(CONFIRMED, _("已确认"), _("已加入"), "good"),
        State(TURNED_DOWN, _("未同意"), _("未同意"), "problem"),
        State(LEFT, _("已离开"), _("已离开"), "quiet"),
    ),
    transitions=(
        Transition(
            "found",
            _("登记单位"),
            (OPEN,),
            CONFIRMED,
            "accounts.found_membership",
        ),
        Transition("invite", _("邀请"), (OPEN,), INVITED, "accounts.manage_membership"),
        Transition(
            "request",
            _("申请加入"),
            (OPEN, TURNED_DOWN, LEFT),
            REQUESTED,
            "accounts.join_organisation",
        ),
        Transition(
            "invite_again",
            _("再次邀请"),
            (TURNED_DOWN, LEFT),
            INVITED,
            "accounts.manage_membership",
        ),
        Transition(
            "confirm", _("确认加入"), (REQUESTED,), CONFIRMED, "accounts.confirm_membership"
        ),
        Transition(
            "turn_down",
            _("不同意加入"),
            (REQUESTED,),
            TURNED_DOWN,
            "accounts.manage_membership",
            needs_reason=True,
        ),
        Transition("accept", _("接受邀请"), (INVITED,), CONFIRMED, "accounts.join_organisation"),
        Transition("decline", _("谢绝邀请"), (INVITED,), TURNED_DOWN, "accounts.own_membership"),
        Transition("remove", _("移出单位"), (CONFIRMED,), LEFT, "accounts.manage_membership"),
        Transition("leave", _("离开单位"), (CONFIRMED,), LEFT, "accounts.own_membership"),
        # The unit becomes part of another one: its people go with it.
        Transition(
            "move_away",
            _("随单位合并转出"),
            (INVITED, REQUESTED, CONFIRMED),
            LEFT,
            "accounts.verify_organisation",
        ),
        Transition(
            "move_in",
            _("随单位合并转入"),
            (OPEN, INVITED, REQUESTED, TURNED_DOWN, LEFT),
            CONFIRMED,
            "accounts.verify_organisation",
        ),
    ),
)
