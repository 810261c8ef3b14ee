"""Writing a submission: begin, save, restore, bring two windows together."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call, Category, Domain
from xinghai.calls.selectors import form_of, open_window
from xinghai.calls.years import counterpart
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.forms import (
    FormDefinition,
    Merge,
    copy_forward,
    kind_of,
    merge,
    parse_answers,
    prefill,
)
from xinghai.kernel.humanize import localized
from xinghai.kernel.idempotency import once
from xinghai.kernel.processes import WITH_AUTHOR, Phase
from xinghai.kernel.statements import change_and_keep
from xinghai.submissions.answers import (
    named_truly,
    permitted_fields,
    profile_facts,
    promoted,
    with_followers,
)
from xinghai.submissions.exceptions import CannotStart, NotEditable, StaleVersion
from xinghai.submissions.models import Dossier, Revision, Submission, UnmergedDraft
from xinghai.submissions.process import Process
from xinghai.submissions.services.attaching import attach, files_moved, hold_new


@dataclass(frozen=True)
class Saved:
    """What a save answers: the new version and when the database stored it."""

    submission: Submission
    brought_together: bool = False


@events.joined()
def start(
    process: Process,
    call: Call,
    category: Category,
    *,
    by: User,
    organisation: Organisation | None,
    copy_from: Submission | None = None,
) -> Submission:
    """Begin a draft: the profile is filled in, an earlier record too when asked.

    A draft may begin before the organisation is verified. Raises CannotStart or
    CallClosed with a reason the applicant understands.
    """
    reserved = events.reserve(Dossier)
    now, dossier = reserved.now, Dossier(pk=reserved.keys[0], process=process.key)
    open_window(call, now)
    _check_category(category, organisation)
    frozen = form_of(call, category)
    answers = prefill(frozen.form, profile_facts(by, organisation, call, category))
    if copy_from is not None:
        copied = copy_forward(frozen.form, copy_from.form.form, copy_from.answers)
        answers = {**copied, **_same_field(copy_from, call, frozen.form), **answers}
    submission: Submission = process.records(
        dossier=dossier,
        call=call,
        form=frozen,
        category=category,
        author=by,
        organisation=organisation,
        saved_at=now,
        state_since=now,
    )
    _begin_with(submission, answers)
    first = _version(submission, by=by, note="start")
    data = {"call": call.code, "category": category.code}
    events.create("start", submission, at=now, by=by, data=data, before=[dossier], after=[first])
    return submission


def _same_field(earlier: Submission, call: Call, form: FormDefinition) -> dict[str, Any]:
    """Return the earlier record's field (领域) under the name it has in this call."""
    asked = form.promoted("domain")
    if asked is None or earlier.domain is None:
        return {}
    return {asked.id: counterpart(Domain, earlier.call, earlier.domain.code, call)}


def _check_category(category: Category, organisation: Organisation | None) -> None:
    if not category.is_accepting:
        raise CannotStart(
            _("“%(category)s”现在不接收填报，请另选类型。") % {"category": localized(category)}
        )
    if organisation is not None and organisation.kind not in category.allowed_kinds:
        raise CannotStart(
            _("“%(category)s”不面向%(kind)s征集。请在“我能报什么”里选择适合本单位的类型。")
            % {"category": localized(category), "kind": organisation.get_kind_display()}
        )


def start_once(
    key: str,
    process: Process,
    call: Call,
    category: Category,
    *,
    by: User,
    organisation: Organisation | None,
    copy_from: Submission | None = None,
) -> int:
    """Begin a draft once per rendered page, so that a double click makes one; return its id."""

    def begin() -> int:
        return start(
            process, call, category, by=by, organisation=organisation, copy_from=copy_from
        ).pk

    return int(once(key, operation=f"{process.room}.start:{category.pk}", by=by, act=begin))


def _begin_with(submission: Submission, answers: dict[str, Any]) -> None:
    submission.answers = with_followers(submission.form.form, {}, answers)
    for name, value in promoted(submission, answers).items():
        setattr(submission, name, value)


def save(
    submission: Submission,
    *,
    by: User,
    base_version: int,
    answers: Mapping[str, Any],
    note: str = "",
) -> Saved:
    """Store what was typed on top of `base_version`; nobody's text is ever overwritten.

    Only fields this person may fill are taken. Another's save in between is
    brought together when the two touched different fields; otherwise the text
    is kept as an unmerged draft and StaleVersion leads to the merge view. A
    save that changes nothing makes no version, so a repeated one is harmless.
    """
    allowed = permitted_fields(submission, by)
    if not allowed:
        raise NotEditable(_not_editable(submission))
    brought_together = False
    while True:
        theirs = submission.answers
        mine = _overlay(submission, allowed, answers)
        if base_version != submission.version:
            mine = _bring_together(submission, base_version, mine, theirs, by=by)
            brought_together = True
        new = with_followers(submission.form.form, theirs, mine)
        if _is_same(submission, new, theirs) or store(submission, new, by=by, note=note):
            return Saved(submission, brought_together)
        _reread(submission)


def _is_same(submission: Submission, new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Nothing a person would call a change; an empty field is the same as one never seen."""
    return all(
        kind_of(field).same(old.get(field.id), new.get(field.id))
        for field in submission.form.form.fields()
    )


def _overlay(
    submission: Submission, allowed: frozenset[str], answers: Mapping[str, Any]
) -> dict[str, Any]:
    form, stored = submission.form.form, submission.answers
    sent = {name: value for name, value in answers.items() if name in allowed}
    return named_truly(form, parse_answers(form, sent, base=stored), stored)


def _reread(submission: Submission) -> None:
    """Read again after another save won the race; ends the loop when editing has ended."""
    try:
        submission.refresh_from_db(fields=["answers", "version", "saved_at", "state"])
    except submission.DoesNotExist:
        raise NotEditable(_("这份草稿已经删除。")) from None
    if submission.phase not in WITH_AUTHOR:
        raise NotEditable(_not_editable(submission))


def _bring_together(
    submission: Submission,
    base_version: int,
    mine: dict[str, Any],
    theirs: Mapping[str, Any],
    *,
    by: User,
) -> dict[str, Any]:
    with transaction.atomic():
        base = _locked_base(submission, base_version)
        merged = merge(base.answers if base else {}, mine, theirs, submission.form.form)
        if merged.conflicts:
            hold_new(submission, mine)
            _set_aside(submission, mine, base_version=base.version if base else 0, by=by)
    if merged.conflicts:
        raise StaleVersion
    return merged.answers


def _locked_base(submission: Submission, version: int) -> Revision | None:
    """Return the version both windows began with; None when it has been thinned.

    An older version must not stand in for it: a field that was since changed and changed
    back would look untouched, and the other window's text would be overwritten. Without a
    base every difference is asked about. The lock keeps the version from being thinned
    before the unmerged draft refers to it.
    """
    return submission.revisions.select_for_update().filter(version=version).first()


def _set_aside(
    submission: Submission, mine: Mapping[str, Any], *, base_version: int, by: User
) -> None:
    UnmergedDraft.objects.update_or_create(
        dossier_id=submission.pk,
        saved_by=by,
        defaults={
            "base_version": base_version,
            "answers": mine,
            "saved_at": database_now(),
        },
    )


def store(submission: Submission, new: dict[str, Any], *, by: User, note: str) -> bool:
    """Write one version; the version it stands on is the lock. False: somebody was first.

    One statement, unless other files are named than before.
    """
    changes = {
        "answers": new,
        "saved_at": database_now(),
        "version": submission.version + 1,
        **promoted(submission, new),
    }
    before = {name: getattr(submission, name) for name in changes}
    moved = files_moved(submission, new)
    _take(submission, changes)
    with transaction.atomic() if moved else nullcontext():
        is_stored = change_and_keep(
            submission,
            changes,
            standing={
                "version": [before["version"]],
                "state": submission.process.states(*WITH_AUTHOR),
            },
            beside=_version(submission, by=by, note=note),
        )
        if is_stored and moved:
            attach(submission, moved, by=by)
    if not is_stored:
        _take(submission, before)
    return is_stored


def _take(submission: Submission, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(submission, name, value)


def _version(submission: Submission, *, by: User, note: str) -> Revision:
    """Return the record's content as a version to keep."""
    return Revision(
        dossier_id=submission.pk,
        version=submission.version,
        answers=submission.answers,
        saved_by=by,
        saved_at=submission.saved_at,
        note=note,
    )


def settle_merge(
    submission: Submission, *, by: User, base_version: int, keep_mine: set[str]
) -> Saved:
    """Finish the merge view: `keep_mine` names the conflicting fields where mine is kept."""
    unmerged = UnmergedDraft.objects.filter(dossier=submission.pk, saved_by=by).first()
    if unmerged is None:
        return Saved(submission)
    if base_version != submission.version:
        raise StaleVersion
    merged = compare_unmerged(submission, unmerged, by)
    for conflict in merged.conflicts:
        merged.answers[conflict.field] = (
            conflict.mine if conflict.field in keep_mine else conflict.theirs
        )
    with transaction.atomic():
        saved = save(
            submission,
            by=by,
            base_version=base_version,
            answers=merged.answers,
            note="merge",
        )
        unmerged.delete()
    return saved


def compare_unmerged(submission: Submission, unmerged: UnmergedDraft, user: User) -> Merge:
    """Return what the merge view shows: mine, theirs, and where they disagree.

    What the person may not fill is theirs: a partner chooses between no words but the own.
    """
    base = submission.revisions.filter(version=unmerged.base_version).first()
    old = base.answers if base else {}
    allowed = permitted_fields(submission, user)
    own = {name: value for name, value in unmerged.answers.items() if name in allowed}
    mine = {**submission.answers, **own}
    return merge(old, mine, submission.answers, submission.form.form)


def restore(submission: Submission, revision: Revision, *, by: User) -> Saved:
    """Make an earlier version the newest one; what stood in between stays in the history."""
    return save(
        submission,
        by=by,
        base_version=submission.version,
        answers=revision.answers,
        note="restore",
    )


@transaction.atomic
def discard(submission: Submission, *, by: User) -> None:
    """Delete a draft that never left the author's desk."""
    locked = type(submission).objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if (
        locked.phase != Phase.WRITING
        or locked.number
        or not rules.has_perm(locked.process.permission("edit"), by, locked)
    ):
        raise NotEditable(_("只有没有提交过的草稿可以删除。"))
    events.record("discard", locked, by=by, private={"title": locked.title})
    dossier = locked.dossier
    locked.delete()
    dossier.delete()


def _not_editable(submission: Submission) -> str:
    label = submission.shown_state.applicant_label
    return _("现在是“%(state)s”，不能修改。") % {"state": label}
