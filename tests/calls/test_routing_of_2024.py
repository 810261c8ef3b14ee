"""The 2024 notice routes by type and domain; the table is copied from the notice by hand."""

import pytest

from tests.calls.notices import notice
from xinghai.calls.choosing import categories_above, rules_of
from xinghai.calls.routing import NoRoute, Rule, find_route
from xinghai.calls.states import REMEMBERED

TYPES = ["JBGS", "ZDYF", "CXJJ-ZD", "CXJJ-YY", "CXJJ-HM", "CXJJ-RK", "GJHZ", "QYHZ"]
NAMES = [
    "揭榜挂帅技术攻关",
    "重点科技研发计划",
    "重大基础研究",
    "应用基础研究",
    "科技惠民",
    "软科学研究",
    "国际科技合作专项",
    "区域合作专项",
]
TABLE = {
    ("ai", "人工智能及新一代信息技术"): "高新 高新 社农 社农 高新 规划 外专 成果",
    ("energy", "能源"): "成果 成果 社农 社农 — 规划 外专 成果",
    ("chemicals", "化工和新材料"): "成果 成果 社农 社农 — 规划 外专 成果",
    ("dual_carbon", "双碳"): "成果 成果 社农 社农 — 规划 外专 成果",
    ("manufacturing", "智能制造"): "社农 社农 社农 社农 — 规划 外专 成果",
    ("aerospace", "航空航天"): "社农 社农 社农 社农 — 规划 外专 成果",
    ("health", "生命健康"): "社农 社农 社农 社农 社农 规划 外专 成果",
    ("marine", "海洋经济"): "社农 社农 社农 社农 — 规划 外专 成果",
    ("agriculture", "现代农业"): "高新 高新 社农 社农 高新 规划 外专 成果",
    ("culture", "文化与科技融合"): "高新 高新 社农 社农 高新 规划 外专 成果",
    ("safety", "公共安全"): "高新 高新 社农 社农 高新 规划 外专 成果",
    ("popularisation", "科学普及"): "— — 社农 社农 法规 规划 外专 成果",
}
CODES = {
    "高新": "gaoxin",
    "社农": "shenong",
    "成果": "chengguo",
    "法规": "fagui",
    "外专": "waizhuan",
    "规划": "guihua",
    "—": None,
}
CELLS = [
    (category, domain, CODES[office])
    for (domain, _name), offices in TABLE.items()
    for category, office in zip(TYPES, offices.split(), strict=True)
]
OPEN_CELLS = {
    ("JBGS", "popularisation"): "fagui",
    ("ZDYF", "popularisation"): "fagui",
    ("CXJJ-HM", "energy"): "chengguo",
    ("CXJJ-HM", "chemicals"): "chengguo",
    ("CXJJ-HM", "dual_carbon"): "chengguo",
    ("CXJJ-HM", "manufacturing"): "shenong",
    ("CXJJ-HM", "aerospace"): "shenong",
    ("CXJJ-HM", "marine"): "shenong",
}


def office_of(
    category: str, domain: str, rules: list[Rule] | None = None, **answers: object
) -> str | None:
    definition = notice("2024").data
    above = categories_above(definition, category)
    known = rules or rules_of(definition)
    try:
        return find_route(known, category, domain, above=above, answers=answers).office
    except NoRoute:
        return None


def test_the_table_has_96_cells_and_the_names_of_the_notice() -> None:
    definition = notice("2024").data
    assert len(CELLS) == len(set(CELLS)) == 96
    named = {one["code"]: one["name"] for one in definition["categories"]}
    assert [named[code] for code in TYPES] == NAMES
    assert [(one["code"], one["name"]) for one in definition["domains"]] == list(TABLE)


@pytest.mark.parametrize(("category", "domain", "office"), CELLS)
def test_a_cell_goes_to_the_office_the_notice_names(
    category: str, domain: str, office: str | None
) -> None:
    assert office_of(category, domain) == office


def test_exactly_eight_cells_are_undefined_and_each_has_a_proposal() -> None:
    rules = rules_of(notice("2024").data)
    proposals, sources = {}, set()
    for category, domain, _office in CELLS:
        try:
            find_route(rules, category, domain)
        except NoRoute as open_cell:
            proposals[category, domain] = open_cell.proposed
            sources.add(open_cell.source.partition("；")[0])
    assert proposals == OPEN_CELLS
    assert sources == {"通知未明确归口"}


def test_a_remembered_decision_fills_the_open_cell_and_no_other() -> None:
    decision = Rule("CXJJ-HM", "energy", "gaoxin", origin=REMEMBERED)
    rules = [*rules_of(notice("2024").data), decision]
    assert office_of("CXJJ-HM", "energy", rules) == "gaoxin"
    others = [cell for cell in CELLS if cell[:2] != ("CXJJ-HM", "energy")]
    assert [office_of(one, two, rules) for one, two, _ in others] == [cell[2] for cell in others]


@pytest.mark.parametrize("domain", [domain for domain, _name in TABLE])
def test_popularisation_goes_to_the_policy_office_whatever_the_domain(domain: str) -> None:
    assert office_of("CXJJ-KP", domain) == "fagui"


def test_the_offices_and_their_landlines() -> None:
    listed = {one["name"]: one["landline"] for one in notice("2024").data["offices"]}
    assert listed == {
        "高新处": "0411-39989885",
        "社农处": "0411-39989856",
        "成果处": "0411-39989850",
        "法规处": "0411-39989840",
        "外专处": "0411-39989823",
        "规划处": "0411-39989834",
    }


@pytest.mark.parametrize("domain", [code for code, _name in TABLE])
@pytest.mark.parametrize(
    ("benefit", "office"),
    [("medicine", "shenong"), ("safety", "gaoxin"), ("rural", "gaoxin"), ("envoys", "gaoxin")],
)
def test_the_livelihood_branch_goes_by_its_field_where_the_notice_says_more(
    domain: str, benefit: str, office: str
) -> None:
    """五.1 and 五.2 of the notice; the domain decides nothing then, an open cell neither."""
    assert office_of("CXJJ-HM", domain, cx_benefit=benefit) == office
    assert office_of("CXJJ-HM", domain, cx_benefit=[benefit]) == office


@pytest.mark.parametrize(("category", "domain", "office"), CELLS)
def test_another_field_of_livelihood_and_other_types_go_by_the_cell(
    category: str, domain: str, office: str | None
) -> None:
    benefit = "other" if category == "CXJJ-HM" else "medicine"
    assert office_of(category, domain, cx_benefit=benefit) == office


def test_popularisation_within_the_branch_goes_to_its_own_office() -> None:
    assert office_of("CXJJ-KP", "health", cx_benefit="medicine") == "fagui"


def test_a_rule_about_an_answer_beats_what_was_remembered_of_the_cell() -> None:
    decision = Rule("CXJJ-HM", "energy", "chengguo", origin=REMEMBERED)
    rules = [*rules_of(notice("2024").data), decision]
    assert office_of("CXJJ-HM", "energy", rules, cx_benefit="medicine") == "shenong"
    assert office_of("CXJJ-HM", "energy", rules, cx_benefit="other") == "chengguo"
