"""What the research office's screens share: fetching what is the unit's, and the way back."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from xinghai.accounts.views.reading import person
from xinghai.kernel import views
from xinghai.submissions import selectors
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process


def opened(request: HttpRequest, process: Process, pk: int) -> Submission:
    """Fetch a submission of a unit this person administers."""
    units = person(request).administered_ids
    visible = selectors.opened(person(request), process).filter(organisation_id__in=units)
    return get_object_or_404(visible, pk=pk)


def way_back(request: HttpRequest, process: Process) -> str:
    """Return where the person came from: the list with its filters, when it is ours."""
    return views.way_back(request, within="/unit/", otherwise=process.address("unit-list"))
