"""Signed-in clients and the words of a page."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from tests.factories import make_staff
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.accounts.views.entrance import BACKEND


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def planner_client() -> Client:
    return client_of(make_staff(Role.PLANNER))


def words_of(answer: HttpResponse) -> str:
    page = answer.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
