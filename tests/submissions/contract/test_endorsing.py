"""A research office reads, returns, and hands in together; a recommending body passes on."""

from datetime import datetime, timedelta

import pytest

from tests.factories import LONG_AGO, make_organisation, make_user
from tests.pages import client_of, controls, html_of, words_of
from tests.submissions.contract.cases import CASES
from tests.submissions.contract.world import IN_THE_WINDOW, World
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Recommends
from xinghai.accounts.services import appoint
from xinghai.calls.states import RECOMMEND
from xinghai.calls.windows import CITY, CallClosed
from xinghai.kernel.clock import travel_to
from xinghai.kernel.models import Message
from xinghai.kernel.processes import Phase
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.endorsing import endorsing_rows
from xinghai.submissions.exceptions import BatchBlocked
from xinghai.submissions.models import Batch
from xinghai.submissions.scheduled_reminders import remind
from xinghai.submissions.services import submitting

pytestmark = pytest.mark.django_db
AFTER_HANDING_IN = datetime(2024, 3, 3, 10, tzinfo=CITY)


def test_the_list_holds_what_waits_and_each_can_be_read(world: World) -> None:
    waiting, client = world.at_unit(), client_of(world.science)
    assert waiting.title in html_of(client.get(world.process.address("unit-list")))
    page = client.get(world.process.address("unit-record", waiting.pk))
    assert waiting.title in html_of(page)
    assert world.author.name in words_of(page)


@pytest.mark.parametrize("tab", ["waiting", "returned", "sent", "all"])
def test_every_tab_of_the_list_opens(world: World, tab: str) -> None:
    shown = {
        "waiting": world.at_unit(title="演示：正在等的"),
        "sent": world.arrived(title="演示：已经到的"),
    }
    page = html_of(client_of(world.science).get(f"{world.process.address('unit-list')}?tab={tab}"))
    seen = {name for name, one in shown.items() if one.title in page}
    wanted = {"waiting": {"waiting"}, "returned": set(), "all": set(shown)}
    # What a recommending body has is handed in too, as far as the unit is concerned.
    assert seen == wanted.get(tab, {"sent"})


def test_several_are_handed_in_together_after_a_page_that_names_them(world: World) -> None:
    both, client = [world.at_unit(), world.at_unit()], client_of(world.science)
    address = world.process.address("unit-hand-in")
    asked = client.post(address, {"chosen": [one.pk for one in both]})
    assert all(one.title in html_of(asked) for one in both)
    assert {world.again(one).phase for one in both} == {Phase.ENDORSING}
    answer = client.post(address, {"chosen": [one.pk for one in both], "sure": "1", "key": "k"})
    batch = Batch.objects.get()
    assert answer["Location"] == world.process.address("unit-batch", batch.pk)
    assert batch.count == 2
    after = Phase.RECOMMENDING if world.has_recommender else Phase.ARRIVED
    assert {world.again(one).phase for one in both} == {after}


def test_the_batch_receipt_is_listed_and_read(world: World) -> None:
    first = world.at_unit()
    batch, client = world.endorse(first), client_of(world.science)
    assert batch.number in html_of(client.get(world.process.address("unit-batches")))
    page = client.get(world.process.address("unit-batch", batch.pk))
    assert batch.content_hash in html_of(page)


def test_one_that_is_not_ready_holds_the_whole_batch(world: World) -> None:
    ready, other = world.at_unit(), world.draft()
    with pytest.raises(BatchBlocked):
        world.endorse(ready, other)
    assert world.again(ready).phase == Phase.ENDORSING
    assert not Batch.objects.exists()


def test_the_unit_returns_with_a_reason_and_remarks(world: World) -> None:
    waiting, client = world.at_unit(), client_of(world.science)
    address = world.process.address("unit-return", waiting.pk)
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "请补充指标", "on-title": "名称太宽"})
    back = world.again(waiting)
    assert back.phase == Phase.CORRECTING_FOR_UNIT
    assert [one.text for one in back.remarks] == ["名称太宽"]
    page = words_of(client_of(world.author).get(world.process.address("edit", back.pk)))
    assert "请补充指标" in page
    assert "名称太宽" in page
    assert Message.objects.filter(
        recipient=world.author, subject_text__startswith="单位退回"
    ).exists()


def test_an_author_elsewhere_in_the_unit_has_no_list(world: World) -> None:
    waiting, member = world.at_unit(), world.member()
    client = client_of(member)
    assert client.get(world.process.address("unit-list")).status_code == 403
    assert client.get(world.process.address("unit-record", waiting.pk)).status_code == 403


def test_another_research_office_reads_nothing_of_it(world: World) -> None:
    waiting, other = world.at_unit(), make_user()
    make_organisation("university", administrator=other)
    client = client_of(other)
    assert waiting.title not in html_of(client.get(world.process.address("unit-list")))
    for name in ("unit-record", "unit-return"):
        assert client.get(world.process.address(name, waiting.pk)).status_code == 404


@pytest.mark.parametrize(
    "case",
    [one for one in CASES if one.process.states(Phase.RECOMMENDING)],
    ids=lambda one: one.name,
)
class TestRecommending:
    """Only of processes whose line leads to a recommending body."""

    def test_what_the_unit_endorsed_waits_without_a_number(self, world: World) -> None:
        waiting = world.at_recommender()
        assert (waiting.phase, waiting.number) == (Phase.RECOMMENDING, "")
        assert waiting.receipts.count() == 0

    def test_the_list_says_what_keeps_it_from_being_passed_on(self, world: World) -> None:
        waiting, client = world.at_recommender(), client_of(world.recommender)
        address = world.process.address("recommending")
        assert "—" in words_of(client.get(address))
        answers = {**waiting.answers, "content": ""}
        type(waiting).objects.filter(pk=waiting.pk).update(answers=answers)
        assert "—" not in words_of(client.get(address)).partition(waiting.title)[2]

    def test_it_is_listed_read_and_passed_on(self, world: World) -> None:
        waiting, client = world.at_recommender(), client_of(world.recommender)
        assert waiting.title in html_of(client.get(world.process.address("recommending")))
        page = client.get(world.process.address("recommending-record", waiting.pk))
        assert waiting.title in html_of(page)
        client.post(world.process.address("recommend", waiting.pk), controls(page, form_id=""))
        passed = world.again(waiting)
        assert passed.phase == Phase.ARRIVED
        assert passed.number
        assert passed.receipts.count() == 1

    def test_it_is_returned_and_passes_the_unit_again(self, world: World) -> None:
        waiting, client = world.at_recommender(), client_of(world.recommender)
        address = world.process.address("recommender-return", waiting.pk)
        assert client.post(address, {"reason": " "}).status_code == 422
        client.post(address, {"reason": "不属于本区"})
        back = world.again(waiting)
        assert (back.phase, back.outcome_reason) == (Phase.CORRECTING_FOR_UNIT, "不属于本区")
        assert world.hand_in(back).phase == Phase.ENDORSING

    def test_an_enterprise_goes_to_the_recommender_without_a_unit(self, world: World) -> None:
        author = make_user()
        world.unit = make_organisation("enterprise", administrator=author)
        author = type(author).objects.get(pk=author.pk)
        sent = world.hand_in(world.draft(author=author))
        assert (sent.phase, sent.number) == (Phase.RECOMMENDING, "")
        world.recommend(sent)
        assert world.again(sent).phase == Phase.ARRIVED

    def test_a_body_of_another_district_sees_nothing(self, world: World) -> None:
        waiting, other = world.at_recommender(), make_user()
        body = make_organisation("government")
        appoint(other, roles=[Role.RECOMMENDER], body=body, begins_at=LONG_AGO, by=None)
        client = client_of(other)
        assert waiting.title not in html_of(client.get(world.process.address("recommending")))
        for name in ("recommending-record",):
            assert client.get(world.process.address(name, waiting.pk)).status_code == 404
        for name in ("recommend", "recommender-return"):
            answer = client.post(world.process.address(name, waiting.pk), {"reason": "x"})
            assert answer.status_code == 404

    def test_what_was_passed_on_stays_to_be_read_and_nothing_more(self, world: World) -> None:
        passed, client = world.arrived(), client_of(world.recommender)
        address = world.process.address("recommending")
        assert passed.title not in html_of(client.get(address))
        assert passed.title in html_of(client.get(f"{address}?tab=done"))
        page = html_of(client.get(world.process.address("recommending-record", passed.pk)))
        assert passed.title in page
        assert world.process.address("recommend", passed.pk) not in page
        key = {"key": "a-key-of-the-test-1"}
        again = client.post(world.process.address("recommend", passed.pk), key)
        assert again.status_code == 404

    def test_nobody_recommends_what_the_person_wrote(self, world: World) -> None:
        appoint(
            world.author, roles=[Role.RECOMMENDER], body=world.body, begins_at=LONG_AGO, by=None
        )
        waiting = world.at_recommender()
        with pytest.raises(NotAllowed):
            submitting.recommend(waiting, by=world.author, key="a-key-of-the-test-2")
        page = client_of(world.author).get(world.process.address("recommending"))
        assert waiting.title not in html_of(page)

    def test_the_body_and_the_author_are_told_and_led_to_their_pages(self, world: World) -> None:
        waiting = world.at_recommender()
        told = Message.objects.get(recipient=world.recommender)
        assert (told.subject, told.body) == (
            f"待推荐：{waiting.title}",
            f"{world.unit.name} 送来“{waiting.title}”，请在 2024年3月5日 前审核并推荐。",
        )
        assert told.url == world.process.address("recommending-record", waiting.pk)
        author = Message.objects.filter(recipient=world.author).latest("pk")
        assert f"已送{world.body.name}" in author.body
        page = words_of(client_of(world.recommender).get("/my/"))
        assert "有 1 条等您推荐" in page

    def test_a_unit_without_a_body_is_told_before_anything_moves(self, world: World) -> None:
        Recommends.objects.all().delete()
        sent = world.hand_in(world.draft())
        with pytest.raises(BatchBlocked) as blocked:
            world.endorse(sent)
        assert "还没有为" in str(blocked.value.blocked[0][1])
        assert world.again(sent).phase == Phase.ENDORSING

    def test_a_record_keeps_the_body_it_was_sent_to(self, world: World) -> None:
        waiting, other = world.at_recommender(), make_organisation("government")
        row = Recommends.objects.get()
        row.recommender = other
        row.save()
        assert world.again(waiting).recommender == world.body
        world.recommend(waiting)
        assert world.again(waiting).phase == Phase.ARRIVED

    def test_a_body_recommends_what_authors_can_no_longer_hand_in(self, world: World) -> None:
        waiting, draft = world.at_recommender(), world.draft()
        client = client_of(world.recommender)
        with travel_to(AFTER_HANDING_IN):
            with pytest.raises(CallClosed):
                world.hand_in(draft)
            listed = words_of(client.get(world.process.address("recommending")))
            assert "3月5日截止" in listed
            world.recommend(waiting)
        assert world.again(waiting).phase == Phase.ARRIVED

    def test_recommending_ends_to_the_second(self, world: World) -> None:
        first, late = world.at_recommender(), world.at_recommender()
        closes = world.call.windows.get(purpose=RECOMMEND).closes_at
        with travel_to(closes):
            world.recommend(first)
        client = client_of(world.recommender)
        with travel_to(closes + timedelta(seconds=1)):
            with pytest.raises(CallClosed, match="推荐已于 2024-03-05 23:59:59 截止"):
                world.recommend(late)
            listed = words_of(client.get(world.process.address("recommending")))
            assert "推荐已截止" in listed
        assert world.again(late).phase == Phase.RECOMMENDING

    def test_a_call_without_such_a_window_leaves_it_to_handing_in(self, world: World) -> None:
        waiting = world.at_recommender()
        world.call.windows.filter(purpose=RECOMMEND).delete()
        with travel_to(AFTER_HANDING_IN), pytest.raises(CallClosed):
            world.recommend(world.again(waiting))
        world.recommend(world.again(waiting))
        assert world.again(waiting).phase == Phase.ARRIVED

    def test_what_authors_hand_in_meets_their_own_window(self, world: World) -> None:
        world.call.windows.filter(purpose=RECOMMEND).update(opens_at=AFTER_HANDING_IN)
        waiting = world.at_recommender()
        with pytest.raises(CallClosed, match="推荐还没有开始"):
            world.recommend(waiting)
        with travel_to(AFTER_HANDING_IN):
            world.recommend(waiting)
        assert world.again(waiting).phase == Phase.ARRIVED

    def test_a_body_is_reminded_before_its_own_deadline(self, world: World) -> None:
        world.at_recommender()
        for day in (datetime(2024, 2, 26, 10, tzinfo=CITY), datetime(2024, 3, 4, 10, tzinfo=CITY)):
            with travel_to(day):
                remind(day)
        told = Message.objects.filter(recipient=world.recommender, topic="submissions.reminders")
        before = [(one.subject, one.body) for one in told if "截止" in one.subject]
        assert [subject for subject, _body in before] == ["还有 1 天截止：1 条演示申报等您推荐"]
        assert before[0][1].startswith(f"{world.call.title}于 2024-03-05 23:59 截止")

    def test_the_research_office_sorts_by_the_deadline_of_the_step(self, world: World) -> None:
        at_unit, at_body = world.at_unit(), world.at_recommender()
        rows = endorsing_rows(world.science, world.process, now=IN_THE_WINDOW)
        until = {one.pk: f"{one.deadline.astimezone(CITY):%m-%d}" for one in rows}
        assert until == {at_unit.pk: "02-29", at_body.pk: "03-05"}

    def test_a_week_without_recommending_is_a_reminder(self, world: World) -> None:
        world.at_recommender()
        later = IN_THE_WINDOW + timedelta(days=15)
        with travel_to(later):
            remind(later)
            remind(later)
        told = Message.objects.filter(recipient=world.recommender, topic="submissions.reminders")
        weekly = [one.subject for one in told if "超过一周" in one.subject]
        assert weekly == ["有 1 条演示申报超过一周没有推荐"]

    def test_who_recommends_for_nobody_has_no_such_page(self, world: World) -> None:
        for person in (world.author, world.science, world.officer, world.planner):
            answer = client_of(person).get(world.process.address("recommending"))
            assert answer.status_code == 403
