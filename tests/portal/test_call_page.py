"""A call's page: summary first, then who, what, when and how; sources at every rule."""

import re
from datetime import datetime

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_staff
from xinghai.accounts.kinds import Role
from xinghai.calls.models import Call
from xinghai.calls.services import cancel_call
from xinghai.calls.windows import CITY
from xinghai.kernel.clock import travel_to
from xinghai.portal import notices

LANDLINES_2024 = {
    "高新处": "0411-39989885",
    "社农处": "0411-39989856",
    "成果处": "0411-39989850",
    "法规处": "0411-39989840",
    "外专处": "0411-39989823",
    "规划处": "0411-39989834",
}


def html_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_office_can_be_called(client: Client, call_2024: Call) -> None:
    page = html_of(client, "/calls/2024/")
    found = re.findall(r'<th scope="row">(\w+处)</th>.*?href="tel:([\d-]+)"', page)
    assert dict(found) == LANDLINES_2024


def test_the_table_of_work_leaves_eight_cells_to_the_planning_office(call_2024: Call) -> None:
    table = notices.division(call_2024.definition, "zh-hans")
    assert table is not None
    open_cells = {
        (domain, column)
        for domain, offices in table.rows
        for office, column in zip(offices, table.columns, strict=True)
        if not office
    }
    assert (len(table.rows), len(table.columns)) == (12, 8)
    assert open_cells == {
        ("科学普及", "揭榜挂帅技术攻关"),
        ("科学普及", "重点科技研发计划"),
        ("能源", "科技惠民"),
        ("化工和新材料", "科技惠民"),
        ("双碳", "科技惠民"),
        ("智能制造", "科技惠民"),
        ("航空航天", "科技惠民"),
        ("海洋经济", "科技惠民"),
    }


def test_a_notice_that_routes_otherwise_shows_no_such_table(
    client: Client, call_2022: Call
) -> None:
    assert notices.division(call_2022.definition, "zh-hans") is None
    assert "按类型和领域查看受理处室" not in html_of(client, "/calls/2022-1/")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2024-02-29T23:59:59", "集中征集"),
        ("2024-03-01T00:00:00", "常态化征集"),
        ("2024-01-30T23:59:59", "不在征集期"),
    ],
)
def test_the_chip_says_where_the_call_stands(
    client: Client, call_2024: Call, moment: str, said: str
) -> None:
    with travel_to(datetime.fromisoformat(moment).replace(tzinfo=CITY)):
        page = html_of(client, "/calls/2024/")
    header = page.split('<header class="record-header">')[1].split("</header>")[0]
    chip = re.search(r'class="chip[^>]*>.*?</svg>([^<]+)</span>', header)
    assert chip is not None
    assert chip[1] == said


def test_types_are_grouped_by_who_may_hand_them_in(client: Client, call_2024: Call) -> None:
    page = html_of(client, "/calls/2024/")
    groups = re.findall(r'<tr class="type-kinds">.*?</tbody>', page, re.S)
    found = {
        re.sub(r"<[^>]+>|\s", "", group.split("</summary>")[0].split("</th>")[0]): re.findall(
            r'<th scope="row">([^<]+)', group
        )
        for group in groups
    }
    assert found == {
        "企业、高等院校、科研院所等11类单位可以报": ["揭榜挂帅技术攻关", "国际科技合作专项"],
        "企业、高等院校、科研院所等9类单位可以报": ["区域合作专项"],
        "企业、高等院校、科研院所等8类单位可以报": ["重大基础研究", "应用基础研究"],
        "高等院校、科研院所、转制科研院所等7类单位可以报": ["科技惠民", "科学普及", "软科学研究"],
        "企业可以报": ["重点科技研发计划"],
    }


def test_the_way_in_is_always_at_hand(client: Client, call_2024: Call) -> None:
    page = html_of(client, "/calls/2024/")
    assert page.count('href="/my/suggestions/start/2024/"') == 2
    assert 'class="start-bar' in page
    for part in ("types", "when", "how", "offices", "questions"):
        assert f'href="#{part}"' in page
        assert f'id="{part}"' in page


def test_a_notice_with_gaps_still_makes_a_page(client: Client, call_2024: Call) -> None:
    row = call_2024.definition_row
    row.content |= {"summary": "", "issuer": "", "notes": [], "principles": []}
    row.content["offices"][0]["landline"] = ""
    row.save()
    Call.objects.filter(pk=call_2024.pk).update(definition_hash="gaps", title="长" * 100)
    page = html_of(client, "/calls/2024/")
    assert 'href="tel:"' not in page
    assert "征集原则" not in page
    for address in ("/", "/what/?who=enterprise&want=any&field=any", "/search/?q=高新"):
        html_of(client, address)


def test_a_call_page_takes_at_most_five_queries(
    client: Client, call_2024: Call, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with override_settings(KEEP_PAGES=False), django_assert_max_num_queries(5):
        html_of(client, "/calls/2024/")


@pytest.mark.parametrize("code", ["2024", "2022-1"])
def test_every_form_can_be_read_before_anything_is_filled_in(
    client: Client, call_2024: Call, call_2022: Call, code: str
) -> None:
    call = {"2024": call_2024, "2022-1": call_2022}[code]
    keys = set(call.definition["forms"])
    assert len(keys) == 6
    offered = set(re.findall(rf"/calls/{code}/forms/([\w-]+)/", html_of(client, f"/calls/{code}/")))
    assert offered == keys
    for key in keys:
        page = html_of(client, f"/calls/{code}/forms/{key}/")
        asked = {one.id for one in call.forms.get(key=key).form.fields("submitter")}
        assert set(re.findall(r'<dt id="f-([\w-]+)"', page)) == asked


def test_what_the_office_fills_in_is_not_asked_of_the_public(
    client: Client, call_2024: Call
) -> None:
    page = html_of(client, "/calls/2024/forms/2024-1/")
    office = [one.id for one in call_2024.forms.get(key="2024-1").form.fields("office")]
    assert office
    assert [name for name in office if f'id="f-{name}"' in page] == []


@pytest.mark.parametrize(
    "address", ["/calls/1999/", "/calls/2024/forms/none/", "/calls/1999/forms/2024-1/", "/nowhere/"]
)
def test_what_does_not_exist_is_said_plainly(client: Client, call_2024: Call, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_a_call_in_preparation_is_hidden_from_the_public(
    client: Client, call_in_preparation: Call
) -> None:
    assert client.get("/calls/2024/").status_code == 404
    assert client.get("/calls/2024/forms/2024-1/").status_code == 404


def test_a_cancelled_call_says_so_and_takes_nothing(client: Client, call_2024: Call) -> None:
    planner = make_staff(Role.PLANNER)
    cancel_call(call_2024, by=planner, reason="演示取消")
    page = html_of(client, "/calls/2024/")
    assert "已取消" in page
    assert "登录后填报" not in page


def test_english_is_complete(client: Client, call_2024: Call) -> None:
    client.cookies["django_language"] = "en"
    page = html_of(client, "/calls/2024/")
    text = re.sub(r'<span class="sources">.*?</span>', "", page, flags=re.S)
    bare = re.sub(r"<[^>]+>", " ", text)
    assert set(re.findall(r"[\u4e00-\u9fff]+", bare)) <= {"中文"}
