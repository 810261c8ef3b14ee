"""How the bureau works on pilot entries."""

from django.utils.translation import gettext_lazy as _

from tests.submissions.toy.decisions import Admit, Refuse
from tests.submissions.toy.process import TOY
from tests.submissions.toy.states import ADMITTED
from xinghai.casework.decisions import STANDARD_DECISIONS
from xinghai.casework.worklists import KeptOutcome, Worklist
from xinghai.duplicates.panels import SIMILAR
from xinghai.submissions.filters import Tab

DESK = Worklist(
    process=TOY,
    decisions=(Admit, Refuse, *STANDARD_DECISIONS),
    own_tabs=(Tab("admitted", _("已立项"), states=(ADMITTED,)),),
    panels=(SIMILAR,),
    kept=KeptOutcome((ADMITTED,), _("已立项"), _("{kept} 条立项。")),
)
