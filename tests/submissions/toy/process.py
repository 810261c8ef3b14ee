"""What the process of pilot entries is: declared once, mounted by the shared rooms."""

from django.utils.translation import gettext_noop, pgettext_lazy

from tests.submissions.toy.states import PILOT, ROOM
from xinghai.submissions.process import AUTHOR, PARTNERS, UNIT, Notification, Noun, Process

EVERYBODY = (AUTHOR, UNIT, PARTNERS)
MESSAGES = {
    "admit": (
        Notification(
            EVERYBODY,
            gettext_noop("已立项：%(number)s"),
            gettext_noop("%(office)s同意“%(title)s”立项。"),
        ),
    ),
    "refuse": (
        Notification(
            EVERYBODY,
            gettext_noop("未能立项：%(number)s"),
            gettext_noop("%(office)s研究后没有同意“%(title)s”立项。理由：%(reason)s"),
        ),
    ),
}

TOY = Process(
    key="toy",
    room=ROOM,
    model="toy.PilotEntry",
    workflow=PILOT,
    noun=Noun(
        word="演示申报",
        one=pgettext_lazy("singular", "演示申报"),
        many=pgettext_lazy("plural", "演示申报"),
        icon="rocket",
    ),
    messages=MESSAGES,
    worklist="tests.submissions.toy.desk.DESK",
)
