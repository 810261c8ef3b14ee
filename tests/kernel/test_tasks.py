"""What the worker does by the clock, asked as the worker asks it."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import make_user
from xinghai.kernel import events, mailing, tasks
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.message_topics import Mail
from xinghai.kernel.messaging import notify
from xinghai.kernel.models import MessagePreference, Seal

pytestmark = pytest.mark.django_db
UNITS = "accounts.units"


def test_the_trail_is_sealed() -> None:
    events.record("look", make_user(), by=None)
    tasks.seal_events(timestamp=0)
    assert Seal.objects.count() == 1


def test_the_digest_of_the_day_is_sent() -> None:
    person = make_user(email="reader@example.com")
    MessagePreference.objects.create(user=person, topic=UNITS, mail=Mail.DAILY)
    with travel_to(database_now() - timedelta(days=2)):
        facts = {"parameters": {}, "url": "/my/profile/", "topic": UNITS}
        notify([person], key="k", subject="有变化", body="内容", **facts)
        mailing.mail("k")
    assert mail.outbox == []
    tasks.send_digests(timestamp=0)
    assert [letter.to for letter in mail.outbox] == [["reader@example.com"]]


def test_old_addresses_of_visitors_are_erased() -> None:
    token = events.address.set("203.0.113.7")
    try:
        with travel_to(database_now() - timedelta(days=191)):
            person = make_user()
            events.record("look", person, by=None)
    finally:
        events.address.reset(token)
    assert [one.address for one in events.history(person)] == ["203.0.113.7"]
    tasks.erase_old_addresses(timestamp=0)
    assert [one.address for one in events.history(person)] == [None]
