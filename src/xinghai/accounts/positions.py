"""Where people worked at the bureau when something happened: as of then, not of now."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from xinghai.accounts.models import Appointment, Office


class Positions:
    """The appointments at the bureau of some people, read in one query when first asked."""

    def __init__(self, user_ids: Iterable[int | None]) -> None:
        self._wanted = {one for one in user_ids if one is not None}
        self._held: dict[int, list[Appointment]] | None = None

    def was_staff(self, user_id: int | None, at: datetime) -> bool:
        """Whether the person worked at the bureau at a moment."""
        return any(one.holds_at(at) for one in self._of(user_id))

    def office(self, user_id: int | None, at: datetime) -> Office | None:
        """Return the office the person worked in at a moment."""
        held = (one.office for one in self._of(user_id) if one.holds_at(at))
        return next((office for office in held if office is not None), None)

    def _of(self, user_id: int | None) -> list[Appointment]:
        if self._held is None:
            self._held = defaultdict(list)
            rows = Appointment.objects.filter(user__in=self._wanted).of_bureau()
            for row in rows.select_related("office").order_by("begins_at", "pk"):
                self._held[row.user_id].append(row)
        return [] if user_id is None else self._held.get(user_id, [])
