"""How the bureau works on suggestions: tabs, decisions and panels, declared as one value."""

from django.utils.translation import gettext_lazy as _

from xinghai.casework.decisions import Assign, Give, HandOver, Return, TakeUp
from xinghai.casework.worklists import KeptOutcome, Worklist
from xinghai.duplicates.panels import SIMILAR
from xinghai.submissions.filters import Tab
from xinghai.suggestions.decisions import Accept, CarryOver, Decline, Merge, Reclassify
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.states import KEPT, POOLED

DESK = Worklist(
    process=SUGGESTIONS,
    # In the order of the buttons.
    decisions=(
        TakeUp,
        Accept,
        Return,
        Decline,
        Merge,
        HandOver,
        Reclassify,
        CarryOver,
        Give,
        Assign,
    ),
    own_tabs=(Tab("pooled", _("建议库"), states=(POOLED,)),),
    panels=(SIMILAR,),
    kept=KeptOutcome(KEPT, _("入选建议库"), _("{kept} 条采纳进入建议库。")),
)
