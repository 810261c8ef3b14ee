"""Handing in: directly, through the research office, in a batch; and taking back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation, User
from xinghai.accounts.states import CONFIRMED
from xinghai.calls.models import Window
from xinghai.calls.selectors import office_for
from xinghai.kernel.clock import database_now
from xinghai.kernel.hashing import content_hash
from xinghai.kernel.idempotency import answer_to, once
from xinghai.kernel.numbering import take_numbers
from xinghai.kernel.workflow import fire
from xinghai.suggestions.faults import (
    BatchBlocked,
    NotEditable,
    Refused,
    StaleVersion,
    UnitNotReady,
)
from xinghai.suggestions.messages import tell
from xinghai.suggestions.models import Batch, Receipt, Revision, Suggestion
from xinghai.suggestions.obstacles import check_content, check_paper, check_standing, window_of
from xinghai.suggestions.receipts import official_number, receipt_hash
from xinghai.suggestions.services.comments import put_comments
from xinghai.suggestions.services.drafts import save
from xinghai.suggestions.states import CORRECTIONS

MOST_IN_A_BATCH = 200
FIRST_TIME = ("submit", "endorse")


@dataclass(frozen=True)
class HandedIn:
    """The answer to a hand-in: the receipt, or None while the unit reviews."""

    suggestion_id: int
    receipt_id: int | None


def submit(suggestion: Suggestion, *, by: User, key: str, version: int) -> HandedIn:
    """Hand in once per `key`: to the unit where the notice wants its review, else to the bureau.

    Raises StaleVersion, NotReady (with the whole report), UnitNotReady,
    CallClosed, WrongState or NotAllowed; then nothing has changed.
    """
    answer = once(
        key,
        operation=f"suggestions.submit:{suggestion.pk}",
        by=by,
        act=lambda: _submit(suggestion.pk, by=by, version=version),
    )
    return HandedIn(suggestion.pk, answer["receipt"])


def write_and_submit(
    suggestion: Suggestion, *, by: User, key: str, version: int, typed: Mapping[str, Any]
) -> HandedIn:
    """Store what the page holds and hand it in; `typed` are its fields.

    What was typed is stored even when handing in is refused. A second click finds the
    record gone from the desk and is answered like the first.
    """
    try:
        saved = save(suggestion, by=by, base_version=version, answers=typed)
    except NotEditable:
        answered = answer_to(key, operation=f"suggestions.submit:{suggestion.pk}", by=by)
        if answered is None:
            raise
        return HandedIn(suggestion.pk, answered["receipt"])
    return submit(suggestion, by=by, key=key, version=saved.suggestion.version)


def _submit(pk: int, *, by: User, version: int) -> dict[str, int | None]:
    suggestion = _locked([pk])[0]
    if suggestion.version != version:
        raise StaleVersion
    now = database_now()
    _check_unit(suggestion, by)
    window = window_of(suggestion, now)
    check_content(suggestion, now)
    is_correction = suggestion.state in CORRECTIONS
    if suggestion.needs_endorsement:
        edge = "send_correction_to_unit" if is_correction else "send_to_unit"
        fire(edge, suggestion, by=by, changes={"state_since": now})
        tell(edge, suggestion)
        return {"receipt": None}
    edge = "resubmit" if is_correction else "submit"
    return {"receipt": _hand_in([suggestion], edge, by=by, now=now, window=window)[0].pk}


def submit_batch(
    suggestions: Sequence[int], *, organisation: Organisation, by: User, key: str
) -> Batch:
    """Hand in a unit's papers together: consecutive numbers and one batch receipt, all or none.

    Raises BatchBlocked with each paper that is not ready and why.
    """
    wanted = sorted(set(suggestions))
    if not 0 < len(wanted) <= MOST_IN_A_BATCH:
        raise Refused(_("请选择 1 到 %(most)d 条再统一提交。") % {"most": MOST_IN_A_BATCH})
    answer = once(
        key,
        operation=f"suggestions.batch:{organisation.pk}:{content_hash(wanted)[:16]}",
        by=by,
        act=lambda: _submit_batch(wanted, organisation, by=by),
    )
    return Batch.objects.get(pk=answer)


def _submit_batch(wanted: list[int], organisation: Organisation, *, by: User) -> int:
    papers = _locked(wanted)
    now = database_now()
    if len(papers) != len(wanted) or {paper.organisation_id for paper in papers} != {
        organisation.pk
    }:
        raise Refused(_("有的建议不在本单位名下，请刷新页面后重选。"))
    if len({paper.call_id for paper in papers}) != 1:
        raise Refused(_("一次只能统一提交同一批次的建议，请按批次分开提交。"))
    window = _check_batch(papers, now)
    call = papers[0].call
    first = [paper for paper in papers if paper.state not in CORRECTIONS]
    again = [paper for paper in papers if paper.state in CORRECTIONS]
    receipts = [
        *_hand_in(first, "endorse", by=by, now=now, window=window, save_receipts=False),
        *_hand_in(again, "endorse_again", by=by, now=now, window=window, save_receipts=False),
    ]
    number = take_numbers(f"batch:{call.code}", 1)[0]
    batch = Batch.objects.create(
        call=call,
        organisation=organisation,
        number=f"{call.code}-P{number:04d}",
        submitted_by=by,
        received_at=now,
        count=len(receipts),
        content_hash=content_hash(sorted(receipt.content_hash for receipt in receipts)),
    )
    for receipt in receipts:
        receipt.batch = batch
    Receipt.objects.bulk_create(receipts)
    return batch.pk


def _check_batch(papers: list[Suggestion], now: datetime) -> Window | None:
    """Check every paper and name all that are not ready; return the window they fall into."""
    blocked, window = [], None
    for paper in papers:
        try:
            window = check_paper(paper, now) or window
        except Refused as refusal:
            blocked.append((paper, refusal.reason))
    if blocked:
        raise BatchBlocked(blocked)
    return window


def return_to_author(
    suggestion: Suggestion, *, by: User, reason: str, remarks: Mapping[str, str] | None = None
) -> None:
    """The research office sends a paper back with a reason and remarks on fields."""
    now = database_now()
    with transaction.atomic():
        put_comments(suggestion, remarks or {}, by=by, side="unit")
        edge = "unit_return_correction" if suggestion.state in CORRECTIONS else "unit_return"
        changes = {"state_since": now, "outcome_reason": reason.strip()}
        fire(edge, suggestion, by=by, reason=reason, changes=changes)
        tell(edge, suggestion, reason=reason)


def recall(suggestion: Suggestion, *, by: User) -> None:
    """Take a suggestion back before an office has taken it up; the number stays with it."""
    with transaction.atomic():
        is_correction = suggestion.state in CORRECTIONS
        edge = "recall_correction" if is_correction else "recall"
        changes: dict[str, object] = {"state_since": database_now()}
        if not is_correction:
            changes |= {"office": None, "handler": None}
        fire(edge, suggestion, by=by, changes=changes)
        tell(edge, suggestion)


def _hand_in(
    papers: Sequence[Suggestion],
    edge: str,
    *,
    by: User,
    now: datetime,
    window: Window | None,
    save_receipts: bool = True,
) -> list[Receipt]:
    """Move papers to the bureau: route, number, receipt.

    Whoever hands in meanwhile waits for the counter, so all that can be known is known before.
    """
    if edge in FIRST_TIME:
        for paper in papers:
            paper.office = office_for(paper.call, paper.category, paper.domain)
    numbers = _take_numbers_for([paper for paper in papers if not paper.number])
    _begin_new_versions([paper for paper in papers if paper.number], by=by, now=now)
    receipts = []
    for paper in papers:
        paper.number = numbers.get(paper.pk, paper.number)
        receipt = Receipt(
            suggestion=paper,
            number=paper.number,
            version=paper.version,
            content_hash=receipt_hash(paper),
            received_at=now,
        )
        _move(paper, edge, receipt, by=by, window=window)
        receipts.append(receipt)
    if save_receipts:
        Receipt.objects.bulk_create(receipts)
    return receipts


def _take_numbers_for(papers: Sequence[Suggestion]) -> dict[int, str]:
    if not papers:
        return {}
    code = papers[0].call.code
    taken = take_numbers(f"suggestion:{code}", len(papers))
    return {
        paper.pk: official_number(code, value) for paper, value in zip(papers, taken, strict=True)
    }


def _begin_new_versions(papers: Sequence[Suggestion], *, by: User, now: datetime) -> None:
    """A version has one receipt: what comes again unchanged comes as a version of its own."""
    if not papers:
        return
    known = Receipt.objects.filter(suggestion__in=papers)
    received = set(known.values_list("suggestion_id", "version"))
    unchanged = [paper for paper in papers if (paper.pk, paper.version) in received]
    for paper in unchanged:
        paper.version += 1
    Revision.objects.bulk_create(
        [
            Revision(
                suggestion=paper,
                version=paper.version,
                answers=paper.answers,
                saved_by=by,
                saved_at=now,
                note="again",
            )
            for paper in unchanged
        ]
    )


def _move(
    paper: Suggestion, edge: str, receipt: Receipt, *, by: User, window: Window | None
) -> None:
    now = receipt.received_at
    changes: dict[str, object] = {
        "state_since": now,
        "number": paper.number,
        "version": paper.version,
        "submitted_at": paper.submitted_at or now,
        "due_on": None,
        "outcome_reason": "",
        "office": paper.office,
    }
    if edge in FIRST_TIME:
        changes |= {
            "assigned_category": paper.category,
            "assigned_domain": paper.domain,
            "is_rolling": window is not None and window.is_rolling,
            "pool_tag": window.pool_tag if window is not None else "",
        }
    data = {"number": paper.number, "version": paper.version, "content": receipt.content_hash}
    fire(edge, paper, by=by, changes=changes, data=data)
    tell(edge, paper)
    if paper.office is None:
        fire("find_no_route", paper, by=None)
        tell("find_no_route", paper)


def _locked(pks: Sequence[int]) -> list[Suggestion]:
    """Lock the rows in one order, so that two batches cannot wait for each other."""
    return list(
        Suggestion.objects.select_for_update(of=("self",))
        .select_related(
            "call",
            "form",
            "category__parent",
            "domain",
            "organisation",
            "author",
            "office",
        )
        .prefetch_related("call__windows")
        .filter(pk__in=pks)
        .order_by("pk")
    )


def _check_unit(suggestion: Suggestion, by: User) -> None:
    organisation = suggestion.organisation
    if organisation is None:
        raise UnitNotReady(_("请先在“我的单位”里登记或加入单位，再提交。草稿会一直保留。"))
    if not organisation.memberships.filter(user=by, state=CONFIRMED).exists():
        raise UnitNotReady(
            _("“%(name)s”的管理员还没有确认您的成员身份，确认后就能提交。")
            % {"name": organisation.name}
        )
    check_standing(suggestion)
