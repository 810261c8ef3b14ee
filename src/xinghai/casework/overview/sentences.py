"""The first thing a leader reads: what the numbers say, each of them a link to its rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinghai.casework.aggregates import Spans
from xinghai.casework.overview.arriving import Pace
from xinghai.casework.overview.load import OfficeLoad
from xinghai.casework.overview.names import days_words, percent
from xinghai.casework.overview.scope import Scope
from xinghai.casework.overview.steps import TAKEN_UP
from xinghai.casework.overview.unfinished import Unfinished
from xinghai.kernel.humanize import day_words, left_words
from xinghai.kernel.processes import WITH_BUREAU, Phase


@dataclass(frozen=True)
class Sentence:
    """`tone` gives the icon; the words say it all."""

    text: SafeString
    tone: str = "quiet"


def number(count: Any, url: str) -> SafeString:
    return format_html('<a class="figure" href="{}">{}</a>', url, count)


def lead(scope: Scope, total: int, pace: Pace, loads: Sequence[OfficeLoad]) -> SafeString:
    """The sentence of the page: received, against the call before, and who is late."""
    words: dict[str, Any] = {"total": number(total, scope.url())}
    late = [one for one in loads if one.code and (one.overdue or one.older14)]
    if late:
        words["late"] = number(len(late), "#load")
        ending = _("；{late} 个处室有超过 14 天未办或逾期未改的。")
    else:
        ending = _("；没有久未办理的。")
    if pace.before is None:
        return format_html(_("本批次已收 {total} 条") + ending, **words)
    words["before"] = pace.before
    if not pace.change:
        return format_html(_("本批次已收 {total} 条，上一批次同期 {before} 条") + ending, **words)
    words["change"] = pace.change
    return format_html(_("本批次已收 {total} 条，较上一批次同期 {change}") + ending, **words)


def sentences(
    scope: Scope,
    counts: Counter[str],
    loads: Sequence[OfficeLoad],
    spans: Spans,
    unfinished: Unfinished | None,
) -> list[Sentence]:
    found = [_waiting(scope, counts, loads), _late(scope, loads), _triage(scope, counts)]
    found += [_taken_up(scope, counts, spans), _kept(scope, counts)]
    found += [_drafts(scope, unfinished), _deadline(scope)]
    return [one for one in found if one is not None]


def _count(scope: Scope, counts: Counter[str], *phases: Phase) -> int:
    return sum(counts[state] for state in scope.process.states(*phases))


def _waiting(scope: Scope, counts: Counter[str], loads: Sequence[OfficeLoad]) -> Sentence | None:
    waiting = _count(scope, counts, *WITH_BUREAU)
    if not waiting:
        return Sentence(escape(_("没有等处室办理的%(nouns)s。") % scope.nouns), "good")
    slow = sum(one.older14 for one in loads)
    words = {
        "waiting": number(waiting, scope.states_url(*WITH_BUREAU)),
        "slow": number(slow, scope.url(age=14)),
    }
    if not slow:
        return Sentence(
            format_html(_("{waiting} 条等处室办理，都没有超过 14 天。"), **words), "moving"
        )
    return Sentence(
        format_html(_("{waiting} 条等处室办理，其中 {slow} 条超过 14 天。"), **words), "waiting"
    )


def _late(scope: Scope, loads: Sequence[OfficeLoad]) -> Sentence | None:
    late = sum(one.overdue for one in loads)
    if not late:
        return None
    words = {"late": number(late, scope.url(overdue=1))}
    return Sentence(format_html(_("{late} 条退回修改已过期限，还没有交回。"), **words), "problem")


def _triage(scope: Scope, counts: Counter[str]) -> Sentence | None:
    unrouted = _count(scope, counts, Phase.UNROUTED)
    if not unrouted:
        return None
    words = {"count": number(unrouted, scope.states_url(Phase.UNROUTED))}
    return Sentence(format_html(_("{count} 条没有规则可循，等规划部门分派。"), **words), "waiting")


def _taken_up(scope: Scope, counts: Counter[str], spans: Spans) -> Sentence | None:
    total = sum(counts.values())
    taken = _count(scope, counts, *TAKEN_UP)
    if not taken:
        return None
    words = {
        "taken": number(taken, scope.states_url(*TAKEN_UP)),
        "share": percent(taken, total),
        "days": days_words(spans.taking_up),
    }
    return Sentence(
        format_html(_("{taken} 条已受理（{share}），从收到到受理的中位用时：{days}。"), **words),
        "moving",
    )


def _kept(scope: Scope, counts: Counter[str]) -> Sentence | None:
    outcome = scope.worklist.kept
    kept = sum(counts[state] for state in outcome.states) if outcome else 0
    if outcome is None or not kept:
        return None
    words = {"kept": number(kept, scope.url(state=",".join(outcome.states)))}
    return Sentence(format_html(str(outcome.sentence), **words), "good")


def _drafts(scope: Scope, unfinished: Unfinished | None) -> Sentence | None:
    if unfinished is None or not unfinished.total.value:
        return None
    words = {"count": number(unfinished.total, unfinished.total.url)}
    tone = "waiting" if scope.is_before_deadline else "quiet"
    return Sentence(format_html(_("{count} 份已经开始填写，还没有提交到局里。"), **words), tone)


def _deadline(scope: Scope) -> Sentence | None:
    if scope.closes_at is None:
        return Sentence(escape(_("本批次常年开放，没有截止日。")), "quiet")
    words = {"day": day_words(scope.closes_at)}
    if not scope.is_before_deadline:
        return Sentence(format_html(_("集中征集已于 {day} 截止。"), **words), "quiet")
    words["left"] = left_words(scope.closes_at, scope.now)
    return Sentence(format_html(_("集中征集 {day} 截止，{left}。"), **words), "moving")
