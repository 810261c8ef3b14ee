"""The decision about two submissions: one a pair, recorded in both trails, advice only."""

from dataclasses import dataclass

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.duplicates.models import LONGEST_REASON, Likeness, Verdict
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.models import Submission


@dataclass(frozen=True)
class Judgement:
    """What is decided, why, and which earlier decision its page showed ("" for none)."""

    verdict: str
    reason: str = ""
    seen: str = ""


@transaction.atomic
def judge_likeness(
    submission: Submission, other: Submission, judgement: Judgement, *, by: User
) -> Likeness:
    """Keep the decision about a pair; a decision that came in between is not written over."""
    one, two = _locked(submission, other, by=by)
    verdict, reason = judgement.verdict, judgement.reason.replace("\0", "").strip()
    _check(verdict, reason)
    kept = Likeness.objects.filter(one=one.pk, other=two.pk).select_related("judged_by").first()
    if kept is not None:
        if (kept.verdict, kept.reason) == (verdict, reason):
            return kept
        if kept.stamp != judgement.seen:
            facts = {"name": kept.judged_by.name, "verdict": kept.get_verdict_display()}
            raise Refused(
                _("%(name)s刚刚判为“%(verdict)s”，请看过再决定。页面已换成最新的。") % facts
            )
    elif judgement.seen:
        raise Refused(_("这一对的判断已经变了，请刷新页面再决定。"))
    before = kept.verdict if kept else ""
    kept = kept or Likeness(one_id=one.pk, other_id=two.pk)
    kept.verdict, kept.reason = verdict, reason
    kept.judged_by, kept.judged_at = by, database_now()
    kept.save()
    for here, there in ((one, two), (two, one)):
        data = {"other": there.pk, "verdict": verdict, "before": before}
        events.record("judge_likeness", here, by=by, reason=reason, data=data)
    return kept


def _locked(
    submission: Submission, other: Submission, *, by: User
) -> tuple[Submission, Submission]:
    """Lock both rows in one order and ask whether this person may act on each."""
    pks = sorted((submission.pk, other.pk))
    process = submission.process
    records = process.records.objects.select_for_update(of=("self",))
    both = list(records.filter(pk__in=pks).order_by("pk"))
    nouns = {"nouns": process.noun.many}
    if len(both) != 2:
        raise Refused(_("要比较的是两条不同的%(nouns)s。") % nouns)
    permission = process.permission("judge_likeness")
    if not all(rules.has_perm(permission, by, row) for row in both):
        raise NotAllowed(_("只有正在办理这两条%(nouns)s的处室和规划处可以判断。") % nouns)
    return both[0], both[1]


def _check(verdict: str, reason: str) -> None:
    if verdict not in Verdict.values:
        raise Refused(_("请先选择判断：重复、相关或不相关。"))
    if verdict == Verdict.SAME and not reason:
        raise Refused(_("判为重复时请写明理由，同事会看到它。"))
    if len(reason) > LONGEST_REASON:
        raise Refused(_("理由最多 %(most)d 字，请精简。") % {"most": LONGEST_REASON})
