"""Pages with the statements they ask, from memory and past it."""

from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.pages import client_of
from xinghai.calls.models import Call

FITTING = "/what/?who=enterprise&want=any&field=ai"
# One of each page that is kept.
ADDRESSES = (
    "/",
    "/what/",
    FITTING,
    "/search/",
    "/calls/",
    "/calls/?state=open&year=2024",
    "/calls/2024/",
    "/calls/2024/questions/",
    "/statistics/",
    "/statistics/?call=2024",
    "/help/",
    "/help/applicant/",
    "/verify/",
)


def statements_of(client: Client, address: str) -> tuple[HttpResponse, list[str]]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    return answer, [one["sql"] for one in captured.captured_queries]


def fresh(address: str, **headers: str) -> bytes:
    """The page as it is made now, past the memory."""
    with override_settings(KEEP_PAGES=False):
        return bytes(client_of(None).get(address, headers=headers).content)


def form_address(call: Call) -> str:
    return f"/calls/{call.code}/forms/{call.forms.all()[0].key}/"
