"""A research office reminds authors of what is not handed over yet."""

from collections.abc import Collection
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.models import User
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.hashing import content_hash
from xinghai.kernel.idempotency import once
from xinghai.kernel.messaging import Letter, post
from xinghai.submissions import subjects
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process
from xinghai.submissions.scheduled_reminders import named
from xinghai.submissions.unit_reminders import (
    REMIND,
    last_day,
    last_reminded,
    not_reminded,
    unfinished,
)

MOST_AUTHORS = 100
LONGEST_SENTENCE = 200
WITH_DEADLINE = (
    gettext_noop("%(unit)s提醒您：%(count)s 条%(nouns)s还没有提交"),
    gettext_noop("请在 %(deadline)s 前改好并提交：%(titles)s。%(sentence)s"),
)
WITHOUT_DEADLINE = (
    WITH_DEADLINE[0],
    gettext_noop("还没有提交的：%(titles)s。写好后请提交。%(sentence)s"),
)


def remind_authors(
    process: Process, authors: Collection[int], *, by: User, key: str, sentence: str = ""
) -> int:
    """Remind each author of the own unfinished submissions; return how many were told.

    Never of a submission somebody was reminded of within a day: two windows, two
    administrators or two clicks leave one letter. Every submission's trail says who reminded.
    """
    wanted, sentence = sorted(set(authors)), sentence.strip()
    if not 0 < len(wanted) <= MOST_AUTHORS:
        raise Refused(_("一次请选 1 到 %(most)d 人。") % {"most": MOST_AUTHORS})
    if len(sentence) > LONGEST_SENTENCE:
        raise Refused(_("补充的话最多 %(most)d 字，请精简。") % {"most": LONGEST_SENTENCE})
    told = once(
        key,
        operation=f"{process.room}.remind:{content_hash([wanted, sentence])[:16]}",
        by=by,
        act=lambda: _remind(process, wanted, sentence, by=by, key=key),
    )
    return int(told)


def _remind(process: Process, authors: list[int], sentence: str, *, by: User, key: str) -> int:
    rows = (
        unfinished(by, process, now=database_now())
        .filter(author_id__in=authors)
        .select_related("call", "organisation")
        .prefetch_related("call__windows")
        .select_for_update(of=("self",))
        .order_by("author_id", "pk")
    )
    submissions, now = list(rows), database_now()
    fresh = set(
        not_reminded(submissions, last_reminded(process, (one.pk for one in submissions)), now)
    )
    left = [submission for submission in submissions if submission.pk in fresh]
    letters = [
        _letter(author, list(some), sentence, now)
        for author, some in groupby(left, key=lambda one: one.author_id)
    ]
    for submission in left:
        events.record(REMIND, submission, by=by, reason=sentence)
    post(letters, key=f"unit-reminder:{by.pk}:{content_hash(key)[:32]}", at=now)
    return len(letters)


def _letter(author: int, submissions: list[Submission], sentence: str, now: datetime) -> Letter:
    days = [
        day for day in (last_day(submission, now) for submission in submissions) if day is not None
    ]
    words = WITH_DEADLINE if days else WITHOUT_DEADLINE
    facts = {
        **named(submissions),
        "unit": submissions[0].organisation.name if submissions[0].organisation else "",
        "deadline": min(days, default=""),
        "sentence": f"\n“{sentence}”" if sentence else "",
    }
    return Letter(author, *words, facts, reverse("submissions:home"), subjects.REMINDERS)
