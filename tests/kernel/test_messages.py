"""A person's messages: the centre in the application, and the mail each reader wants."""

from datetime import date, datetime
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils.translation import override

from tests.factories import make_user
from tests.pages import client_of, html_of, queries_of, reading_only, words_of
from xinghai.accounts.models import User
from xinghai.kernel import mailing
from xinghai.kernel.clock import travel_to
from xinghai.kernel.message_topics import GENERAL, Mail
from xinghai.kernel.messaging import notify
from xinghai.kernel.models import Mailing, Message, MessagePreference

pytestmark = pytest.mark.django_db

CITY = ZoneInfo("Asia/Shanghai")
REMINDERS, UNITS = "submissions.reminders", "accounts.units"


def reader(**facts: Any) -> User:
    return make_user(email="reader@example.com", **facts)


def tell(person: User, subject: str = "有变化", *, topic: str = UNITS, key: str = "k1") -> Message:
    facts = {"parameters": {}, "url": "/my/profile/", "topic": topic}
    notify([person], key=key, subject=subject, body="内容", **facts)
    return Message.objects.get(recipient=person, key=key)


def wish(person: User, topic: str, how: Mail) -> None:
    MessagePreference.objects.create(user=person, topic=topic, mail=how)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=CITY)


def test_a_mail_says_what_happened_where_to_look_and_how_to_stop_it() -> None:
    person = reader()
    notice = tell(person, "单位已通过核实")
    assert mailing.mail("k1") == 1
    [letter] = mail.outbox
    assert letter.subject == "单位已通过核实"
    assert letter.to == ["reader@example.com"]
    [(decorated, kind)] = letter.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    for body in (letter.body, decorated):
        assert "内容" in body
        assert f"/my/notices/{notice.pk}/" in body
        assert "/my/notices/settings/" in body
    assert mailing.mail("k1") == 0, "it leaves once"


def test_a_day_in_a_message_is_said_in_the_language_of_the_reader() -> None:
    facts = {"parameters": {"due": date(2026, 12, 9)}, "url": "/my/", "topic": UNITS}
    person = reader()
    notify([person], key="due", subject="有变化", body="%(due)s", **facts)
    notice = Message.objects.get(recipient=person)
    assert notice.body == "2026年12月9日"
    with override("en"):
        assert notice.body == "9 Dec 2026"


def test_hostile_words_stay_words_in_the_mail() -> None:
    tell(reader(), "<script>alert(1)</script>")
    mailing.mail("k1")
    [(decorated, _kind)] = mail.outbox[0].alternatives  # type: ignore[attr-defined]
    assert "<script>" not in decorated


def test_line_ends_in_a_subject_become_spaces() -> None:
    """Somebody's question of two lines is named in the subject of its answer's mail."""
    tell(reader(), "您的提问有答复了：第一行\n第二行")
    assert mailing.mail("k1") == 1
    assert mail.outbox[0].subject == "您的提问有答复了：第一行 第二行"


class Refusing(EmailBackend):
    """A mail server that refuses one mailbox, as real ones do."""

    def send_messages(self, messages: Any) -> int:
        if any("refused" in message.to[0] for message in messages):
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.mark.parametrize("topic", [UNITS, "submissions.arrivals"])
def test_a_mailbox_that_refuses_keeps_no_mail_from_others(settings: Any, topic: str) -> None:
    """Otherwise whoever writes with a dead address silences the office for that suggestion."""
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    first, second = make_user(email="refused@example.com"), reader()
    with travel_to(at(19, 12)):
        notify(
            [first, second], key="k1", subject="s", body="b", parameters={}, url="/", topic=topic
        )
        if topic == UNITS:
            with pytest.raises(SMTPRecipientsRefused):
                mailing.mail("k1")
        else:
            mailing.mail("k1")
            with pytest.raises(SMTPRecipientsRefused):
                mailing.send_digests(at(20, 9))
    assert [letter.to for letter in mail.outbox] == [[second.email]]
    told = Message.objects.filter(key="k1").order_by("pk")
    kept = Mailing.WAITING if topic == UNITS else Mailing.DIGEST
    assert [one.mailing for one in told] == [kept, Mailing.SENT], "the refused one is tried again"


def test_who_has_left_gets_no_digest_of_what_came_before() -> None:
    person = reader()
    wish(person, UNITS, Mail.DAILY)
    with travel_to(at(19, 12)):
        tell(person)
        mailing.mail("k1")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert mailing.send_digests(at(20, 9)) == 0
    assert mail.outbox == []
    assert Message.objects.get().mailing == Mailing.UNWANTED


@pytest.mark.parametrize(
    ("how", "sent", "mailing_state"),
    [
        (Mail.NOW, 1, Mailing.SENT),
        (Mail.DAILY, 0, Mailing.DIGEST),
        (Mail.NEVER, 0, Mailing.UNWANTED),
    ],
)
def test_the_reader_decides_per_topic_how_mail_comes(
    how: Mail, sent: int, mailing_state: str
) -> None:
    person = reader()
    wish(person, UNITS, how)
    notice = tell(person)
    assert mailing.mail("k1") == sent
    notice.refresh_from_db()
    assert notice.mailing == mailing_state
    assert notice.read_at is None, "in the application it waits in any case"


def test_whoever_has_no_address_or_has_left_gets_no_mail() -> None:
    silent, gone = make_user(email=""), make_user(email="gone@example.com")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    notify([silent, gone], key="k", subject="甲", body="乙", parameters={}, url="/")
    assert mailing.mail("k") == 0
    assert set(Message.objects.values_list("mailing", flat=True)) == {Mailing.UNWANTED}


def test_a_digest_brings_together_what_came_before_eight_and_nothing_twice() -> None:
    person, other = reader(), make_user(email="other@example.com")
    for one in (person, other):
        wish(one, UNITS, Mail.DAILY)
    with travel_to(at(19, 15)):
        tell(person, "第一件", key="k1")
        tell(person, "第二件", key="k2")
        tell(other, "别人的事", key="k3")
    with travel_to(at(20, 9)):
        tell(person, "八点以后", key="k4")
    for key in ("k1", "k2", "k3", "k4"):
        mailing.mail(key)

    assert mailing.send_digests(at(20, 7)) == 0, "not before eight"
    assert mailing.send_digests(at(20, 10)) == 2
    letters = {letter.to[0]: letter for letter in mail.outbox}
    mine = letters["reader@example.com"]
    assert mine.subject == "2 条消息的每日汇总"
    assert "第一件" in mine.body
    assert "第二件" in mine.body
    assert "八点以后" not in mine.body
    assert "别人的事" not in mine.body
    assert mailing.send_digests(at(20, 11)) == 0
    assert mailing.send_digests(at(22, 7)) == 1, "a missed morning is made up by the next look"


def test_whoever_left_before_the_digest_gets_none() -> None:
    person = reader()
    wish(person, UNITS, Mail.DAILY)
    with travel_to(at(19, 15)):
        tell(person)
    mailing.mail("k1")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert mailing.send_digests(at(20, 9)) == 0
    assert mail.outbox == []
    assert Message.objects.get().mailing == Mailing.UNWANTED


def test_the_centre_lists_by_day_filters_and_puts_away() -> None:
    person = reader()
    with travel_to(at(18, 10)):
        tell(person, "前天的事", key="k1")
    with travel_to(at(20, 10)):
        late = tell(person, "今天的事", topic=REMINDERS, key="k2")
    client = client_of(person)
    page = words_of(client.get("/my/notices/"))
    assert page.index("2026年11月20日") < page.index("今天的事") < page.index("2026年11月18日")
    assert "前天的事" not in words_of(client.get(f"/my/notices/?topic={REMINDERS}"))

    client.post("/my/notices/read/", {"notice": late.pk})
    assert "今天的事" not in words_of(client.get("/my/notices/?show=unread"))
    client.post("/my/notices/read/", {"notice": late.pk, "do": "unread"})
    assert "今天的事" in words_of(client.get("/my/notices/?show=unread"))
    client.post("/my/notices/read/", {"notice": "nonsense"})
    assert "今天的事" in words_of(client.get("/my/notices/?show=unread"))
    client.post("/my/notices/read/", {"topic": UNITS})
    unread = words_of(client.get("/my/notices/?show=unread"))
    assert "今天的事" in unread
    assert "前天的事" not in unread
    client.post("/my/notices/read/")
    assert "这里没有消息" in words_of(client.get("/my/notices/?show=unread"))


def test_the_bell_counts_what_is_unread() -> None:
    person = reader()
    client = client_of(person)
    assert "条未读" not in html_of(client.get("/my/profile/"))
    tell(person)
    assert "1 条未读" in html_of(client.get("/my/profile/"))


def test_nobody_reads_or_puts_away_the_messages_of_another() -> None:
    mine = tell(reader())
    stranger = client_of(make_user())
    assert stranger.get(f"/my/notices/{mine.pk}/").status_code == 404
    stranger.post("/my/notices/read/", {"notice": mine.pk})
    mine.refresh_from_db()
    assert mine.read_at is None
    assert "有变化" not in words_of(stranger.get("/my/notices/"))


def test_a_message_leads_only_to_pages_of_ours() -> None:
    person = reader()
    notify([person], key="k", subject="甲", body="乙", parameters={}, url="//evil.example/")
    found = Message.objects.get(key="k")
    assert client_of(person).get(f"/my/notices/{found.pk}/")["Location"] == "/my/notices/"


def test_a_link_to_a_message_writes_nothing_and_names_it_to_the_page_that_opens() -> None:
    person = reader()
    client = client_of(person)
    for url, leads_to in (("/my/", "/my/#read="), ("/my/#notes", "/my/#notes&read=")):
        notify([person], key=url, subject="甲", body="乙", parameters={}, url=url)
        found = Message.objects.get(key=url)
        with reading_only():
            answer = client.get(f"/my/notices/{found.pk}/")
        assert answer["Location"] == f"{leads_to}{found.pk}"
        client.post("/my/notices/read/", {"notice": found.pk})
        assert client.get(f"/my/notices/{found.pk}/")["Location"] == url


def test_preferences_are_kept_and_nonsense_is_not() -> None:
    person = reader()
    client = client_of(person)
    page = html_of(client.get("/my/notices/settings/"))
    assert "截止和逾期提醒" in page
    assert "新到的填报" not in page, "only staff gets these"
    for _twice in range(2):
        client.post(
            "/my/notices/settings/",
            {REMINDERS: "daily", UNITS: "hourly", "submissions.arrivals": "never", "x": "now"},
        )
    kept = list(MessagePreference.objects.values_list("user", "topic", "mail"))
    assert kept == [(person.pk, REMINDERS, "daily")]


def test_a_long_list_costs_the_same() -> None:
    person = reader()
    client: Client = client_of(person)
    tell(person, key="first")
    few = queries_of(client, "/my/notices/")
    for number in range(20):
        tell(person, key=f"k{number}", topic=GENERAL.name)
    assert queries_of(client, "/my/notices/") == few <= 8


def test_the_job_of_a_cause_sends_its_mails_and_leaves_those_not_wanted() -> None:
    told, silent = reader(), make_user(email="")
    for person in (told, silent):
        tell(person)
    mailing.mail_notices.func("k1")
    assert [letter.to for letter in mail.outbox] == [[told.email]]
    assert Message.objects.get(recipient=silent).mailing == Mailing.UNWANTED


def test_who_left_between_the_look_and_the_letter_gets_none() -> None:
    notice = tell(reader(is_active=False))
    assert not mailing._mail_one(notice.pk, {})
    assert mail.outbox == []
    assert Message.objects.get().mailing == Mailing.UNWANTED


def test_a_digest_another_worker_has_sent_is_not_sent_again() -> None:
    person = reader()
    wish(person, UNITS, Mail.DAILY)
    with travel_to(at(19, 12)):
        tell(person)
        mailing.mail("k1")
    assert mailing.send_digests(at(20, 9)) == 1
    assert not mailing._send_digest(person.pk, at(20, 9))
    assert len(mail.outbox) == 1


def test_how_many_were_put_away_is_said_where_it_is_more_than_one() -> None:
    person = reader()
    for number in range(3):
        tell(person, key=f"k{number}")
    client = client_of(person)
    said = words_of(client.post("/my/notices/read/", {"topic": UNITS}, follow=True))
    assert "已把 3 条标为已读" in said
    assert not Message.objects.filter(read_at=None).exists()
