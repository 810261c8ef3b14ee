"""By which edge a record goes on from whoever has it: to the unit, the recommending body, or the
bureau."""

from xinghai.kernel.processes import BEING_CORRECTED, WITH_BUREAU, Phase
from xinghai.submissions.models import Submission

# Whoever has it passes it on by this edge, or returns it by that one.
PASSED_ON = {
    Phase.ENDORSING: "endorse",
    Phase.ENDORSING_CORRECTION: "endorse_again",
    Phase.RECOMMENDING: "recommend",
}
TO_RECOMMENDER = "endorse_to_recommender"
GIVEN_BACK = {
    Phase.ENDORSING: "unit_return",
    Phase.ENDORSING_CORRECTION: "unit_return_correction",
    Phase.RECOMMENDING: "recommender_return",
}


def handing_in(submission: Submission) -> str:
    """Return the edge by which the author lets it go: to the unit, or past it."""
    is_correction = submission.phase in BEING_CORRECTED
    if submission.needs_endorsement:
        return "send_correction_to_unit" if is_correction else "send_to_unit"
    if is_correction:
        return "resubmit"
    return "send_to_recommender" if submission.needs_recommendation else "submit"


def passing_on(submission: Submission) -> str:
    """Return the edge by which the unit or the recommending body lets it go."""
    if submission.phase == Phase.ENDORSING and submission.needs_recommendation:
        return TO_RECOMMENDER
    return PASSED_ON[submission.phase]


def phase_after(submission: Submission, edge: str) -> Phase:
    """Return the phase an edge leads to."""
    workflow = submission.workflow
    return workflow.phase_of(workflow.by_name[edge].to_state)


def reaches_the_bureau(submission: Submission, edge: str) -> bool:
    return phase_after(submission, edge) in WITH_BUREAU
