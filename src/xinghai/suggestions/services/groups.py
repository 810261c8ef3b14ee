"""Groups of a call: computed in the background, corrected by hand, and the hand obeyed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import rules
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xinghai.accounts.models import Office, User
from xinghai.calls.models import Call
from xinghai.corpus.encoding import vectors_of
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.hashing import content_hash
from xinghai.kernel.workflow import NotAllowed
from xinghai.similarity.grouping import ALONE, Groups, group
from xinghai.similarity.must_link import Contradiction, bind
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.index_text import body_of, own_words
from xinghai.submissions.models import Submission
from xinghai.submissions.selectors import visible_to
from xinghai.suggestions.models import Grouping, Suggestion, Tie
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.topic_groups import FEWEST, members_of, ties_of

# So many are set apart at once: every pair of them is a tie of its own.
MOST_APART = 8
NEW = -2


@transaction.atomic
def ask_again(call: Call, office: Office | None) -> Grouping:
    """Note that somebody waits for new groups; the caller queues the computation."""
    grouping, _made = Grouping.objects.get_or_create(call=call, office=office)
    if members_of(call, office).count() < FEWEST:
        raise Refused(_("少于 %(n)d 条时不用分组。") % {"n": FEWEST})
    grouping.asked_at = database_now()
    grouping.save(update_fields=["asked_at"])
    return grouping


def compute(grouping: Grouping) -> None:
    """Make the groups anew from what stands now; reading and writing are short, the work between.

    Two computations at once do no harm: each is whole, and the last one stays.
    """
    began = database_now()
    rows = list(members_of(grouping.call, grouping.office).select_related("form"))
    ties = ties_of(grouping.call)
    place_of = {row.pk: place for place, row in enumerate(rows)}
    units = [row.organisation_id for row in rows]
    titles = own_words([row.title for row in rows], units)
    bodies = own_words([body_of(row) for row in rows], units)
    texts = [f"{title}\n{title}\n{body}" for title, body in zip(titles, bodies, strict=True)]
    found = group(
        texts,
        titles=titles,
        together=_pairs(ties, place_of, is_together=True),
        apart=_pairs(ties, place_of, is_together=False),
        before=_before(grouping, rows),
        encoded=vectors_of(texts),
    )
    Grouping.objects.filter(pk=grouping.pk).update(
        computed_at=began,
        made_of=_made_of([(row.pk, row.version) for row in rows], ties),
        labels={str(row.pk): int(label) for row, label in zip(rows, found.labels, strict=True)},
        places={
            str(row.pk): [round(float(one), 4) for one in place]
            for row, place in zip(rows, found.places, strict=True)
        },
        names={str(label): names for label, names in enumerate(found.names) if names},
    )


def changed() -> list[Grouping]:
    """Return the groupings whose members, texts or ties are no longer what they were made of."""
    rows = Grouping.objects.exclude(computed_at=None).select_related("call", "office")
    return [
        one
        for one in rows.order_by("pk")
        if one.made_of
        != _made_of(
            list(members_of(one.call, one.office).values_list("pk", "version")),
            ties_of(one.call),
        )
    ]


def _made_of(members: Sequence[tuple[int, int]], ties: Iterable[Tie]) -> str:
    known = {pk for pk, _version in members}
    held = [
        [tie.one_id, tie.other_id, tie.is_together]
        for tie in ties
        if {tie.one_id, tie.other_id} <= known
    ]
    return content_hash({"members": [list(one) for one in members], "ties": held})


def _pairs(
    ties: Iterable[Tie], place_of: dict[int, int], *, is_together: bool
) -> list[tuple[int, int]]:
    return [
        (place_of[tie.one_id], place_of[tie.other_id])
        for tie in ties
        if tie.is_together == is_together and tie.one_id in place_of and tie.other_id in place_of
    ]


def _before(grouping: Grouping, rows: Sequence[Submission]) -> Groups | None:
    """Return the groups as they stand, in the order of the rows: so that they stay themselves."""
    if not grouping.labels:
        return None
    labels = [grouping.labels.get(str(row.pk), ALONE) for row in rows]
    places = [grouping.places.get(str(row.pk), [np.nan, np.nan]) for row in rows]
    most = max((int(label) for label in grouping.names), default=ALONE)
    names = [grouping.names.get(str(label), []) for label in range(most + 1)]
    return Groups(np.array(labels, np.int64), names, np.array(places, np.float32).reshape(-1, 2))


@dataclass(frozen=True)
class Move:
    """Which suggestions leave their group, and for which (NEW for one of their own)."""

    chosen: Sequence[int]
    source: int
    target: int


@transaction.atomic
def move(grouping: Grouping, move: Move, *, by: User) -> None:
    """Put suggestions into another group: at once on the page, for good by ties."""
    held = Grouping.objects.select_for_update().get(pk=grouping.pk)
    chosen = _allowed(held, move.chosen, by=by)
    others = [pk for pk in _of_group(held, move.source) if pk not in chosen]
    target = [pk for pk in _of_group(held, move.target) if pk not in chosen]
    if move.target != NEW and not target:
        raise Refused(_("目标组里已经没有建议，请另选一组。"))
    _undo_between(held.call, chosen, others, is_together=True, by=by)
    _undo_between(held.call, chosen, target, is_together=False, by=by)
    _undo_between(held.call, chosen, chosen, is_together=False, by=by)
    wanted = [*pairwise(chosen)] + ([(chosen[0], target[0])] if target else [])
    apart = [(pk, others[0]) for pk in chosen] if others else []
    _tie(held.call, wanted, apart, by=by)
    label = max((int(one) for one in held.labels.values()), default=0) + 1
    label = label if move.target == NEW else move.target
    held.labels |= {str(pk): label for pk in chosen}
    held.save(update_fields=["labels"])


@transaction.atomic
def set_apart(grouping: Grouping, pks: Sequence[int], *, by: User) -> None:
    """Say that these do not belong in one group, whichever they come to stand in."""
    chosen = _allowed(grouping, pks, by=by)
    if not 2 <= len(chosen) <= MOST_APART:
        raise Refused(_("请选 2 到 %(most)d 条来分开。") % {"most": MOST_APART})
    _undo_between(grouping.call, chosen, chosen, is_together=True, by=by)
    _tie(grouping.call, [], list(combinations(chosen, 2)), by=by)


@transaction.atomic
def undo_tie(call: Call, pk: int, *, by: User) -> None:
    """Take a tie back; twice is once."""
    tie = Tie.objects.select_for_update().filter(pk=pk, call=call).first()
    if tie is None:
        raise Refused(_("没有这条人工调整。"))
    both = Suggestion.objects.filter(pk__in=[tie.one_id, tie.other_id])
    if not all(rules.has_perm("suggestions.judge_likeness", by, one) for one in both):
        raise NotAllowed(_("只有正在办理这些建议的处室和规划处可以调整分组。"))
    if tie.undone_at is None:
        _undo(Tie.objects.filter(pk=tie.pk), by=by)


def _allowed(grouping: Grouping, pks: Sequence[int], *, by: User) -> list[int]:
    """Return the chosen ones in one order; everybody's rights are asked for each."""
    rows = list(members_of(grouping.call, grouping.office).filter(pk__in=pks))
    if not rows:
        raise Refused(_("请先勾选建议。"))
    if not all(rules.has_perm("suggestions.judge_likeness", by, one) for one in rows):
        raise NotAllowed(_("只有正在办理这些建议的处室和规划处可以调整分组。"))
    return [row.pk for row in rows if str(row.pk) in grouping.labels]


def _of_group(grouping: Grouping, label: int) -> list[int]:
    """Return the members a group has now, those of the first number first."""
    stand = set(members_of(grouping.call, grouping.office).values_list("pk", flat=True))
    found = (int(pk) for pk, one in grouping.labels.items() if one == label)
    return sorted(pk for pk in found if pk in stand)


def _tie(call: Call, together: Any, apart: Any, *, by: User) -> None:
    now = database_now()
    for pairs, is_together in ((together, True), (apart, False)):
        for pair in pairs:
            one, other = sorted(pair)
            facts = {"is_together": is_together, "tied_by": by, "tied_at": now, "call": call}
            Tie.objects.update_or_create(one_id=one, other_id=other, undone_at=None, defaults=facts)
            _tell(one, other, is_together, by=by)
    _check(call, by=by)


def _tell(one: int, other: int, is_together: bool, *, by: User) -> None:
    rows = Suggestion.objects.in_bulk([one, other])
    for here, there in ((one, other), (other, one)):
        data = {"other": there, "together": is_together}
        events.record("tie", rows[here], by=by, data=data)


def _check(call: Call, *, by: User) -> None:
    """Refuse ties that cannot all hold, naming the two that contradict each other, if they may be.

    Who reads everything ties across offices; a title is told to nobody who may not open it.
    """
    ties = ties_of(call)
    pks = sorted({pk for tie in ties for pk in (tie.one_id, tie.other_id)})
    place_of = {pk: place for place, pk in enumerate(pks)}
    try:
        bind(
            len(pks),
            _pairs(ties, place_of, is_together=True),
            _pairs(ties, place_of, is_together=False),
        )
    except Contradiction as found:
        apart = [pks[place] for place in found.apart]
        titles = visible_to(by, SUGGESTIONS).in_bulk(apart)
        one, other = (titles.get(pk) or _("另一处室的建议") for pk in apart)
        facts = {"one": one, "other": other}
        raise Refused(
            _("与以前的调整矛盾：“%(one)s”和“%(other)s”已定为分开。请先撤销那一条。") % facts
        ) from found


def _undo_between(
    call: Call, some: Sequence[int], others: Sequence[int], *, is_together: bool, by: User
) -> None:
    between = Q(one__in=some, other__in=others) | Q(one__in=others, other__in=some)
    _undo(Tie.objects.filter(between, call=call, is_together=is_together, undone_at=None), by=by)


def _undo(ties: Any, *, by: User) -> None:
    for tie in ties.select_related("one", "other").order_by("pk"):
        for here, there in ((tie.one, tie.other), (tie.other, tie.one)):
            events.record("untie", here, by=by, data={"other": there.pk})
    ties.update(undone_by=by, undone_at=database_now())
