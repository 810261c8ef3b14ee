"""What people are told about a suggestion, where the standard line's words do not do."""

from django.utils.translation import gettext_noop

from xinghai.submissions.process import AUTHOR, PARTNERS, UNIT, Notification

MESSAGES: dict[str, tuple[Notification, ...]] = {
    "accept": (
        Notification(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("已采纳：%(number)s"),
            gettext_noop("“%(title)s”已进入建议库，将用于凝练指南。采纳不代表立项。"),
        ),
    ),
    "merge": (
        Notification(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("已合并：%(number)s"),
            gettext_noop("“%(title)s”与相近的建议合并，出处会一直保留。"),
        ),
    ),
    "decline": (
        Notification(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("未采纳：%(number)s"),
            gettext_noop("%(office)s研究后没有采纳“%(title)s”。理由：%(reason)s"),
        ),
    ),
    "condense": (
        Notification(
            (AUTHOR, UNIT),
            gettext_noop("已凝练：%(number)s"),
            gettext_noop("“%(title)s”已凝练进指南条目。"),
        ),
    ),
    "adopt": (
        Notification(
            (AUTHOR, UNIT),
            gettext_noop("已写入指南：%(number)s"),
            gettext_noop("“%(title)s”的内容已写入发布的指南。"),
        ),
    ),
    "carry_over": (
        Notification(
            (AUTHOR, UNIT),
            gettext_noop("结转到下一年度：%(number)s"),
            gettext_noop("“%(title)s”本年度没有用上，已结转到下一年度的建议库。"),
        ),
    ),
}
