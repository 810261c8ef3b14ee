"""What the bureau's screens share: fetching what may be seen, and the way back."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from xinghai.accounts.views.reading import person
from xinghai.kernel import views
from xinghai.submissions import selectors
from xinghai.submissions.models import Submission


def opened(request: HttpRequest, process: Process, pk: int) -> Submission:
    rows = selectors.opened(person(request)).select_related("handler")
    return get_object_or_404(rows, pk=pk)


def way_back(request: HttpRequest, process: Process) -> str:
    """Return where the person came from: the list with its filters, when it is ours."""
    return views.way_back(request, within="/office/", otherwise=process.address("office-inbox"))


def to_record(process, pk: int, back: str, part: str = "") -> str:
    """Return the reading page's address, which knows the way back to the list."""
    return (
        f"{reverse('suggestions:office-submission', args=[pk])}?{urlencode({'back': back})}{part}"
    )
