"""What the suggestion process is (指南建议): declared once, mounted by the shared rooms."""

from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from xinghai.submissions.process import Noun, Process
from xinghai.suggestions.messages import MESSAGES
from xinghai.suggestions.states import ROOM, SUGGESTION

SUGGESTIONS = Process(
    key="suggestion",
    room=ROOM,
    model="suggestions.Suggestion",
    workflow=SUGGESTION,
    noun=Noun(
        word=gettext_noop("建议"),
        one=pgettext_lazy("singular", "建议"),
        many=pgettext_lazy("plural", "建议"),
        icon="bulb",
    ),
    messages=MESSAGES,
    worklist="xinghai.suggestions.desk.DESK",
    office_urls="xinghai.suggestions.urls.office",
    other_steps={"absorb": gettext_lazy("另一条并入")},
)
