"""Reading calls: what is open, what a call's page shows, what an organisation may fill in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from xinghai.accounts.models import Office
from xinghai.accounts.rules import is_staff
from xinghai.calls.choosing import Choice, choices_for
from xinghai.calls.models import (
    Call,
    CallDefinition,
    CallForm,
    CallOffice,
    Category,
    Domain,
    Route,
    Window,
)
from xinghai.calls.routing import NoRoute, find_route, rule_of
from xinghai.calls.states import DRAFT, HAND_IN, PUBLISHED
from xinghai.calls.windows import SECOND, CallCancelled, find_window, window_at
from xinghai.kernel.hashing import is_hash_of
from xinghai.kernel.kept_statements import kept, padded

IN_ORDER_OF_CALLS = ("-call__issued_on", "call__code", "opens_at")

_known: dict[str, dict[str, Any]] = {}


def visible_calls(user: Any) -> QuerySet[Call]:
    """Calls this person may see: the issued ones; staff also those being prepared."""
    return Call.objects.all() if is_staff(user) else Call.objects.issued()


def open_calls(now: datetime) -> list[Call]:
    """Published calls that take records at `now`; their windows are fetched with them."""
    return calls_with(_windows_of_open_calls(now=now, second_ago=now - SECOND))


@kept
def _windows_of_open_calls(*, now: datetime, second_ago: datetime) -> QuerySet[Window]:
    holding = _windows_holding(now, second_ago).filter(purpose=HAND_IN, call=OuterRef("call"))
    rows = Window.objects.filter(Exists(holding), call__state=PUBLISHED)
    return rows.select_related("call").order_by(*IN_ORDER_OF_CALLS)


def calls_with(windows: Iterable[Window]) -> list[Call]:
    """Return the calls these windows belong to, in their order, each knowing its windows."""
    by_call: dict[int, list[Window]] = {}
    for window in windows:
        by_call.setdefault(window.call_id, []).append(window)
    for rows in by_call.values():
        rows[0].call.know_windows(rows)
    return [rows[0].call for rows in by_call.values()]


def windows_at(now: datetime, purpose: str = HAND_IN) -> QuerySet[Window]:
    """Windows that hold the moment, as `windows.find_window` judges those of one call."""
    found = _windows_holding(now, now - SECOND)
    if purpose == HAND_IN:
        return found.filter(purpose=purpose)
    own = Window.objects.filter(call=OuterRef("call"), purpose=purpose)
    return found.filter(Q(purpose=purpose) | Q(~Exists(own), purpose=HAND_IN))


def _windows_holding(now: datetime, second_ago: datetime) -> QuerySet[Window]:
    still_open = Q(closes_at__isnull=True) | Q(closes_at__gt=second_ago)
    return Window.objects.filter(still_open, opens_at__lte=now)


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
        return definition_of(self.call)

    def choices(self, organisation_kind: str) -> list[Choice]:
        return list(choices_for(self.definition, organisation_kind))


def call_page(code: str, *, now: datetime, user: Any) -> CallPage | None:
    """Call and windows in one query, without its long definition; None for a stranger to it."""
    found = calls_with(_windows_of_call(code=code)) or list(Call.objects.filter(code=code))
    if not found or (found[0].state == DRAFT and not is_staff(user)):
        return None
    windows = list(found[0].windows.all())
    return CallPage(found[0], windows, find_window(windows, now))


@kept
def _windows_of_call(*, code: str) -> QuerySet[Window]:
    rows = Window.objects.filter(call__code=code).select_related("call")
    return rows.order_by(*IN_ORDER_OF_CALLS)


def definition_of(call: Call) -> dict[str, Any]:
    """The call's definition, read once per process: its hash names its content."""
    return definitions_of([call])[call.pk]


def definitions_of(calls: Iterable[Call]) -> dict[int, dict[str, Any]]:
    """The definitions of these calls; those this process has not read yet in one query."""
    hashes = {call.pk: call.definition_hash for call in calls}
    missing = [pk for pk, digest in hashes.items() if digest not in _known]
    found = {pk: _known[digest] for pk, digest in hashes.items() if digest in _known}
    if missing:
        for row in CallDefinition.objects.filter(pk__in=missing):
            found[row.pk] = row.content
            # Between reading the call and its definition another one may have been loaded.
            if is_hash_of(hashes[row.pk], row.content):
                _known[hashes[row.pk]] = row.content
    return found


def line_of(call: Call, user: Any) -> list[Call]:
    """The other calls of its programme that this person may see, the newest first."""
    if call.programme_id is None:
        return []
    rows = visible_calls(user).filter(programme=call.programme_id).exclude(pk=call.pk)
    return list(rows.only("code", "title", "title_en", "plan_year", "issued_on"))


def categories_for(call: Call, organisation_kind: str) -> list[Choice]:
    """我能报什么: every type of the call, whether this kind may fill it in, and the rule behind."""
    return list(choices_for(definition_of(call), organisation_kind))


def fitting_types(calls: Iterable[Call], organisation_kind: str) -> dict[int, list[Category]]:
    """By call, in one query: the types this kind may fill in; without a kind every type."""
    keys = padded(call.pk for call in calls)
    types: dict[int, list[Category]] = {}
    for category in _fitting_types(organisation_kind, calls=keys) if keys else ():
        types.setdefault(category.call_id, []).append(category)
    return types


@kept
def _fitting_types(organisation_kind: str, *, calls: tuple[int, ...]) -> QuerySet[Category]:
    found = Category.objects.filter(call__in=calls, is_accepting=True).exclude(form_key="")
    if organisation_kind:
        found = found.filter(allowed_kinds__contains=[organisation_kind])
    return found.order_by("call", "position")


def type_named(call: Call, code: str) -> Category | None:
    """A type of a call, with its call and the type above it."""
    found: Category | None = _type_named.one(call=call.pk, code=code)
    return found


@kept
def _type_named(*, call: int, code: str) -> QuerySet[Category]:
    return Category.objects.filter(call=call, code=code).select_related("call", "parent")


def form_named(call: Call, key: str) -> CallForm:
    """The newest version of a form; raises CallForm.DoesNotExist."""
    return call.forms.filter(key=key).latest("version")


def form_of(call: Call, category: Category) -> CallForm:
    """The newest form a new record of this type is begun with.

    Its long definition waits until somebody asks: most processes have parsed it before.
    """
    found: CallForm | None = _newest_form.one(call=call.pk, key=category.form_key)
    if found is None:
        raise CallForm.DoesNotExist
    return found


@kept
def _newest_form(*, call: int, key: str) -> QuerySet[CallForm]:
    rows = CallForm.objects.filter(call=call, key=key).defer("definition")
    return rows.order_by("-version")[:1]


def routes_of(call: Call) -> QuerySet[Route]:
    return call.routes.select_related("category", "domain", "office", "proposed")


def office_for(
    call: Call, category: Category, domain: Domain | None, answers: Mapping[str, Any]
) -> Office | None:
    """The office that receives this, or None where the notice names none."""
    code = domain.code if domain else ""
    line = (category.code, *category.above)
    rows = list(_deciding_routes(call=call.pk, line=line, domain=code))
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
    return _landline.one(call=call.pk, office=office.pk) or ""


@kept
def _landline(*, call: int, office: int) -> QuerySet[Any, Any]:
    rows = CallOffice.objects.filter(call=call, office=office).order_by("pk")
    return rows.values_list("landline", flat=True)[:1]


@kept
def _deciding_routes(*, call: int, line: tuple[str, ...], domain: str) -> QuerySet[Route]:
    of_line = Q(category=None) | Q(category__code__in=line)
    of_domain = Q(domain=None) | Q(domain__code=domain)
    rows = Route.objects.filter(call=call).filter(of_line & of_domain)
    return rows.select_related("category", "domain", "office", "proposed")
