"""Questions about a call: who may ask, who answers, what the public reads, who is told."""

import pytest
from django.test import Client

from tests.calls.asking import again, answer, answered, asked, key, officer_of
from tests.factories import LONG_AGO, load_notice, make_office, make_staff, make_user
from tests.pages import client_of, html_of, queries_of, words_of
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.accounts.services import appoint
from xinghai.calls import answering
from xinghai.calls.indexing import keep_everything
from xinghai.calls.models import Call, Question
from xinghai.calls.questions import visible_to, waiting_questions
from xinghai.calls.states import QUESTION
from xinghai.kernel.events import broken_links, history
from xinghai.kernel.models import Message
from xinghai.kernel.workflow import NotAllowed, WrongState, available

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script>{% url "x" %}\u202e\x00'


@pytest.fixture
def call(db: None) -> Call:
    return load_notice("2024")


def test_a_question_reaches_the_chosen_office_else_planning(call: Call) -> None:
    make_office("elsewhere", "演示外处")
    offices = {
        chosen: asked(call, office=chosen).office.code for chosen in ("chengguo", "", "elsewhere")
    }
    assert offices == {"chengguo": "chengguo", "": "guihua", "elsewhere": "guihua"}


def test_the_office_is_told_of_the_question_and_the_asker_of_the_answer(call: Call) -> None:
    officer = make_staff(Role.OFFICER, office=make_office("chengguo"))
    elsewhere = make_staff(Role.OFFICER, office=make_office("gaoxin"))
    asker = make_user()
    question = asked(call, office="chengguo", by=asker)
    answer(question, by=officer)
    told = {
        person: list(Message.objects.filter(recipient=person).values_list("url", flat=True))
        for person in (officer, elsewhere, asker)
    }
    assert told == {
        officer: [f"/office/questions/{question.pk}/"],
        elsewhere: [],
        asker: [f"/my/questions/#question-{question.pk}"],
    }


def test_planning_is_told_of_what_nobody_was_chosen_for(call: Call) -> None:
    planner = make_staff(Role.PLANNER)
    asked(call)
    assert Message.objects.filter(recipient=planner).count() == 1


@pytest.mark.parametrize("state", [state.name for state in QUESTION.states])
@pytest.mark.parametrize("who", ["asker", "own office", "other office", "planner", "leader"])
def test_only_the_office_that_has_it_and_planning_answer(call: Call, who: str, state: str) -> None:
    question = asked(call, office="chengguo")
    steps = {"answered": "answer", "public": "answer_openly"}
    if state in steps:
        question = answer(question, steps[state])
    elif state == "refused":
        by = officer_of(question)
        answering.refuse(question, reason="演示理由", by=by, key=key())
        question = again(question.pk)
    people = {
        "asker": lambda: question.asked_by,
        "own office": lambda: make_staff(Role.OFFICER, office=make_office("chengguo")),
        "other office": lambda: make_staff(Role.OFFICER, office=make_office("gaoxin")),
        "planner": lambda: make_staff(Role.PLANNER),
        "leader": lambda: make_staff(Role.LEADER),
    }
    edges = {edge.name for edge in available(question, people[who]())}
    may = {edge.name for edge in QUESTION.leaving(state)}
    assert edges == (may if who in ("own office", "planner") else set())


def test_everybody_sees_the_own_questions_and_an_office_those_sent_to_it(call: Call) -> None:
    mine, others = asked(call, office="chengguo"), asked(call, office="gaoxin")
    officer = make_staff(Role.OFFICER, office=make_office("chengguo"))
    seen = {
        who: set(visible_to(person))
        for who, person in {
            "asker": mine.asked_by,
            "officer": officer,
            "planner": make_staff(Role.PLANNER),
            "leader": make_staff(Role.LEADER),
            "stranger": make_user(),
        }.items()
    }
    assert seen == {
        "asker": {mine},
        "officer": {mine},
        "planner": {mine, others},
        "leader": set(),
        "stranger": set(),
    }


def test_the_count_says_what_waits_for_the_own_office(call: Call) -> None:
    asked(call, office="chengguo")
    asked(call)
    answered(call)
    planning = make_staff(Role.PLANNER, office=make_office("guihua"))
    officer = make_staff(Role.OFFICER, office=make_office("chengguo"))
    elsewhere = make_staff(Role.OFFICER, office=make_office("gaoxin"))
    counts = [waiting_questions(one) for one in (planning, officer, elsewhere)]
    assert counts == [1, 1, 0]


def test_another_offices_question_does_not_exist(call: Call) -> None:
    question = asked(call, office="chengguo")
    client = client_of(make_staff(Role.OFFICER, office=make_office("gaoxin")))
    address = f"/office/questions/{question.pk}/"
    assert client.get(address).status_code == 404
    for step in ("answer", "refuse", "pass-on"):
        assert client.post(f"{address}{step}/", {"reason": "x"}).status_code == 404


def test_a_private_answer_is_read_by_the_asker_alone(call: Call, client: Client) -> None:
    question = answer(asked(call, text="只给我的演示问题"), "answer", answer="只给您的演示答复")
    own = words_of(client_of(question.asked_by).get("/my/questions/"))
    assert "只给您的演示答复" in own
    assert "已答复，只有您看得到" in own
    for address in ("/", "/calls/2024/", "/calls/2024/questions/", "/search/?q=演示"):
        assert "只给我的演示问题" not in words_of(client.get(address))
    assert "只给您的演示答复" not in words_of(client_of(make_user()).get("/my/questions/"))


def test_the_public_reads_the_offices_wording_and_no_name(call: Call, client: Client) -> None:
    asker = make_user(name="演示提问人")
    question = asked(call, text="我是演示提问人，电话 13800000000，能报吗？", by=asker)
    answer(question, wording="能报吗？", answer="能。")
    keep_everything()
    for address in ("/", "/calls/2024/", "/calls/2024/questions/", "/search/?q=能。"):
        page = words_of(client.get(address))
        assert "报吗？" in page
        assert "演示提问人" not in page
        assert "13800000000" not in page


def test_what_is_taken_back_is_gone_and_can_come_again(call: Call, client: Client) -> None:
    question = answered(call, text="来去演示")
    question = answer(question, "take_back")
    assert "来去演示" not in words_of(client.get("/calls/2024/"))
    answer(question, "make_public")
    assert "来去演示" in words_of(client.get("/calls/2024/"))
    # The same words again are no news: the asker heard of them once.
    assert Message.objects.filter(recipient=question.asked_by).count() == 1


def test_a_changed_answer_is_told_and_the_trail_keeps_the_former(call: Call) -> None:
    question = answer(answered(call, answer="旧答复"), "put_right", answer="新答复")
    assert question.answer == "新答复"
    events = list(history(question))
    assert [event.verb for event in events] == ["ask", "answer_openly", "put_right"]
    assert events[-1].private["former"]["answer"] == "旧答复"
    assert broken_links(events, bytes(question.event_head)) == []
    assert Message.objects.filter(recipient=question.asked_by).count() == 2


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten(call: Call) -> None:
    question = asked(call)
    seen = bytes(question.event_head).hex()
    answer(question, answer="同事的演示答复")
    with pytest.raises(answering.AnsweredSince):
        answer(again(question.pk), "put_right", answer="我的", seen=seen)
    assert again(question.pk).answer == "同事的演示答复"


def test_a_double_click_answers_once(call: Call) -> None:
    question = asked(call)
    once, by, seen = key(), officer_of(question), bytes(question.event_head).hex()
    for _click in range(2):
        answer(again(question.pk), by=by, key=once, seen=seen)
    assert history(question).count() == 2


def test_a_refusal_needs_its_reason_and_ends_the_question(call: Call) -> None:
    question = asked(call)
    client = client_of(officer_of(question))
    address = f"/office/questions/{question.pk}/refuse/"
    assert client.post(address, {"reason": " "}).status_code == 409
    assert client.post(address, {"reason": "演示理由"}).status_code == 302
    assert "演示理由" in words_of(client_of(question.asked_by).get("/my/questions/"))
    with pytest.raises(WrongState):
        answer(again(question.pk))


def test_a_question_is_passed_on_to_an_office_of_the_call_only(call: Call) -> None:
    question = asked(call, office="chengguo")
    client = client_of(officer_of(question))
    address = f"/office/questions/{question.pk}/pass-on/"
    for wrong in (make_office("elsewhere", "演示外处"), question.office):
        assert client.post(address, {"office": wrong.pk}).status_code == 422
    target = make_office("waizhuan")
    assert client.post(address, {"office": target.pk}).status_code == 302
    assert again(question.pk).office == target
    assert client.get(f"/office/questions/{question.pk}/").status_code == 404


def test_five_questions_a_day_and_the_page_says_so(call: Call) -> None:
    asker = make_user()
    for number in range(answering.MOST_A_DAY):
        asked(call, text=f"演示{number}", by=asker)
    page = client_of(asker).post("/calls/2024/ask/", {"text": "第六个", "key": key()})
    assert page.status_code == 409
    assert "24 小时内最多提 5 个问题" in words_of(page)
    assert "第六个" in html_of(page)
    assert Question.objects.count() == answering.MOST_A_DAY


def test_a_double_click_asks_once(call: Call) -> None:
    client, once = client_of(make_user()), key()
    for _click in range(2):
        sent = client.post("/calls/2024/ask/", {"text": "演示", "key": once})
        assert sent.status_code == 302
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("  \n ", 422), ("问" * 501, 422), ("问" * 500, 302)]
)
def test_a_question_has_one_to_five_hundred_characters(call: Call, text: str, status: int) -> None:
    assert client_of(make_user()).post("/calls/2024/ask/", {"text": text}).status_code == status


def test_hostile_text_stays_text(call: Call, client: Client) -> None:
    asker = make_user()
    client_of(asker).post("/calls/2024/ask/", {"text": HOSTILE.replace("\x00", "")})
    question = again(Question.objects.get().pk)
    assert "\u202e" not in question.text
    answer(question, answer=HOSTILE.replace("\x00", ""))
    officer = client_of(officer_of(question))
    for reader, address in (
        (client, "/"),
        (client, "/calls/2024/"),
        (client, "/calls/2024/questions/?q=<script>"),
        (client, "/search/?q=<script>"),
        (client_of(asker), "/my/questions/"),
        (officer, "/office/questions/?tab=all"),
        (officer, f"/office/questions/{question.pk}/"),
    ):
        page = html_of(reader.get(address))
        assert "<script>alert" not in page
    client_of(asker).post("/calls/2024/ask/", {"text": "a\x00b"})
    assert set(Question.objects.values_list("text", flat=True)) == {question.text, "ab"}


def test_who_answers_does_not_ask(call: Call) -> None:
    planner = make_staff(Role.PLANNER)
    assert client_of(planner).get("/calls/2024/ask/").status_code == 403
    for address in ("/calls/2024/", "/calls/2024/questions/"):
        assert "我要提问" in words_of(client_of(make_user()).get(address))
        assert "我要提问" not in words_of(client_of(planner).get(address))
    with pytest.raises(NotAllowed):
        answering.ask(call, text="演示", office=None, by=planner, key=key())


def test_nobody_answers_the_own_question(call: Call) -> None:
    asker = make_user()
    question = asked(call, office="chengguo", by=asker)
    appoint(asker, roles=[Role.OFFICER], office=question.office, begins_at=LONG_AGO, by=None)
    assert available(question, User.objects.get(pk=asker.pk)) == []
    assert client_of(asker).get(f"/office/questions/{question.pk}/").status_code == 404


def test_a_visitor_is_led_to_sign_in_and_back(client: Client, call: Call) -> None:
    answer_ = client.get("/calls/2024/ask/")
    assert answer_["Location"] == "/account/login/?next=/calls/2024/ask/"


def test_the_useful_come_first_and_a_word_finds_them(call: Call, client: Client) -> None:
    answered(call, text="关于表格的演示", is_pinned=True)
    answered(call, text="关于时间的演示")
    answered(call, text="关于单位的演示")
    page = words_of(client.get("/calls/2024/questions/"))
    order = sorted(("表格", "时间", "单位"), key=lambda word: page.index(f"关于{word}的演示"))
    assert order == ["表格", "单位", "时间"]
    found = words_of(client.get("/calls/2024/questions/?q=时间 演示"))
    assert "关于时间的演示" in found
    assert "关于单位的演示" not in found


def test_the_lists_are_constant_in_queries(call: Call) -> None:
    question = answered(call, text="第一个")
    asker, officer = question.asked_by, make_staff(Role.PLANNER)
    pages = {
        "/my/questions/": client_of(asker),
        "/office/questions/?tab=all": client_of(officer),
        "/calls/2024/questions/": Client(),
        "/calls/2024/": Client(),
        "/search/?q=演示": Client(),
    }
    first = {address: queries_of(client, address) for address, client in pages.items()}
    for number in range(2):
        answered(call, text=f"演示{number}", by=asker)
    assert {address: queries_of(client, address) for address, client in pages.items()} == first
    assert first["/calls/2024/"] <= 5
