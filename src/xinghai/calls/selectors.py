"""Reading calls: what is open, what a call's page shows, what an organisation may fill in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from xinghai.accounts.models import Office
from xinghai.accounts.rules import is_staff
from xinghai.calls.choosing import Choice, choices_for
from xinghai.calls.models import Call, CallForm, Category, Domain, Route, Window
from xinghai.calls.routing import NoRoute, find_route, rule_of
from xinghai.calls.states import HAND_IN, PUBLISHED
from xinghai.calls.windows import SECOND, CallCancelled, find_window, window_at


def visible_calls(user: Any) -> QuerySet[Call]:
    """Calls this person may see: the issued ones; staff also those being prepared."""
    return Call.objects.all() if is_staff(user) else Call.objects.issued()


def open_calls(now: datetime) -> list[Call]:
    """Published calls that take records at `now`; their windows are fetched with them."""
    is_open = Exists(windows_at(now).filter(call=OuterRef("pk")))
    found: QuerySet[Call] = Call.objects.published().filter(is_open)
    return list(found.prefetch_related("windows"))


def windows_at(now: datetime, purpose: str = HAND_IN) -> QuerySet[Window]:
    """Windows that hold the moment, as `windows.find_window` judges those of one call."""
    still_open = Q(closes_at__isnull=True) | Q(closes_at__gt=now - SECOND)
    found = Window.objects.filter(still_open, opens_at__lte=now)
    if purpose == HAND_IN:
        return found.filter(purpose=purpose)
    own = Window.objects.filter(call=OuterRef("call"), purpose=purpose)
    return found.filter(Q(purpose=purpose) | Q(~Exists(own), purpose=HAND_IN))


def next_turn(now: datetime) -> datetime | None:
    """Return the next moment at which some window opens, or closes, or has closed; one query."""
    found = Window.objects.aggregate(
        opening=Min("opens_at", filter=Q(opens_at__gte=now)),
        closing=Min("closes_at", filter=Q(closes_at__gte=now)),
        closed=Min("closes_at", filter=Q(closes_at__gte=now - SECOND)),
    )
    closed = found.pop("closed")
    ends = [found["opening"], found["closing"], closed and closed + SECOND]
    return min((one for one in ends if one), default=None)


@dataclass(frozen=True, slots=True)
class CallPage:
    """What the page of a call shows; everything but rows of the table comes from the definition."""

    call: Call
    windows: list[Window]
    window: Window | None

    @property
    def definition(self) -> dict[str, Any]:
        return self.call.definition

    def choices(self, organisation_kind: str) -> list[Choice]:
        return list(choices_for(self.call.definition, organisation_kind))


def call_page(code: str, *, now: datetime, user: Any) -> CallPage | None:
    """The page of a call in two queries, or None for a call this person may not see."""
    calls = visible_calls(user).select_related("definition_row").prefetch_related("windows")
    call = calls.filter(code=code).first()
    if call is None:
        return None
    windows = list(call.windows.all())
    return CallPage(call, windows, find_window(windows, now))


def line_of(call: Call, user: Any) -> list[Call]:
    """The other calls of its programme that this person may see, the newest first."""
    if call.programme_id is None:
        return []
    rows = visible_calls(user).filter(programme=call.programme_id).exclude(pk=call.pk)
    return list(rows.only("code", "title", "title_en", "plan_year", "issued_on"))


def categories_for(call: Call, organisation_kind: str) -> list[Choice]:
    """我能报什么: every type of the call, whether this kind may fill it in, and the rule behind."""
    return list(choices_for(call.definition, organisation_kind))


def fitting_types(calls: Iterable[Call], organisation_kind: str) -> dict[int, list[Category]]:
    """By call, in one query: the types this kind may fill in; without a kind every type."""
    found = Category.objects.filter(call__in=list(calls), is_accepting=True).exclude(form_key="")
    if organisation_kind:
        found = found.filter(allowed_kinds__contains=[organisation_kind])
    types: dict[int, list[Category]] = {}
    for category in found.order_by("call", "position"):
        types.setdefault(category.call_id, []).append(category)
    return types


def form_named(call: Call, key: str) -> CallForm:
    """The newest version of a form; raises CallForm.DoesNotExist."""
    return call.forms.filter(key=key).latest("version")


def form_of(call: Call, category: Category) -> CallForm:
    """The newest form a new record of this type is begun with.

    Its long definition waits until somebody asks: most processes have parsed it before.
    """
    found: CallForm = call.forms.filter(key=category.form_key).defer("definition").latest("version")
    return found


def routes_of(call: Call) -> QuerySet[Route]:
    return call.routes.select_related("category", "domain", "office", "proposed")


def office_for(
    call: Call, category: Category, domain: Domain | None, answers: Mapping[str, Any]
) -> Office | None:
    """The office that receives this, or None where the notice names none."""
    code = domain.code if domain else ""
    line = [category.code, *category.above]
    of_line = Q(category=None) | Q(category__code__in=line)
    of_domain = Q(domain=None) | Q(domain__code=code)
    rows = list(routes_of(call).filter(of_line & of_domain))
    offices = {row.office.code: row.office for row in rows if row.office is not None}
    rules = map(rule_of, rows)
    try:
        found = find_route(rules, category.code, code, above=category.above, answers=answers)
    except NoRoute:
        return None
    return offices[found.office]


def open_window(call: Call, moment: datetime, purpose: str = HAND_IN) -> Window:
    """Return the window open for a purpose; raises CallClosed, also for a cancelled call."""
    if call.state != PUBLISHED:
        raise CallCancelled
    return window_at(call.windows.all(), moment, purpose)


def offices_of(call: Call) -> QuerySet[Office]:
    """Return the offices the call lists: only these may receive what comes in under it."""
    return Office.objects.filter(pk__in=call.offices.values("office")).order_by("name")


def landline_of(call: Call, office: Office) -> str:
    found = call.offices.filter(office=office).values_list("landline", flat=True).first()
    return found or ""
