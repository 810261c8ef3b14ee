"""Pilot entries (演示申报): the shared record, and nothing of their own."""

from tests.submissions.toy.process import TOY
from tests.submissions.toy.states import PILOT
from xinghai.submissions import constraints as held
from xinghai.submissions.models import Submission


class PilotEntry(Submission):
    trail_name = "toy.pilot_entry"
    process = TOY
    workflow = PILOT

    class Meta:
        constraints = held.standard_constraints(PILOT)
        indexes = held.standard_indexes(PILOT)
        triggers = held.standard_triggers(TOY)
