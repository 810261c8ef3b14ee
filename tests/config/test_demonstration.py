"""The demonstration's data: told through the services, believable, and marked as invented."""

import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncMinute
from django.test import Client

from tests.factories import load_demonstration
from tests.pages import client_of, words_of
from xinghai.accounts.credit_codes import clean_credit_code
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.config.demonstration.sign_ins import SIGN_INS
from xinghai.kernel.models import Event
from xinghai.submissions.models import Batch, Receipt
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.states import SUGGESTION

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> str:
    return load_demonstration()


def test_sixty_suggestions_and_more_across_types_domains_and_states(told: str) -> None:
    suggestions = Suggestion.objects.all()
    assert suggestions.count() >= 60
    of = {
        name: set(suggestions.values_list(name, flat=True)) for name in ("category__code", "state")
    }
    assert len(of["category__code"]) >= 9
    # Condensed and adopted belong to a process that has no screens yet.
    assert {state.name for state in SUGGESTION.states} - of["state"] == {"condensed", "adopted"}
    assert suggestions.values("domain__code").distinct().count() >= 12
    assert Batch.objects.count() >= 5

    # Everything says that it is invented.
    assert not suggestions.exclude(title__contains="演示").exists()
    assert not Organisation.objects.exclude(name__contains="演示").exists()
    assert not User.objects.exclude(name__startswith="演示").exists()
    assert not User.objects.exclude(mobile__regex=r"^(138000000\d\d)?$").exists()
    assert all(clean_credit_code(one.uscc) == one.uscc for one in Organisation.objects.all())

    # Histories are in order of time, and the numbers of a call follow it.
    assert not backwards("subject_id", Event.objects.filter(subject_type="suggestions.suggestion"))
    for call in Call.objects.all():
        rows = suggestions.filter(call=call).exclude(number="")
        received = Receipt.objects.filter(dossier=OuterRef("pk")).order_by("received_at")
        arrivals = rows.annotate(first=TruncMinute(Subquery(received.values("received_at")[:1])))
        in_time = arrivals.order_by("first", "number").values_list("number", flat=True)
        assert list(in_time) == sorted(in_time)


def backwards(of: str, events: Any) -> list[Any]:
    """Return pairs of one record's events whose times do not rise with their order."""
    last: dict[Any, Any] = {}
    wrong = []
    for event in events.order_by("pk"):
        record = getattr(event, of)
        if record in last and event.at < last[record]:
            wrong.append(event)
        last[record] = event.at
    return wrong


def test_it_is_told_once_and_only_a_demonstration_offers_its_roles(
    told: str, settings: Any
) -> None:
    with pytest.raises(CommandError):
        call_command("load_demo")

    outside = client_of(None).get("/account/login/").content.decode()
    assert "xinghai-demo" not in outside
    assert not re.search(r"@demo\.example", outside)

    # One click enters.
    settings.DEMO_SIGN_INS = SIGN_INS
    page = client_of(None).get("/account/login/")
    for one in SIGN_INS:
        assert str(one.role) in words_of(page)
        assert str(one.hint) in words_of(page)
        assert one.username in told
    visitor = Client()
    entered = visitor.post(
        "/account/login/", {"login": SIGN_INS[0].username, "password": SIGN_INS[0].password}
    )
    assert entered.status_code == 302
    assert visitor.get("/my/").status_code == 200
    assert visitor.post("/account/logout/")["Location"] == "/account/login/"
