"""The 2022 notice sends a suggestion by its type where it names the type, otherwise by domain."""

import pytest

from tests.calls.notices import notice
from xinghai.calls.choosing import categories_above, rules_of
from xinghai.calls.routing import NoRoute, Rule, find_route
from xinghai.calls.states import REMEMBERED

BY_DOMAIN = {
    "新一代信息技术": "高新处",
    "精细化工": "高新处",
    "智能制造": "高新处",
    "船舶和海洋工程": "高新处",
    "碳达峰碳中和（工业领域）": "高新处",
    "清洁能源": "高新处",
    "新材料": "高新处",
    "交通装备": "高新处",
    "文化与科技融合": "高新处",
    "现代服务业": "高新处",
    "生命健康": "社农处",
    "现代农业": "社农处",
    "碳达峰碳中和（社发领域）": "社农处",
    "海洋经济": "社农处",
    "医疗卫生": "社农处",
    "公共安全与防灾减灾": "社农处",
}
BY_TYPE = {
    "CXJJ-SZ": "成果处",
    "ZHZX": "成果处",
    "CXJJ-HM-KP": "法规处",
    "CXJJ-HM-RK": "法规处",
    "QYHZ": "区域处",
    "GXFZ": "区域处",
    "GJHZ": "外专处",
}
BY_DOMAIN_TYPES = ["JBGS", "ZDYF", "CXJJ-YY", "CXJJ-HM-YL", "CXJJ-HM-GG", "CXJJ-HM-NY"]
DOMAINS = {one["name"]: one["code"] for one in notice("2022-1").data["domains"]}
OFFICES = {one["code"]: one["name"] for one in notice("2022-1").data["offices"]}


def route(category: str, domain: str, *more: Rule) -> Rule:
    definition = notice("2022-1").data
    above = categories_above(definition, category)
    return find_route([*rules_of(definition), *more], category, domain, above=above)


@pytest.mark.parametrize("category", BY_DOMAIN_TYPES)
@pytest.mark.parametrize(("domain", "office"), BY_DOMAIN.items())
def test_a_type_the_notice_does_not_name_goes_by_domain(
    category: str, domain: str, office: str
) -> None:
    assert OFFICES[route(category, DOMAINS[domain]).office] == office


@pytest.mark.parametrize(("category", "office"), BY_TYPE.items())
@pytest.mark.parametrize("domain", [*BY_DOMAIN, "其他领域"])
def test_a_type_the_notice_names_goes_there_whatever_the_domain(
    category: str, office: str, domain: str
) -> None:
    assert OFFICES[route(category, DOMAINS[domain]).office] == office


@pytest.mark.parametrize(
    ("category", "domain", "proposed"),
    [
        ("CXJJ-HM-FP", "现代农业", "社农处"),
        ("CXJJ-HM-FP", "智能制造", "社农处"),
        ("JBGS", "节能环保", "高新处"),
        ("ZDYF", "其他领域", "高新处"),
    ],
)
def test_what_the_notice_leaves_open_has_a_proposal(
    category: str, domain: str, proposed: str
) -> None:
    with pytest.raises(NoRoute) as caught:
        route(category, DOMAINS[domain])
    assert OFFICES[caught.value.proposed] == proposed


def test_a_remembered_decision_beats_the_open_rule_of_the_type() -> None:
    decision = Rule("CXJJ-HM-FP", "agriculture", "gaoxin", origin=REMEMBERED)
    assert route("CXJJ-HM-FP", "agriculture", decision).office == "gaoxin"


def test_the_two_carbon_domains_go_to_two_offices() -> None:
    offices = [
        OFFICES[route("JBGS", code).office] for code in ("carbon_industry", "carbon_society")
    ]
    assert offices == ["高新处", "社农处"]


def test_the_development_of_the_high_tech_zone_is_routed_but_not_filled_in() -> None:
    found = {one["code"]: one for one in notice("2022-1").data["categories"]}["GXFZ"]
    assert (found["accepting"], found.get("form")) == (False, None)


def test_the_offices_and_their_landlines() -> None:
    listed = {one["name"]: one["landline"] for one in notice("2022-1").data["offices"]}
    assert listed == {
        "高新处": "0411-39989885",
        "社农处": "0411-39989856",
        "成果处": "0411-39989850",
        "法规处": "0411-39989846",
        "区域处": "0411-39989867",
        "外专处": "0411-39989823",
    }
