"""The groups of a call as a reader of the bureau sees them: a list, one group, the map."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from xinghai.accounts.models import Office, User
from xinghai.calls.models import Call
from xinghai.kernel.processes import State
from xinghai.submissions.models import Submission, SubmissionQuerySet
from xinghai.submissions.selectors import READERS_OF_ALL, received, visible_to
from xinghai.suggestions.models import Grouping, Suggestion, Tie
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.states import DECLINED, MERGED, SUGGESTION

# What is decided away is not drafted from; it stays out of the groups.
LEFT_OUT = (MERGED, DECLINED)
# A computation that has not come back by then will not.
PATIENCE = timedelta(minutes=10)
FEWEST = 3
TONES = 5
NAMED_BY = 3
# The map in the units of its drawing, and a margin so that no point is cut.
WIDTH, HEIGHT, MARGIN = 1000, 560, 30
MOST_POINTS = 1_500


@dataclass(frozen=True)
class Member:
    """One suggestion of a group; the map's place in the units of the drawing."""

    suggestion: Submission
    label: int
    tone: int
    x: float
    y: float

    @property
    def state(self) -> State:
        return self.suggestion.shown_state


@dataclass(frozen=True)
class Group:
    """A group with its name; `number` is what the map and the list call it."""

    label: int
    number: int
    tone: int
    name: str
    members: list[Member]
    states: list[tuple[Any, int]]
    x: float
    y: float


@dataclass(frozen=True)
class Grouped:
    """Everything the page shows; `waiting` have come since the groups were made."""

    grouping: Grouping | None
    groups: list[Group]
    waiting: int
    total: int

    @property
    def finding(self) -> str:
        """The map's title says what is to be seen on it."""
        if not self.groups:
            return ""
        facts = {
            "total": self.total - self.waiting,
            "count": len(self.groups),
            "name": self.groups[0].name,
            "most": len(self.groups[0].members),
        }
        return (
            _("%(total)d 条建议分成 %(count)d 组，最大的一组是“%(name)s”，有 %(most)d 条") % facts
        )


def office_of(user: User) -> Office | None:
    """Return whose groups this person sees: who reads everything, the bureau's."""
    return None if set(user.roles) & READERS_OF_ALL else user.office


def grouping_of(call: Call, office: Office | None) -> Grouping | None:
    return (
        Grouping.objects.filter(call=call, office=office).select_related("call", "office").first()
    )


def members_of(call: Call, office: Office | None) -> SubmissionQuerySet:
    """Return what is grouped: received, not decided away, of one office or of all."""
    rows = Suggestion.objects.filter(received(SUGGESTIONS), call=call).exclude(state__in=LEFT_OUT)
    chosen: SubmissionQuerySet = rows if office is None else rows.filter(office=office)
    return chosen.order_by("pk")


def is_running(grouping: Grouping | None, now: datetime) -> bool:
    """Asked for, not yet answered, and not long enough ago to have failed."""
    if grouping is None or grouping.asked_at is None:
        return False
    answered = grouping.computed_at is not None and grouping.computed_at >= grouping.asked_at
    return not answered and now - grouping.asked_at < PATIENCE


def has_failed(grouping: Grouping | None, now: datetime) -> bool:
    if grouping is None or grouping.asked_at is None or is_running(grouping, now):
        return False
    return grouping.computed_at is None or grouping.computed_at < grouping.asked_at


def groups_for(user: User, call: Call) -> Grouped:
    """Return the groups with the members this reader may see now, the largest first."""
    grouping = grouping_of(call, office_of(user))
    rows = members_of(call, office_of(user)) & visible_to(user, SUGGESTIONS)
    found = list(rows.with_names().defer("answers"))
    if grouping is None:
        return Grouped(None, [], 0, len(found))
    by_label: dict[int, list[Submission]] = defaultdict(list)
    for row in found:
        by_label[grouping.labels.get(str(row.pk), -1)].append(row)
    waiting = len(by_label.pop(-1, []))
    scale = _scale(
        [grouping.places[str(row.pk)] for row in found if str(row.pk) in grouping.places]
    )
    ordered = sorted(by_label.items(), key=lambda one: (-len(one[1]), one[0]))
    strange = _strange(grouping, user, {row.pk for row in found})
    groups = [
        _group(grouping, label, number, rows, scale, has_name=label not in strange)
        for number, (label, rows) in enumerate(ordered, 1)
    ]
    return Grouped(grouping, groups, waiting, len(found))


def _strange(grouping: Grouping, user: User, here: set[int]) -> set[int]:
    """Return the groups named with words of somebody this reader may not see any more."""
    gone = {int(pk) for pk in grouping.labels} - here
    if gone:
        gone -= set(visible_to(user, SUGGESTIONS).filter(pk__in=gone).values_list("pk", flat=True))
    return {grouping.labels[str(pk)] for pk in gone}


@dataclass(frozen=True)
class _Scale:
    """From the map's own measures to the drawing's: half by distance, half by order.

    A lonely group far out would else press all the others into a corner.
    """

    across: list[float]
    down: list[float]

    def place(self, point: Sequence[float]) -> tuple[float, float]:
        wide, high = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
        x = MARGIN + _share(point[0], self.across) * wide
        y = MARGIN + _share(point[1], self.down) * high
        return round(x, 1), round(y, 1)


def _share(value: float, known: list[float]) -> float:
    if known[0] == known[-1]:
        return 0.5
    far = (value - known[0]) / (known[-1] - known[0])
    return (far + bisect_left(known, value) / (len(known) - 1)) / 2


def _scale(points: Collection[Sequence[float]]) -> _Scale:
    across, down = (sorted(point[axis] for point in points) for axis in (0, 1))
    return _Scale(across or [0.0], down or [0.0])


def _group(
    grouping: Grouping,
    label: int,
    number: int,
    rows: list[Submission],
    scale: _Scale,
    *,
    has_name: bool,
) -> Group:
    tone = (number - 1) % TONES + 1
    places = [scale.place(grouping.places[str(row.pk)]) for row in rows]
    counts = Counter(row.state for row in rows)
    return Group(
        label,
        number,
        tone,
        (has_name and name_of(grouping, label)) or rows[0].title,
        [Member(row, label, tone, *place) for row, place in zip(rows, places, strict=True)],
        [(SUGGESTION.state_by_name[state], count) for state, count in counts.most_common()],
        round(sum(x for x, _y in places) / len(places), 1),
        round(sum(y for _x, y in places) / len(places), 1),
    )


def name_of(grouping: Grouping, label: int) -> str:
    phrases = grouping.names.get(str(label), [])
    return _("、").join(phrases[:NAMED_BY])


def ties_of(call: Call) -> list[Tie]:
    """Return every tie of a call that holds."""
    return list(Tie.objects.filter(call=call, undone_at=None).order_by("pk"))


def ties_seen(call: Call, pks: Collection[int]) -> list[Tie]:
    """Return the ties between suggestions a reader sees, the newest first."""
    seen = Q(one__in=pks) & Q(other__in=pks)
    rows = Tie.objects.filter(seen, call=call, undone_at=None)
    return list(rows.select_related("one", "other", "tied_by").order_by("-pk"))
