"""Pilot entries (演示申报): the shared record, and nothing of their own."""

from tests.submissions.toy.process import TOY
from tests.submissions.toy.states import PILOT
from xinghai.submissions.constraints import (
    standard_constraints,
    standard_indexes,
    standard_triggers,
)
from xinghai.submissions.models import Submission


class PilotEntry(Submission):
    trail_name = "toy.pilot_entry"
    process = TOY
    workflow = PILOT

    class Meta:
        constraints = standard_constraints(PILOT)
        indexes = standard_indexes(PILOT)
        triggers = standard_triggers(TOY)
