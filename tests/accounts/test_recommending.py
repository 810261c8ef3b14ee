"""归口: a body recommends a unit, or the units of a district, from a day until another."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_organisation, make_staff, make_user
from tests.pages import client_of, queries_of, words_of
from tests.racing import at_once
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, Recommends
from xinghai.accounts.selectors import recommenders_of, relations
from xinghai.accounts.services import RelationRefused, add_relation, appoint, end_relation
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.events import history
from xinghai.kernel.models import Message

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)
DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate(database_now())


def recommender_of(unit: Organisation, day: date) -> Organisation | None:
    return recommenders_of([unit], day).get(unit.pk)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


def relation(body: Organisation, **facts: object) -> Recommends:
    facts = {"from_on": today(), "source": "演示文件〔2026〕1 号", **facts}
    return add_relation(body, by=make_staff(Role.PLANNER), **facts)


@pytest.mark.parametrize(
    ("day", "holds"),
    [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_a_relation_holds_on_its_first_and_its_last_day(day: date, holds: bool) -> None:
    unit, body = make_organisation(), make_organisation("government")
    with travel_to(noon(FIRST - DAY)):
        relation(body, unit=unit, from_on=FIRST, to_on=LAST)
    assert (recommender_of(unit, day) == body) is holds


def test_the_units_own_body_comes_before_its_districts() -> None:
    unit, neighbour = make_organisation(), make_organisation()
    own, of_district = make_organisation("association"), make_organisation("government")
    relation(of_district, district=unit.district_id)
    assert recommender_of(unit, today()) == of_district
    relation(own, unit=unit, to_on=today())
    assert recommender_of(unit, today()) == own
    assert recommender_of(neighbour, today()) == of_district
    assert recommender_of(unit, today() + DAY) == of_district


def test_a_district_nobody_recommends_has_no_body() -> None:
    unit = make_organisation()
    relation(make_organisation("government"), district="zhuanghe")
    assert recommender_of(unit, today()) is None


def test_one_body_at_a_time() -> None:
    unit, first, second = (make_organisation() for _one in range(3))
    relation(first, unit=unit, to_on=today() + DAY)
    with pytest.raises(RelationRefused, match=first.name):
        relation(second, unit=unit, from_on=today() + DAY)
    relation(second, unit=unit, from_on=today() + 2 * DAY)
    assert recommender_of(unit, today() + 2 * DAY) == second


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"district": "", "unit": None}, "只选一个"),
        ({"from_on": date(2020, 1, 1)}, "不能早于今天"),
        ({"to_on": date(2020, 1, 1)}, "不能早于开始"),
    ],
)
def test_a_wrong_relation_says_why(facts: dict[str, object], words: str) -> None:
    with pytest.raises(RelationRefused, match=words):
        relation(make_organisation(), **{"district": "zhuanghe", **facts})
    assert Recommends.objects.count() == 0


def test_an_end_is_a_day_and_the_past_stays() -> None:
    planner, unit, body = make_staff(Role.PLANNER), make_organisation(), make_organisation()
    made = relation(body, unit=unit)
    with pytest.raises(RelationRefused, match="不能早于今天"):
        end_relation(made, last_day=today() - DAY, by=planner)
    end_relation(made, last_day=today(), by=planner)
    end_relation(made, last_day=today() + 9 * DAY, by=planner)
    made.refresh_from_db()
    assert made.to_on == today()
    assert [one.verb for one in history(body)][-2:] == ["recommend_for", "end_relation"]


def test_what_has_not_begun_is_withdrawn() -> None:
    head = make_user()
    unit, body = make_organisation(administrator=head), make_organisation()
    made = relation(body, unit=unit, from_on=today() + DAY)
    end_relation(made, last_day=today(), by=make_staff(Role.PLANNER))
    assert not Recommends.objects.exists()
    assert history(body).last().verb == "withdraw_relation"  # type: ignore[union-attr]
    assert "已取消" in Message.objects.filter(recipient=head).latest("pk").body


def test_the_unit_and_the_body_are_told() -> None:
    head, acting = make_user(), make_user()
    unit, body = make_organisation(administrator=head), make_organisation(name="演示区科技部门")
    appoint(acting, roles=[Role.RECOMMENDER], body=body, by=None)
    relation(body, unit=unit)
    for person in (head, acting):
        told = Message.objects.filter(recipient=person).latest("pk")
        assert "由“演示区科技部门”归口推荐" in told.body


def test_planning_sets_up_a_body_in_the_browser_and_takes_it_back() -> None:
    client, person = client_of(make_staff(Role.PLANNER)), make_user(name="演示区干部")
    unit, body = make_organisation(name="演示甲厂"), make_organisation(name="演示区科技部门")
    facts = {"recommender": body.name, "unit": unit.uscc.lower(), "from_on": today().isoformat()}
    assert "必填" in words_of(client.post("/office/recommending/add/", facts))
    facts["source"] = "=演示文件"
    page = words_of(client.post("/office/recommending/add/", facts, follow=True))
    assert "演示甲厂" in page
    assert "还没有人为它推荐" in page
    address = f"/office/recommending/bodies/{body.pk}/"
    assert "没有这个账号" in words_of(client.post(address, {"username": "nobody@example.com"}))
    page = words_of(client.post(address, {"username": person.username}, follow=True))
    assert "演示区干部" in page
    person.forget_positions()
    assert person.bodies_as(Role.RECOMMENDER) == {body.pk}
    held = person.appointments.get()
    client.post(f"{address}people/{held.pk}/end/")
    person.forget_positions()
    assert person.roles == []
    answer = client.get("/office/recommending/?format=csv")
    assert answer["Content-Disposition"].count(".csv") == 1
    table = b"".join(answer).decode()
    assert "演示甲厂" in table
    assert "'=演示文件" in table
    last = {"last_day": today().isoformat()}
    client.post(f"/office/recommending/{Recommends.objects.get().pk}/end/", last)
    with travel_to(database_now() + DAY):
        assert "还没有设定" in words_of(client.get("/office/recommending/"))
        assert "演示甲厂" in words_of(client.get("/office/recommending/?when=all"))


def test_an_unknown_unit_is_named_as_such() -> None:
    client = client_of(make_staff(Role.PLANNER))
    facts = {"recommender": "没有这个单位", "from_on": "x", "source": "演示"}
    page = words_of(client.post("/office/recommending/add/", facts))
    assert "没有找到这个单位" in page


def test_a_member_of_the_bureau_recommends_nothing() -> None:
    client, officer = client_of(make_staff(Role.PLANNER)), make_staff(Role.OFFICER)
    body = make_organisation()
    address = f"/office/recommending/bodies/{body.pk}/"
    page = words_of(client.post(address, {"username": officer.username}))
    assert "不能同时是科技局的工作人员" in page
    assert officer.appointments.count() == 1


def test_nobody_else_manages_the_relations() -> None:
    body = make_organisation()
    made = relation(body, district="zhuanghe")
    for somebody in (make_staff(Role.OFFICER), make_staff(Role.AUDIT_ADMIN), make_user()):
        client = client_of(somebody)
        for address in ("", "add/", f"bodies/{body.pk}/"):
            assert client.get(f"/office/recommending/{address}").status_code == 403
        for address in ("add/", f"bodies/{body.pk}/", f"{made.pk}/end/"):
            assert client.post(f"/office/recommending/{address}", {}).status_code == 403
    assert Recommends.objects.get().to_on is None


def test_the_list_costs_the_same_for_one_and_three() -> None:
    client = client_of(make_staff(Role.PLANNER))
    relation(make_organisation(), unit=make_organisation())
    first = queries_of(client, "/office/recommending/")
    for _more in range(2):
        relation(make_organisation(), unit=make_organisation())
    assert queries_of(client, "/office/recommending/") == first


@pytest.mark.django_db(transaction=True)
def test_two_bodies_of_one_district_at_once_leave_one() -> None:
    bodies = [make_organisation("government") for _one in range(2)]

    def give(number: int) -> str:
        try:
            relation(bodies[number], district="zhuanghe")
        except RelationRefused as refused:
            return type(refused).__name__
        return ""

    assert sorted(at_once(give, clients=2)) == ["", "RelationRefused"]
    assert Recommends.objects.count() == 1


def test_relations_are_found_by_name_and_code_of_either_side() -> None:
    body, unit = make_organisation("government", name="演示金普科技局"), make_organisation()
    held = relation(body, unit=unit)
    relation(make_organisation("government"), unit=make_organisation())
    for words in ("金普", unit.name, f" {body.uscc} ", unit.uscc):
        assert [one.pk for one in relations(text=words)] == [held.pk]
    assert relations().count() == 2
