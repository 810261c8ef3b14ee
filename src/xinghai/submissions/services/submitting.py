"""Handing in: directly, through the unit and the recommending body, in a batch; taking back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Window
from xinghai.kernel.clock import database_now
from xinghai.kernel.hashing import content_hash
from xinghai.kernel.idempotency import answer_to, once
from xinghai.kernel.numbering import take_numbers
from xinghai.kernel.processes import BEING_CORRECTED, WITH_AUTHOR, WITH_UNIT, Phase
from xinghai.kernel.workflow import fire
from xinghai.submissions.answers import receiving_office
from xinghai.submissions.blockers import (
    check_content,
    check_standing,
    check_submission,
    recommender_for,
    window_of,
)
from xinghai.submissions.exceptions import (
    BatchBlocked,
    NotEditable,
    Refused,
    StaleVersion,
    UnitNotReady,
)
from xinghai.submissions.messages import People, people_told, tell
from xinghai.submissions.models import Batch, Receipt, Revision, Submission
from xinghai.submissions.process import Process
from xinghai.submissions.receipts import official_number, receipt_hash
from xinghai.submissions.services.drafting import save
from xinghai.submissions.services.edges import (
    GIVEN_BACK,
    handing_in,
    passing_on,
    phase_after,
    reaches_the_bureau,
)
from xinghai.submissions.services.locking import locked, locked_one, rows_of
from xinghai.submissions.services.remarks import put_remarks

MOST_IN_A_BATCH = 200


@dataclass(frozen=True)
class HandedIn:
    """The answer to a hand-in: the receipt, or None while the unit reviews."""

    submission_id: int
    receipt_id: int | None


def submit(submission: Submission, *, by: User, key: str, version: int) -> HandedIn:
    """Hand in once per `key`: to the unit or the recommending body where the call wants them.

    Raises StaleVersion, NotReady (with the whole report), UnitNotReady,
    CallClosed, WrongState or NotAllowed; then nothing has changed.
    """
    answer = once(
        key,
        operation=_operation(submission),
        by=by,
        act=lambda: _submit(submission.process, submission.pk, by=by, version=version),
        could_act=rows_of(submission.process, [submission.pk]).in_phases(*WITH_AUTHOR).exists,
    )
    return HandedIn(submission.pk, answer["receipt"])


def _operation(submission: Submission) -> str:
    return f"{submission.process.room}.submit:{submission.pk}"


def write_and_submit(
    submission: Submission, *, by: User, key: str, version: int, typed: Mapping[str, Any]
) -> HandedIn:
    """Store what the page holds and hand it in.

    What was typed is stored even when handing in is refused. A second click finds the
    record gone from the author and is answered like the first.
    """
    try:
        saved = save(submission, by=by, base_version=version, answers=typed)
    except NotEditable:
        answered = answer_to(key, operation=_operation(submission), by=by)
        if answered is None:
            raise
        return HandedIn(submission.pk, answered["receipt"])
    return submit(submission, by=by, key=key, version=saved.submission.version)


def _submit(process: Process, pk: int, *, by: User, version: int) -> dict[str, int | None]:
    submission = locked_one(process, pk, by=by)
    if submission.version != version:
        raise StaleVersion
    now = database_now()
    _check_unit(submission)
    window = window_of(submission, now)
    check_content(submission, now)
    edge = handing_in(submission)
    if not reaches_the_bureau(submission, edge):
        _send_on(submission, edge, by=by, now=now)
        return {"receipt": None}
    return {"receipt": _hand_in([(submission, edge)], by=by, now=now, window=window)[0].pk}


def submit_batch(
    process: Process, chosen: Sequence[int], *, organisation: Organisation, by: User, key: str
) -> Batch:
    """Pass on what a unit endorses together: one batch receipt, all or none.

    What reaches the bureau takes consecutive numbers. Raises BatchBlocked with each record
    that is not ready and why.
    """
    wanted = sorted(set(chosen))
    if not 0 < len(wanted) <= MOST_IN_A_BATCH:
        raise Refused(_("请选择 1 到 %(most)d 条再统一提交。") % {"most": MOST_IN_A_BATCH})
    answer = once(
        key,
        operation=f"{process.room}.batch:{organisation.pk}:{content_hash(wanted)[:16]}",
        by=by,
        act=lambda: _submit_batch(process, wanted, organisation, by=by),
        could_act=rows_of(process, wanted).in_phases(*WITH_UNIT).exists,
    )
    return Batch.objects.get(pk=answer)


def _submit_batch(
    process: Process, wanted: list[int], organisation: Organisation, *, by: User
) -> int:
    submissions = locked(process, wanted)
    now = database_now()
    units = {one.organisation_id for one in submissions}
    if len(submissions) != len(wanted) or units != {organisation.pk}:
        raise Refused(_("有的不在本单位名下，请刷新页面后重选。"))
    if len({one.call_id for one in submissions}) != 1:
        raise Refused(_("一次只能统一提交同一批次的，请按批次分开提交。"))
    window = _check_batch(submissions, now)
    receipts = pass_on(submissions, by=by, now=now, window=window)
    call = submissions[0].call
    number = take_numbers(f"batch:{call.code}", 1)[0]
    received = {one.dossier_id for one in receipts}
    hashes = [content_hash(one.answers) for one in submissions if one.pk not in received]
    batch = Batch.objects.create(
        process=process.key,
        call=call,
        organisation=organisation,
        number=f"{call.code}-P{number:04d}",
        submitted_by=by,
        received_at=now,
        count=len(submissions),
        content_hash=content_hash(sorted([*hashes, *(one.content_hash for one in receipts)])),
    )
    for receipt in receipts:
        receipt.batch = batch
    Receipt.objects.bulk_create(receipts)
    return batch.pk


def recommend(submission: Submission, *, by: User, key: str) -> None:
    """The recommending body passes one record on to the bureau, once per `key`."""

    def act() -> None:
        one, now = locked_one(submission.process, submission.pk, by=by), database_now()
        window = check_submission(one, now)
        Receipt.objects.bulk_create(pass_on([one], by=by, now=now, window=window))

    waits = rows_of(submission.process, [submission.pk]).in_phases(Phase.RECOMMENDING)
    operation = f"{submission.process.room}.recommend:{submission.pk}"
    once(key, operation=operation, by=by, act=act, could_act=waits.exists)


def pass_on(
    submissions: Sequence[Submission], *, by: User, now: datetime, window: Window | None
) -> list[Receipt]:
    """Let each go on to whoever is next; return the unsaved receipts of what the bureau received.

    The rows are locked and checked. First what comes for the first time, then corrections.
    """
    moves = [(one, passing_on(one)) for one in submissions]
    moves.sort(key=lambda move: move[0].phase in BEING_CORRECTED)
    received = [move for move in moves if reaches_the_bureau(*move)]
    for submission, edge in moves:
        if (submission, edge) not in received:
            _send_on(submission, edge, by=by, now=now)
    return _hand_in(received, by=by, now=now, window=window, save_receipts=False)


def _send_on(submission: Submission, edge: str, *, by: User, now: datetime) -> None:
    """Let it go to whoever is next before the bureau; the recommending body of today is kept."""
    changes: dict[str, object] = {"state_since": now}
    if phase_after(submission, edge) == Phase.RECOMMENDING:
        changes["recommender"] = recommender_for(submission, now)
    fire(edge, submission, by=by, changes=changes)
    tell(edge, submission)


def _check_batch(submissions: list[Submission], now: datetime) -> Window | None:
    """Check every record and name all that are not ready; return the window they fall into."""
    blocked, window = [], None
    for submission in submissions:
        try:
            window = check_submission(submission, now) or window
        except Refused as refusal:
            blocked.append((submission, refusal.reason))
    if blocked:
        raise BatchBlocked(blocked)
    return window


def return_to_author(
    submission: Submission, *, by: User, reason: str, remarks: Mapping[str, str] | None = None
) -> None:
    """The unit, or the recommending body, sends it back with a reason and remarks on fields."""
    now = database_now()
    with transaction.atomic():
        put_remarks(submission, remarks or {}, by=by, side="unit")
        edge = GIVEN_BACK.get(submission.phase, "unit_return")
        changes = {"state_since": now, "outcome_reason": reason.strip()}
        fire(edge, submission, by=by, reason=reason, changes=changes)
        tell(edge, submission, reason=reason)


def recall(submission: Submission, *, by: User) -> None:
    """Take a record back before an office has taken it up; the number stays with it."""
    with transaction.atomic():
        is_correction = submission.phase in BEING_CORRECTED
        edge = "recall_correction" if is_correction else "recall"
        changes: dict[str, object] = {"state_since": database_now()}
        if not is_correction:
            changes |= {"office": None, "handler": None, "recommender": None}
        fire(edge, submission, by=by, changes=changes)
        tell(edge, submission)


def _hand_in(
    moves: Sequence[tuple[Submission, str]],
    *,
    by: User,
    now: datetime,
    window: Window | None,
    save_receipts: bool = True,
) -> list[Receipt]:
    """Move records to the bureau: route, number, receipt.

    Whoever hands in meanwhile waits for the counter's row from the moment a number is taken.
    So everything that can be known before is asked before: offices, new versions, and who is
    told; after it come only the writes that name the number.
    """
    for submission, _edge in moves:
        if submission.phase not in BEING_CORRECTED:
            submission.office = receiving_office(submission)
    _begin_new_versions([one for one, _edge in moves if one.number], by=by, now=now)
    told = [_people(submission, edge) for submission, edge in moves]
    numbers = _take_numbers_for([one for one, _edge in moves if not one.number])
    receipts = []
    for (submission, edge), people in zip(moves, told, strict=True):
        submission.number = numbers.get(submission.pk, submission.number)
        receipt = Receipt(
            dossier_id=submission.pk,
            number=submission.number,
            version=submission.version,
            content_hash=receipt_hash(submission),
            received_at=now,
        )
        kept = receipt if save_receipts else None
        _move(submission, edge, receipt, by=by, window=window, people=people, beside=kept)
        receipts.append(receipt)
    return receipts


def _people(submission: Submission, edge: str) -> People:
    """Who is told of the edge, and of waiting for an office where no rule names one."""
    edges = [edge] if submission.office is not None else [edge, "find_no_route"]
    return people_told(edges, submission)


def _take_numbers_for(submissions: Sequence[Submission]) -> dict[int, str]:
    if not submissions:
        return {}
    code, process = submissions[0].call.code, submissions[0].process
    taken = take_numbers(f"{process.key}:{code}", len(submissions))
    return {
        one.pk: official_number(code, value) for one, value in zip(submissions, taken, strict=True)
    }


def _begin_new_versions(submissions: Sequence[Submission], *, by: User, now: datetime) -> None:
    """A version has one receipt: what comes again unchanged comes as a version of its own."""
    if not submissions:
        return
    known = Receipt.objects.filter(dossier__in=[one.pk for one in submissions])
    received = set(known.values_list("dossier_id", "version"))
    unchanged = [one for one in submissions if (one.pk, one.version) in received]
    for submission in unchanged:
        submission.version += 1
    Revision.objects.bulk_create(
        [
            Revision(
                dossier_id=submission.pk,
                version=submission.version,
                answers=submission.answers,
                saved_by=by,
                saved_at=now,
                note="again",
            )
            for submission in unchanged
        ]
    )


def _move(
    submission: Submission,
    edge: str,
    receipt: Receipt,
    *,
    by: User,
    window: Window | None,
    people: People,
    beside: Receipt | None,
) -> None:
    now = receipt.received_at
    changes: dict[str, object] = {
        "state_since": now,
        "number": submission.number,
        "version": submission.version,
        "submitted_at": submission.submitted_at or now,
        "due_on": None,
        "outcome_reason": "",
        "office": submission.office,
    }
    if submission.phase not in BEING_CORRECTED:
        changes |= {
            "assigned_category": submission.category,
            "assigned_domain": submission.domain,
            **submission.facts_on_receipt(window),
        }
    data = {
        "number": submission.number,
        "version": submission.version,
        "content": receipt.content_hash,
    }
    fire(edge, submission, by=by, changes=changes, data=data, beside=beside)
    tell(edge, submission, people=people)
    if submission.office is None:
        fire("find_no_route", submission, by=None)
        tell("find_no_route", submission, people=people)


def _check_unit(submission: Any) -> None:
    organisation = submission.organisation
    if organisation is None:
        raise UnitNotReady(_("请先在“我的单位”里登记或加入单位，再提交。草稿会一直保留。"))
    if not submission.is_members:
        raise UnitNotReady(
            _("“%(name)s”的管理员还没有确认您的成员身份，确认后就能提交。")
            % {"name": organisation.name}
        )
    check_standing(submission)
