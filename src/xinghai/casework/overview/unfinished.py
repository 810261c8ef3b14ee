"""Drafts at risk: how many, of which types and districts, untouched how long; never their text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xinghai.casework.overview.scope import Scope
from xinghai.casework.overview.steps import unfinished_url
from xinghai.kernel.charts import Table
from xinghai.kernel.humanize import left_words, localized_column
from xinghai.kernel.request_data import NONE
from xinghai.kernel.spreadsheets import Cell, Column

STILL = ("3", "7")


@dataclass(frozen=True)
class Unfinished:
    finding: str
    total: Cell
    still: Sequence[tuple[str, Cell]]
    tables: Sequence[Table]


def make_unfinished(scope: Scope, found: Sequence[Mapping[str, Any]]) -> Unfinished:
    total = sum(row["count"] for row in found)
    still3, still7 = (sum(row[name] for row in found) for name in ("still3", "still7"))
    return Unfinished(
        finding=_finding(scope, total, still7),
        total=Cell(total, url=unfinished_url(scope)),
        still=[
            (_("份超过 3 天没有动过"), Cell(still3, url=unfinished_url(scope, still=3))),
            (_("份超过 7 天没有动过"), Cell(still7, url=unfinished_url(scope, still=7))),
        ],
        tables=[_by_type(scope, found), _by_district(scope, found)] if total else [],
    )


def _by_type(scope: Scope, found: Sequence[Mapping[str, Any]]) -> Table:
    names = {row["category_id"]: localized_column(row, "category__name") for row in found}
    return _table(scope, found, "category_id", "category", names, _("类型"))


def _by_district(scope: Scope, found: Sequence[Mapping[str, Any]]) -> Table:
    names = {
        row["organisation__district"]: localized_column(row, "organisation__district__name")
        or _("还没有选单位")
        for row in found
    }
    column = "organisation__district"
    return _table(scope, found, column, "district", names, _("区市县"))


def _table(
    scope: Scope,
    found: Sequence[Mapping[str, Any]],
    column: str,
    word: str,
    names: Mapping[Any, str],
    label: str,
) -> Table:
    counts: Counter[Any] = Counter()
    still: Counter[Any] = Counter()
    for row in found:
        counts[row[column]] += row["count"]
        still[row[column]] += row["still7"]
    rows = [
        [
            Cell(names[key]),
            Cell(count, url=unfinished_url(scope, **{word: key or NONE})),
            Cell(still[key], url=unfinished_url(scope, **{word: key or NONE}, still=7)),
        ]
        for key, count in counts.most_common()
    ]
    columns = [Column(label), Column(_("还没提交"), True), Column(_("超过 7 天没动"), True)]
    return Table(_("还没有提交的，按%(what)s") % {"what": label}, columns, rows)


def _finding(scope: Scope, total: int, still: int) -> str:
    if not total:
        return _("没有还在填写的%(nouns)s") % scope.nouns
    facts: dict[str, Any] = {"count": total, "still": still}
    if scope.closes_at is None:
        return _("还有 %(count)s 份没有提交，其中 %(still)s 份超过 7 天没有动过") % facts
    if scope.is_before_deadline:
        facts["left"] = left_words(scope.closes_at, scope.now)
        return _("%(left)s截止，%(count)s 份没有提交，其中 %(still)s 份超过 7 天没有动过") % facts
    return _("集中征集已截止，还有 %(count)s 份没有提交") % facts
