"""The rules the notices state, each at its border, as the pre-check applies them."""

from datetime import date
from typing import Any

import pytest

from tests.calls.notices import examined, form_named, notice, said_about

RESEARCH = "university"


@pytest.mark.parametrize(
    ("key", "category", "field", "below", "at", "above", "source"),
    [
        ("2022-2", "ZDYF", "zd_rd_total", "199.99", "200", "200.01", "2022年通知 二（二）"),
        ("2022-4", "ZHZX", "zh_rd_total", "999.99", "1000", "1000.01", "2022年通知 二（四）"),
        ("2022-4", "ZHZX", "zh_deal", "499.99", "500", "500.01", "2022年通知 二（四）"),
    ],
)
def test_an_amount_threshold_of_2022_includes_the_number(
    key: str, category: str, field: str, below: str, at: str, above: str, source: str
) -> None:
    found = [
        said_about(examined("2022-1", key, {field: amount}, category=category), field)
        for amount in (below, at, above)
    ]
    law = "；“以上”含本数：民法典第一千二百五十九条"
    assert found == [[("block", source + law)], [], []]


@pytest.mark.parametrize(("months", "is_fine"), [(35, True), (36, True), (37, False)])
def test_international_cooperation_takes_in_principle_at_most_36_months(
    months: int, is_fine: bool
) -> None:
    report = examined("2022-1", "2022-6", {"gj_period": months}, category="GJHZ")
    expected = [] if is_fine else [("warn", "2022年通知 二（六）")]
    assert said_about(report, "gj_period") == expected


PAIRS = [(start, target) for start in range(1, 10) for target in range(1, 10)]
LEGAL = {(4, 7), (4, 8), (4, 9), (5, 8), (5, 9), (6, 9)}


def verdict(start: int, target: int) -> str:
    answers = {"trl_now": start, "trl_target": target}
    report = examined("2024", "2024-1", answers, category="JBGS")
    found = [
        one.severity
        for name in ("trl_now", "trl_target")
        for one in report.of(name)
        if one.nature == "rule"
    ]
    return found[0] if found else "legal"


def test_exactly_six_of_81_readiness_pairs_are_legal() -> None:
    assert {pair for pair in PAIRS if verdict(*pair) == "legal"} == LEGAL


@pytest.mark.parametrize(("start", "target"), PAIRS)
def test_the_hard_part_blocks_and_the_soft_part_warns(start: int, target: int) -> None:
    is_hard_kept = target - start >= 3 and 7 <= target <= 9
    is_soft_kept = 4 <= start <= 6
    expected = "block" if not is_hard_kept else "legal" if is_soft_kept else "warn"
    assert verdict(start, target) == expected


def test_the_guide_table_of_a_challenge_states_its_readiness_in_2024_only() -> None:
    missing = [
        [one.field for one in examined(code, key, {}, category="JBGS").problems]
        for code, key in (("2024", "2024-1"), ("2022-1", "2022-1"))
    ]
    assert ["nj_trl" in one for one in missing] == [True, False]
    answers = {"nj_trl": {"start": 5, "target": 7}}
    report = examined("2024", "2024-1", answers, category="JBGS")
    assert said_about(report, "nj_trl") == [("block", "2024年通知 三.2")]


@pytest.mark.parametrize("key", ["2024-1", "2024-2", "2024-3", "2024-4", "2024-5", "2024-6"])
@pytest.mark.parametrize("name", ["not_secret", "consult_ack"])
def test_nothing_is_submitted_without_the_two_commitments(key: str, name: str) -> None:
    for given in ({}, {name: False}):
        problem = examined("2024", key, given).of(name)[0]
        assert (problem.severity, problem.source[:11]) == ("block", "2024年通知 四.2")
    assert examined("2024", key, {name: True}).of(name) == ()


@pytest.mark.parametrize(
    ("category", "kind", "is_allowed"),
    [
        ("ZDYF", "enterprise", True),
        ("ZDYF", "university", False),
        ("JBGS", "government", True),
        ("QYHZ", "association", True),
        ("GJHZ", "association", True),
        ("CXJJ-YY", "government", False),
    ],
)
def test_a_type_is_open_to_the_kinds_the_notice_addresses(
    category: str, kind: str, is_allowed: bool
) -> None:
    key = {one["code"]: one for one in notice("2024").data["categories"]}[category]["form"]
    answers = {"category": category}
    report = examined("2024", key, answers, category=category, organisation_kind=kind)
    assert (said_about(report, "category") == []) is is_allowed


@pytest.mark.parametrize(
    ("category", "kind", "is_asked"),
    [
        ("CXJJ-ZD", RESEARCH, True),
        ("CXJJ-YY", RESEARCH, True),
        ("CXJJ-ZD", "enterprise", False),
        ("CXJJ-HM", RESEARCH, False),
    ],
)
def test_a_university_ties_basic_research_to_an_enterprise_s_need(
    category: str, kind: str, is_asked: bool
) -> None:
    report = examined("2024", "2024-3", {}, category=category, organisation_kind=kind)
    assert bool(report.of("cx_ent_need")) is is_asked


@pytest.mark.parametrize(("confirmed", "is_fine"), [(False, False), (True, True)])
def test_a_partner_enterprise_of_2024_confirms_before_submission(
    confirmed: bool, is_fine: bool
) -> None:
    answers = {"cx_ent": {"id": "1", "name": "演示企业", "kind": "enterprise"}}
    partners = {"partner": confirmed}
    report = examined("2024", "2024-3", answers, category="CXJJ-YY", partners=partners)
    expected = [] if is_fine else [("block", "2024年通知 二（二）3（1）（2）")]
    assert said_about(report, "cx_ent") == expected


@pytest.mark.parametrize(
    ("category", "shown"),
    [
        ("CXJJ-ZD", set()),
        ("CXJJ-YY", {"cx_demo"}),
        ("CXJJ-HM", {"cx_benefit", "cx_benefit_pop"}),
    ],
)
def test_a_branch_of_the_fund_asks_its_own_questions(category: str, shown: set[str]) -> None:
    report = examined("2024", "2024-3", {}, category=category)
    own = {"cx_demo", "cx_benefit", "cx_benefit_pop"}
    assert {one.field for one in report.problems} & own == shown


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("soft_science", {"rk_decision", "rk_question"}),
        ("popularisation", {"kp_site", "kp_audience"}),
    ],
)
def test_soft_science_and_popularisation_share_a_form(kind: str, shown: set[str]) -> None:
    report = examined("2024", "2024-4", {"rk_kind": kind})
    asked = {one.field for one in report.problems}
    assert asked & {"rk_decision", "rk_question", "kp_site", "kp_audience"} == shown


@pytest.mark.parametrize(
    ("key", "category", "asks"),
    [
        ("2022-2", "ZDYF", True),
        ("2022-3", "CXJJ-SZ", True),
        ("2022-3", "CXJJ-YY", True),
        ("2022-3", "CXJJ-HM-YL", False),
    ],
)
def test_2022_asks_provider_and_demander_where_the_notice_says_so(
    key: str, category: str, asks: bool
) -> None:
    facts = {"organisation_kind": RESEARCH, "partners": {}}
    report = examined("2022-1", key, {"unit_side": "provider"}, category=category, **facts)
    parts = {"p_tech", "p_strategy", "p_state", "p_advice", "d_need", "d_market"}
    assert {one.field for one in report.problems} & parts == (parts if asks else set())
    blocked = [("block", "2022年通知 三")] if asks else []
    assert said_about(report, "unit_side") == blocked


def test_2022_is_ready_once_the_enterprise_has_confirmed_its_part() -> None:
    facts: dict[str, Any] = {"organisation_kind": RESEARCH, "partners": {"demander": True}}
    report = examined("2022-1", "2022-2", {"unit_side": "provider"}, category="ZDYF", **facts)
    assert said_about(report, "unit_side") == []


@pytest.mark.parametrize(("country", "is_focus"), [("JP", True), ("KZ", True), ("FR", False)])
def test_other_countries_are_only_pointed_out_in_2024(country: str, is_focus: bool) -> None:
    report = examined("2024", "2024-5", {"gj_country": country}, category="GJHZ")
    expected = [] if is_focus else [("warn", "2024年通知 二（二）4")]
    assert said_about(report, "gj_country") == expected
    assert said_about(examined("2022-1", "2022-6", {"gj_country": country}), "gj_country") == []


def test_the_regions_of_the_two_years_differ() -> None:
    labels = [
        {option.label for option in one.options}
        for code, key in (("2024", "2024-6"), ("2022-1", "2022-5"))
        if (one := form_named(code, key).field("qy_region"))
    ]
    assert labels[0] - labels[1] == {"烟台市", "江苏省", "广东省", "京津冀"}
    assert labels[1] - labels[0] == {"苏南国家自主创新示范区"}


def test_a_transferred_result_comes_from_a_university_or_institute() -> None:
    for kind, expected in (("university", []), ("enterprise", [("block", "2022年通知 二（四）")])):
        answers = {"zh_source": {"name": "演示单位", "kind": kind}}
        assert said_about(examined("2022-1", "2022-4", answers), "zh_source") == expected


@pytest.mark.parametrize(
    ("classes", "count"),
    [(["technical"], 1), (["economic"], 1), (["technical", "social"], 0), (["innovation"], 2)],
)
def test_indicators_include_a_technical_and_an_economic_or_social_one(
    classes: list[str], count: int
) -> None:
    rows = [
        {"class": one, "name": "指标", "target": "5", "unit": "项", "evidence": "contract"}
        for one in classes
    ]
    report = examined("2022-1", "2022-1", {"indicators": rows})
    assert len(said_about(report, "indicators")) == count


@pytest.mark.parametrize(("day", "is_fine"), [("2027-02-01", True), ("2027-02-02", False)])
def test_a_challenge_takes_at_most_three_years(day: str, is_fine: bool) -> None:
    report = examined("2024", "2024-1", {"need_deadline": day}, today=date(2024, 2, 1))
    assert (said_about(report, "need_deadline") == []) is is_fine


def test_one_team_is_too_few_for_a_competition() -> None:
    report = examined("2024", "2024-1", {"competitors": [{"organisation": "演示高校"}]})
    assert said_about(report, "competitors") == [("warn", "2024年通知 四.1")]


@pytest.mark.parametrize(
    ("category", "domain", "is_fine"),
    [
        ("CXJJ-HM", "popularisation", False),
        ("CXJJ-HM", "health", True),
        ("CXJJ-YY", "popularisation", True),
    ],
)
def test_popularisation_is_led_to_the_form_of_annex_4(
    category: str, domain: str, is_fine: bool
) -> None:
    report = examined("2024", "2024-3", {"domain": domain}, category=category, domain=domain)
    expected = [] if is_fine else [("warn", "2024年通知 附件4")]
    assert said_about(report, "domain") == expected


def test_english_readers_get_every_message_in_english() -> None:
    report = examined("2024", "2024-1", {"trl_now": 4, "trl_target": 6, "contact_mobile": "1"})
    assert [one for one in report.problems if not one.message_en] == []
    assert report.of("contact_mobile")[0].say("en") == "“1” is not an 11-digit mobile number."


# The platform cannot do without them: what a record is called, and whom to ask.
PLATFORM_NEEDS = {"title", "contact_name"}
YEARS = {"2024": "2024年通知", "2022-1": "2022年通知"}
KEYS = [("2024", f"2024-{number}") for number in range(1, 7)]
KEYS += [("2022-1", f"2022-{number}") for number in range(1, 7)]


@pytest.mark.parametrize(("code", "key"), KEYS)
def test_what_no_notice_demands_holds_nobody_up(code: str, key: str) -> None:
    """An empty form is held up by its own notice, or by what the platform cannot do without."""
    types = [one["code"] for one in notice(code).data["categories"] if one.get("form") == key]
    for category in types:
        report = examined(code, key, {}, category=category, organisation_kind="enterprise")
        foreign = {
            one.field
            for one in report.blocking
            if YEARS[code] not in one.source
            and one.field not in PLATFORM_NEEDS
            and not form_named(code, key).field(one.field).readonly  # type: ignore[union-attr]
        }
        assert foreign == set(), category


def test_who_only_has_a_problem_answers_at_most_fifteen_questions() -> None:
    """揭榜挂帅 of 2024: what the account and the unit do not know already."""
    form = form_named("2024", "2024-1")
    report = examined("2024", "2024-1", {}, category="JBGS", organisation_kind="enterprise")
    known = {one.id for one in form.fields() if one.prefill or one.prefill_from}
    asked = {one.field for one in report.blocking} - known | {"domain"}
    assert asked == {
        *("title", "domain", "need_user", "need_problem", "background", "significance"),
        *("trl_now", "trl_now_desc", "trl_target", "trl_target_desc", "main_content", "goals"),
        *("not_secret", "consult_ack"),
    }
    assert len(asked) <= 15


def test_a_short_text_is_advised_to_say_more_and_holds_nobody_up() -> None:
    report = examined("2024", "2024-2", {"background": "阀门漏。"}, category="ZDYF")
    [found] = report.of("background")
    assert (found.severity, found.source) == ("warn", "平台建议（通知未载明）")
    assert found.message == "现有 4 字，建议写到 100 字以上。"
