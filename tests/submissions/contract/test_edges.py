"""What the shared rooms answer where a record, a call or a person stands at an edge."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import make_organisation, make_user
from tests.submissions.contract.world import DUE, IN_THE_WINDOW, World
from xinghai.accounts.models import Membership
from xinghai.accounts.states import INVITED
from xinghai.calls.models import Call
from xinghai.corpus.models import Document
from xinghai.kernel.events import history
from xinghai.kernel.models import Event, Message
from xinghai.submissions import tasks
from xinghai.submissions.home import _news_of, calls_open_at
from xinghai.submissions.models import Partner
from xinghai.submissions.precheck import is_the_named_one
from xinghai.submissions.record_page import last_step
from xinghai.submissions.redacting import Reader, reader_of
from xinghai.submissions.scheduled_reminders import remind
from xinghai.submissions.tracking import _actor
from xinghai.submissions.versions import changed_since_it_went_back

pytestmark = pytest.mark.django_db


def kept(world: World) -> set[str]:
    return set(Document.objects.filter(kind=world.process.key).values_list("key", flat=True))


def test_the_jobs_of_the_index_keep_what_moved_and_what_was_missed(world: World) -> None:
    both = [world.arrived(), world.arrived()]
    tasks.keep_in_index.func(world.process.key, both[0].pk)
    assert kept(world) == {str(one.pk) for one in both}, "what waits is done together"
    Document.objects.all().delete()
    tasks.keep_everything.func(0)
    assert kept(world) == {str(one.pk) for one in both}


def test_the_command_of_the_index_says_how_many_it_looked_over(world: World) -> None:
    world.arrived()
    said = StringIO()
    call_command("index_submissions", stdout=said)
    assert said.getvalue() == "1 submissions looked over\n"


def test_the_job_of_the_reminders_asks_the_clock(world: World) -> None:
    world.draft()
    tasks.remind.func(0)
    told = Message.objects.filter(recipient=world.author, topic="submissions.reminders")
    assert not told.exists(), "the deadline is still nine days away"


def test_a_record_nobody_has_moved_has_no_last_step(world: World) -> None:
    assert last_step(world.draft()) == ""
    assert world.author.name in last_step(world.at_unit())


def test_what_the_platform_did_is_told_as_the_system_s() -> None:
    assert _actor(Event(), None) == "系统"  # type: ignore[arg-type]


def test_each_reads_as_what_the_person_is_to_the_record(world: World) -> None:
    sent = world.arrived()
    assert reader_of(sent, world.author) == Reader.AUTHOR
    assert reader_of(sent, world.science) == Reader.UNIT
    assert reader_of(sent, world.officer) == Reader.OFFICE
    assert reader_of(sent, world.recommender) == Reader.RECOMMENDER


def test_a_partner_named_without_a_code_is_known_by_its_name(world: World) -> None:
    named = {world.case.joint_field: {"name": "演示合作单位"}}
    joint = world.draft(category=world.case.joint_category, **named)
    same, other = (make_organisation(name=name) for name in ("演示合作单位", "演示别家"))
    assert is_the_named_one(joint, Partner(organisation=same))
    assert not is_the_named_one(joint, Partner(organisation=other))


def test_what_went_back_without_a_stored_version_shows_no_changes(world: World) -> None:
    back = world.returned_by_office()
    assert changed_since_it_went_back(back, history(back), Reader.OFFICE) is not None
    back.revisions.all().delete()
    assert changed_since_it_went_back(back, history(back), Reader.OFFICE) is None
    assert back.due_on == DUE


def test_a_call_of_no_process_known_here_is_offered_and_reminded_of_to_nobody(world: World) -> None:
    world.draft()
    assert [one.call for one in calls_open_at(IN_THE_WINDOW, "")] == [world.call]
    Call.objects.update(kind="nobody")
    assert calls_open_at(IN_THE_WINDOW, "") == []
    before = Message.objects.count()
    remind(world.call.windows.earliest("closes_at").closes_at)
    assert Message.objects.count() == before


def test_who_was_invited_is_told_where_to_answer() -> None:
    unit = make_organisation(name="演示邀请单位")
    [news] = _news_of([Membership(user=make_user(), organisation=unit, state=INVITED)])
    assert "“演示邀请单位”邀请您加入" in news.text
