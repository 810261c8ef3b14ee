"""Invented things the living page shows: every part of the look with what it would say in use."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from xinghai.duplicates.comparison import Block
from xinghai.duplicates.comparison import Shown as Marked
from xinghai.duplicates.hints import Hint
from xinghai.kernel.charts import Chart, Series, Table, Tone
from xinghai.kernel.spreadsheets import Cell, Column

Shown = dict[str, Any]


def tracker(now: datetime) -> Shown:
    return {
        "label": _("已受理"),
        "steps": [
            {
                "label": _("提交到单位科研部门"),
                "at": now - timedelta(days=9),
                "by": _("演示大学 船舶学院"),
            },
            {
                "label": _("单位退回修改"),
                "at": now - timedelta(days=7),
                "by": _("演示大学 科研处"),
                "note": _("请补充与企业共同填报的分工。"),
            },
            {
                "label": _("单位统一提交"),
                "at": now - timedelta(days=3),
                "by": _("演示大学 科研处"),
            },
        ],
        "holder": _("社农处 0411-39989856"),
        "since": now - timedelta(days=3),
        "until": now + timedelta(days=4, hours=4),
        "next": _("处室审阅后入选建议库、退回修改或不采纳，结果会通知您。"),
        "coming": [_("入选建议库"), _("凝练为指南条目"), _("随批次发布")],
    }


def problems() -> list[Shown]:
    return [
        {
            "label": _("现有技术就绪度与目标"),
            "message": _("从 5 级到 7 级只提高 2 级，至少要提高 3 级。"),
            "target": "part-field",
        },
        {
            "label": _("合作单位"),
            "message": _("演示重工尚未确认其填报部分。"),
            "target": "part-chip",
        },
    ]


def comments(now: datetime) -> list[Shown]:
    return [
        {
            "author": _("社农处 演示经办"),
            "at": now - timedelta(days=2),
            "field_label": _("主要研究内容"),
            "text": _("边界过宽，建议聚焦到低温工况下的密封材料。"),
            "resolved": False,
        },
        {
            "author": _("演示大学 科研处"),
            "at": now - timedelta(days=7),
            "field_label": _("分工"),
            "text": _("请写明企业承担的部分。"),
            "resolved": True,
        },
    ]


def comparison() -> list[Shown]:
    return [
        {
            "label": _("预期目标"),
            "before": _("研制样机 1 台，泄漏率小于 0.5%，完成 200 小时试验。"),
            "after": _("研制工程样机 2 台，泄漏率小于 0.2%，完成 500 小时实船试验。"),
        },
        {
            "label": _("建议实施期限（月）"),
            "before": "24",
            "after": "36",
        },
    ]


def likeness() -> Shown:
    """Two texts with a passage in common, one of another kind, and what is greyed in both."""
    first = Marked(_("曲轴精加工后的残余应力只能抽检，抽检一根要停线四个小时"), 1, 1, opens=True)
    second = Marked(_("在车削工位上逐段测量"), 2, 2, opens=True)
    grey = Marked(_("，对稳定产业链有直接作用。"), grey="stock")
    here = [first, Marked(_("，超差的到试车才暴露。拟")), second, grey]
    there = [Marked(_("用户反映：")), first, Marked(_("。建议")), second, grey]
    label = _("选题背景")
    return {"here": Block("background", label, here), "there": Block("background", label, there)}


def near() -> list[Hint]:
    return [
        Hint(1, _("大型船用曲轴残余应力在线检测（演示）"), "#part-likeness"),
        Hint(2, _("曲轴应力检测装备的研制（演示）"), "", 32),
    ]


def table() -> Shown:
    return {
        "caption": _("待本处室办理的建议"),
        "columns": [
            {"label": _("编号")},
            {"label": _("名称")},
            {"label": _("单位")},
            {"label": _("总研发投入"), "number": True},
        ],
        "rows": [
            {
                "url": "#part-table",
                "cells": [
                    "ZN2024-0042",
                    _("大型液化天然气船低温阀门密封关键技术"),
                    _("演示大学"),
                    _("1,200 万元"),
                ],
            },
            {
                "url": "#part-table",
                "cells": [
                    "ZN2024-0043",
                    _("近海养殖网箱数字孪生与灾害预警"),
                    _("演示海洋科技有限公司"),
                    _("350 万元"),
                ],
            },
        ],
    }


def queue(chosen: str) -> list[Shown]:
    """Rows of the staff list; the chosen one stands in the reading pane."""
    table_rows = table()["rows"]
    states = [("moving", _("已受理")), ("waiting", _("待受理"))]
    rows = [
        {"number": row["cells"][0], "title": row["cells"][1], "unit": row["cells"][2]}
        | {"kind": kind, "state": state}
        for row, (kind, state) in zip(table_rows, states, strict=True)
    ]
    numbers = [row["number"] for row in rows]
    shown = chosen if chosen in numbers else numbers[0]
    return [row | {"selected": row["number"] == shown} for row in rows]


def actions() -> list[Shown]:
    return [
        {
            "label": _("入选建议库"),
            "icon": "check",
            "style": "btn-primary",
            "key": "a",
            "dialog": "sample-accept",
        },
        {"label": _("退回修改"), "icon": "arrow-back-up", "key": "r", "dialog": "sample-return"},
        {"label": _("合并到另一条"), "icon": "git-merge", "key": "m", "url": "#part-header"},
    ]


def filters() -> list[Shown]:
    return [
        {
            "name": "category",
            "label": _("项目类型"),
            "options": [("JBGS", _("揭榜挂帅技术攻关")), ("ZDYF", _("重点科技研发计划"))],
            "value": "JBGS",
        },
        {
            "name": "state",
            "label": _("状态"),
            "options": [("waiting", _("待受理")), ("pool", _("已入选建议库"))],
            "value": "",
        },
    ]


def chips() -> list[tuple[str, str]]:
    return [
        ("waiting", _("待单位审核")),
        ("moving", _("已受理")),
        ("good", _("已入选建议库")),
        ("problem", _("已退回，请修改")),
        ("quiet", _("草稿")),
    ]


def chart() -> Chart:
    """Load of three offices: a finding, bars in three ages, the table that says the same."""
    offices = [_("高新处"), _("社农处"), _("成果处")]
    ages = [[9, 4, 1], [4, 6, 0], [3, 1, 0]]
    names = [_("7 天以内"), _("7 到 14 天"), _("超过 14 天")]
    tones: tuple[Tone, ...] = ("brand", "waiting", "problem")
    columns = [Column(_("处室")), *(Column(name, is_number=True) for name in names)]
    rows = [
        [Cell(office), *(Cell(count, url="#part-table") for count in counts)]
        for office, counts in zip(offices, ages, strict=True)
    ]
    return Chart(
        key="sample",
        finding=_("图表以结论作标题：只有高新处有超过 14 天的，共 1 条"),
        kind="across",
        stacked=True,
        labels=offices,
        series=[
            Series(name, [counts[place] for counts in ages], tones[place])
            for place, name in enumerate(names)
        ],
        table=Table(_("处室负荷"), columns, rows),
    )


def figures() -> dict[str, int]:
    return {"received": 412, "offices": 7, "working": 168, "pooled": 203}


def answers(now: datetime) -> list[Shown]:
    return [
        {
            "pk": 1,
            "wording": _("没有合作企业，也能提应用基础研究吗？"),
            "answer": _("可以。写了合作企业的，要等它在线确认后才能提交。"),
            "answered_at": now - timedelta(days=2),
            "is_pinned": True,
        }
    ]
