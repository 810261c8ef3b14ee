"""Believable answers for demonstration suggestions: each invented topic told field by field."""

from collections.abc import Callable, Mapping
from typing import Any

from xinghai.kernel.forms import Context, Field, FormDefinition, is_visible

Attach = Callable[[str], dict[str, Any]]

PARAGRAPHS = {
    "background": "{problem}。近三年行业产能增长较快，{scene}对这一问题的反映最为集中，现有办法只能事后补救。"
    "{product}如能在本市率先用起来，可以把经验沉淀成标准，带动上下游配套企业共同受益。"
    "本建议由一线技术人员提出，问题、数据和场景均为演示。",
    "significance": "该方向处在我市重点产业链的关键环节。{method}，有望摆脱对外部设备和经验的依赖。"
    "突破后首先改善{scene}的质量与效率，随后可推广到同类生产现场，形成可复制的成套方案，"
    "对稳定产业链、降低能耗和培养工程人才都有直接作用（演示）。",
    "status_quo": "国外同类产品已有样机，但接口封闭、价格高，维护周期长。国内高校在原理上已有积累，"
    "缺少在{scene}的长期验证，指标停留在实验室条件。差距主要在工程化、可靠性和批量一致性，"
    "而这些正需要由用户单位牵头，在真实工况里反复试验才能缩小（演示）。",
    "feasibility": "用户单位可提供{scene}作为试验条件，前期小样试验结果与预期一致。"
    "{method}，所需部件大多可在本地采购，风险可控（演示）。",
    "advancement": "与现有做法相比，{metric}由{now}{unit}改善到{target}{unit}，"
    "达到同类技术的先进水平，且不需要改动既有产线（演示）。",
    "foundation": "提出单位在该方向有六年应用经验，建有中试线和检测条件，技术团队十二人。"
    "已完成原理验证和三轮小样试验，形成发明专利申请四件、企业标准一项，"
    "与合作院所共建联合实验室，数据采集系统已经在{scene}连续运行（演示）。",
    "main_content": "一是机理与建模：弄清{problem}的成因，建立可计算的模型并用现场数据校正。"
    "二是关键技术：{method}，解决精度、速度与可靠性之间的矛盾。"
    "三是装置研制：完成{product}的设计、试制和环境试验，形成工艺文件与检验规范。"
    "四是应用验证：在{scene}连续运行不少于六个月，按考核指标逐项测试，由第三方出具报告。"
    "五是标准与推广：整理接口、数据和安全要求，形成团体标准草案，并在两家以上单位推广。"
    "以上内容边界清晰，不限定具体技术路线，便于多支团队竞争申报（演示）。",
    "goals": "完成{product}样机并在{scene}示范应用，{metric}达到{target}{unit}，"
    "申请发明专利不少于五件，形成标准草案一项，培养工程技术人员十名。"
    "项目结束时具备小批量供货能力，成果在本市落地转化，并为下一阶段推广准备好工艺和数据（演示）。",
    "zd_common": "{problem}在多家企业普遍存在，{method}可以共用，带动检测、材料与软件配套（演示）。",
    "zd_demo": "先在{scene}建一条示范线，运行稳定后向同类企业转移，并提供培训与备件（演示）。",
    "need_problem": "{problem}。卡点在于缺少可靠的在线手段和可计算的模型（演示）。",
    "need_key": "{method}；主要指标：{metric}达到{target}{unit}（演示）。",
    "need_self_unable": "本企业擅长工艺和使用，缺少{keyword}方面的理论与仪器研发力量，单独攻关周期过长（演示）。",
    "need_first_use": "完成后首先用于{scene}，承诺提供场地、人员和不少于一年的应用数据（演示）。",
    "trl_now_desc": "已在实验室完成关键功能验证，{metric}测得{now}{unit}，内部测试记录和小样照片随附。"
    "功能样品在相近环境下连续工作七十二小时，未出现影响结论的异常；"
    "尚未在{scene}做过长时间试验，因此现有就绪度按四级申报（演示）。",
    "trl_target_desc": "项目完成时，{product}在{scene}实际环境中连续运行六个月，通过例行环境试验，"
    "{metric}达到{target}{unit}，由第三方检测并出具报告，用户出具使用证明。"
    "届时工艺文件齐备，具备小批试产条件，达到七级并满足产业化要求（演示）。",
    "cx_science_q": "{keyword}过程中的多场耦合机理尚不清楚，需要回答：{problem}的主导因素是什么（演示）。",
    "cx_ent_need": "对接本市用户企业在{scene}的需求：{problem}（演示）。",
    "cx_demo": "原型在{scene}示范，形成数据后向企业转移（演示）。",
    "cx_benefit_pop": "受益人群为{scene}周边居民与从业人员，应用单位已有意向（演示）。",
    "nj_brief": "{problem}。{method}，有望在{scene}率先应用（演示）。",
    "nj_content": "围绕{keyword}，研究机理与模型，研制{product}，在{scene}验证并形成规范（演示）。",
    "nj_local": "样机和示范线在本市建设，成果优先在本市企业转化（演示）。",
    "nj_dup": "检索近三年公开指南，未见相同方向，与相近方向的区别在于面向{scene}（演示）。",
    "p_tech": "{method}（演示）。",
    "p_strategy": "掌握该技术可减少对外依赖，并带动本地配套（演示）。",
    "p_state": "国内处在样机阶段，缺少长期工况数据（演示）。",
    "p_advice": "建议先做机理与样机，再到{scene}验证（演示）。",
    "rk_question": "如何降低{problem}带来的影响（演示）？",
    "kp_site": "已有车辆、场馆和志愿者队伍，可覆盖{scene}（演示）。",
}


def write_answers(
    form: FormDefinition, context: Context, topic: Mapping[str, Any], *, attach: Attach
) -> dict[str, Any]:
    """Return the topic's answers to every visible field of the submitter.

    A field the topic has nothing to say about gets a plain value within its limits.
    """
    told = facts_of(topic)
    answers: dict[str, Any] = {
        "title": topic["title"],
        "domain": topic["domain"],
        "nj_title": topic["title"][:40],
        "keywords": list(topic["keywords"]),
        "indicators": indicators_of(topic),
    }
    for section in form.sections:
        for field in section.fields:
            if field.audience != "submitter" or not is_visible(field, section, answers, context):
                continue
            if field.readonly or (field.kind == "org_ref" and not form.requires(field)):
                continue  # naming a partner would make its confirmation due
            if field.id not in answers:
                answers[field.id] = value_for(field, told, attach)
    return {name: value for name, value in answers.items() if form.field(name) is not None}


def facts_of(topic: Mapping[str, Any]) -> dict[str, str]:
    metric, now, target, unit = topic["metrics"][0]
    return {
        "problem": topic["problem"],
        "method": topic["method"],
        "product": topic["product"],
        "scene": topic["scene"],
        "keyword": topic["keywords"][0],
        "money": str(topic["money"]),
        "metric": metric,
        "now": now,
        "target": target,
        "unit": unit,
    }


def indicators_of(topic: Mapping[str, Any]) -> list[dict[str, str]]:
    technical = [
        {
            "class": "technical",
            "name": name,
            "baseline": now,
            "target": target,
            "unit": unit,
            "evidence": "third_party_test",
        }
        for name, now, target, unit in topic["metrics"]
    ]
    economic = {
        "class": "economic",
        "name": "新增产值",
        "target": str(topic["money"] * 3),
        "unit": "万元",
        "evidence": "financial_audit",
    }
    return [*technical, economic]


def value_for(field: Field, told: Mapping[str, str], attach: Attach) -> Any:
    """Return a value of the field's kind: the topic's words, or the plainest that fits."""
    if field.kind == "file":
        return [attach(f"{field.label[:20]}.pdf")]
    if field.kind == "table":
        rows = max(field.min_rows or 0, 3)
        return [
            {column.id: value_for(column, told, attach) for column in field.columns}
            for _row in range(min(rows, field.max_rows or rows))
        ]
    return PLAIN[field.kind](field, told)


def _text(field: Field, told: Mapping[str, str]) -> str:
    words = PARAGRAPHS.get(field.id, "{product}：{metric}达到{target}{unit}").format(**told)
    while len(words) < (field.min_chars or 0):
        words += "各项数据均为演示。"
    return words[: field.max_chars] if field.max_chars else words


def _number(field: Field, told: Mapping[str, str]) -> str:
    wanted = float(told["money"])
    if "month" in field.id or "period" in field.id:
        wanted = 24
    elif field.kind == "integer":
        wanted = 3
    low = float(field.min_value if field.min_value is not None else (field.above or 0) + 1)
    high = float(field.max_value) if field.max_value is not None else max(low, wanted)
    return str(int(min(high, max(low, wanted))))


def _choice(field: Field, told: Mapping[str, str]) -> str:
    return field.options[0].value if field.options else ""


PLAIN: dict[str, Callable[[Field, Mapping[str, str]], Any]] = {
    "text": _text,
    "textarea": _text,
    "select": _choice,
    "radio": _choice,
    "multiselect": lambda field, told: [_choice(field, told)] if field.options else [],
    "bool": lambda field, told: True,
    "integer": lambda field, told: int(_number(field, told)),
    "decimal": _number,
    "date": lambda field, told: "2026-06-30",
    "daterange": lambda field, told: {"start": "2025-01-01", "end": "2026-12-31"},
    "phone": lambda field, told: "13800000000",
    "email": lambda field, told: "demo@example.com",
    "tags": lambda field, told: [told["keyword"], "示范应用", "演示"],
    "tree_select": lambda field, told: [],
    "org_ref": lambda field, told: {"id": "", "name": "演示合作单位", "uscc": "", "kind": ""},
    "ref": lambda field, told: {"id": "", "label": "演示"},
    "multi_ref": lambda field, told: [],
    "commitment": lambda field, told: True,
    "trl": lambda field, told: 4 if "now" in field.id else 7,
    "trl_pair": lambda field, told: {"start": 4, "target": 7},
}
