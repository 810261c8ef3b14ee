"""Writing calls: load a definition, publish, call off, remember a decision of the triage."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xinghai.accounts.models import Office, User
from xinghai.accounts.services import ensure_offices
from xinghai.calls.checking import examine_composition
from xinghai.calls.choosing import rules_of, spans_of
from xinghai.calls.composing import Composition, Finding
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
from xinghai.calls.states import DRAFT, NOTICE, REMEMBERED
from xinghai.calls.tasks import index_later
from xinghai.calls.years import join_years, programme_of
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.hashing import content_hash, is_hash_of
from xinghai.kernel.workflow import fire


class DefinitionRefused(Exception):
    """The definition has errors; `findings` names each with file, line and cell."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def load_call(made: Composition, *, by: User | None = None, publish: bool = False) -> Call:
    """Store a composed definition; the same definition again changes nothing.

    Forms that changed get a new version and the old one stays, because records point at it.
    What the definition no longer lists stays too, closed for new records. `publish` takes a
    notice that has already been issued straight to 已发布. Raises DefinitionRefused.
    """
    errors = [one for one in examine_composition(made) if one.severity == "error"]
    if errors:
        raise DefinitionRefused(errors)
    definition, digest = made.data, content_hash(made.data)
    with transaction.atomic():
        now = database_now()
        call, old = _stored(made, digest, now)
        if old != digest:
            CallDefinition.objects.update_or_create(call=call, defaults={"content": definition})
            _load_offices(call, definition)
            _load_domains(call, definition)
            _load_categories(call, definition)
            _load_windows(call, definition)
            _load_routes(call, definition)
            for key, data in definition["forms"].items():
                store_form(call, key, data, at=now)
            join_years(call)
            events.record("load", call, by=by, data={"old": old, "new": digest})
        if publish and call.state == DRAFT:
            fire("take_issued" if by is None else "publish", call, by=by)
        index_later(call.code)
    return call


@transaction.atomic
def publish_call(call: Call, *, by: User) -> None:
    fire("publish", call, by=by)
    index_later(call.code)


@transaction.atomic
def cancel_call(call: Call, *, by: User, reason: str) -> None:
    fire("cancel", call, by=by, reason=reason)
    index_later(call.code)


@transaction.atomic
def remember_route(
    call: Call, category: Category, domain: Domain | None, *, office: Office, by: User
) -> Route:
    """Make the triage's decision this call's rule for the same type and domain."""
    route, _created = Route.objects.update_or_create(
        call=call,
        category=category,
        domain=domain,
        origin=REMEMBERED,
        defaults={"office": office, "source": f"{by.name} {database_now():%Y-%m-%d}"},
    )
    cell = {"category": category.code, "domain": domain.code if domain else ""}
    events.record("remember_route", call, by=by, data={**cell, "office": office.code})
    return route


def _stored(made: Composition, digest: str, now: datetime) -> tuple[Call, str]:
    """The call's row with its columns brought up to date, locked, and the hash it had before.

    An issued call stays of its kind: what came in under it is the records of one process.
    """
    definition = made.data
    facts = {
        "kind": definition["kind"],
        "title": definition["title"],
        "title_en": definition["title_en"],
        "plan_year": definition["plan_year"],
        "issued_on": date.fromisoformat(definition["issued"]),
        "definition_hash": digest,
        "endorsed_kinds": definition["endorsed_kinds"],
        "recommended_kinds": definition.get("recommended_kinds", []),
    }
    call, created = Call.objects.get_or_create(
        code=definition["code"], defaults={**facts, "loaded_at": now}
    )
    if created:
        call.programme = programme_of(definition)
        call.save(update_fields=["programme"])
        return call, ""
    call = Call.objects.select_for_update().get(pk=call.pk)
    old = call.definition_hash
    if call.kind != definition["kind"] and call.state != DRAFT:
        message = f"the call has been issued as {call.kind!r} and stays so"
        raise DefinitionRefused([Finding(made.source.key("", "kind"), "kind", message)])
    if old != digest:
        facts |= {"programme": programme_of(definition), "loaded_at": now}
        for name, value in facts.items():
            setattr(call, name, value)
        call.save(update_fields=list(facts))
    return call, old


def _stored_rows(
    model: type[Any], call: Call, key: str, wanted: Mapping[Any, Mapping[str, Any]]
) -> dict[Any, Any]:
    """Make and change the call's rows of one model until they are as wanted; return them by key.

    Three statements however many rows there are. Rows that are not wanted stay as they are.
    """
    known = {getattr(one, key): one for one in model.objects.filter(call=call)}
    new = [model(call=call, **{key: one}, **wanted[one]) for one in wanted if one not in known]
    changed = []
    for one, row in known.items():
        facts = wanted.get(one, {})
        if any(getattr(row, name) != value for name, value in facts.items()):
            vars(row).update(facts)
            changed.append(row)
    model.objects.bulk_create(new)
    if changed:
        model.objects.bulk_update(changed, list(next(iter(wanted.values()))))
    return known | {getattr(one, key): one for one in new}


def _load_offices(call: Call, definition: Mapping[str, Any]) -> None:
    offices = ensure_offices(definition["offices"])
    wanted = {
        offices[one["code"]].pk: {
            "landline": one["landline"],
            "duties": one.get("duties", ""),
            "duties_en": one.get("duties_en", ""),
            "position": position,
        }
        for position, one in enumerate(definition["offices"])
    }
    _stored_rows(CallOffice, call, "office_id", wanted)
    call.offices.exclude(office__in=wanted).delete()


def _load_domains(call: Call, definition: Mapping[str, Any]) -> None:
    wanted = {
        one["code"]: {
            "name": one["name"],
            "name_en": one["name_en"],
            "is_listed": True,
            "position": position,
        }
        for position, one in enumerate(definition["domains"])
    }
    _stored_rows(Domain, call, "code", wanted)
    call.domains.exclude(code__in=wanted).update(is_listed=False)


def _load_categories(call: Call, definition: Mapping[str, Any]) -> None:
    wanted = {
        one["code"]: {
            "name": one["name"],
            "name_en": one["name_en"],
            "form_key": one.get("form", ""),
            "allowed_kinds": one.get("allowed_kinds", []),
            "joint": one.get("joint", {}),
            "is_accepting": bool(one.get("form")) and one.get("accepting", True),
            "position": position,
        }
        for position, one in enumerate(definition["categories"])
    }
    rows = _stored_rows(Category, call, "code", wanted)
    above = {one["code"]: one.get("parent", "") for one in definition["categories"]}
    parents = {code: {"parent_id": rows[up].pk if up else None} for code, up in above.items()}
    _stored_rows(Category, call, "code", parents)
    call.categories.exclude(code__in=wanted).update(is_accepting=False)


def _load_windows(call: Call, definition: Mapping[str, Any]) -> None:
    call.windows.all().delete()
    Window.objects.bulk_create(
        Window(
            call=call,
            kind=span.kind,
            name=span.name,
            name_en=span.name_en,
            opens_at=span.opens_at,
            closes_at=span.closes_at,
            pool_tag=span.pool,
            purpose=span.purpose,
        )
        for span in spans_of(definition)
    )


def _load_routes(call: Call, definition: Mapping[str, Any]) -> None:
    """The notice's rules are replaced whole; what the triage remembered stays."""
    categories = {one.code: one for one in call.categories.all()}
    domains = {one.code: one for one in call.domains.all()}
    offices = {one.office.code: one.office for one in call.offices.select_related("office")}
    call.routes.filter(origin=NOTICE).delete()
    Route.objects.bulk_create(
        Route(
            call=call,
            category=categories.get(rule.category),
            domain=domains.get(rule.domain),
            office=offices.get(rule.office),
            proposed=offices.get(rule.proposed),
            source=rule.source,
            field=rule.field,
            value=rule.value,
        )
        for rule in rules_of(definition)
    )


def store_form(call: Call | None, key: str, data: dict[str, Any], *, at: datetime) -> CallForm:
    """Store a form; the same content again is the same row, another is its next version.

    A process that takes records without a call stores its forms under None. One by one: a form
    is a long text, and several in one array are slow to write.
    """
    versions = CallForm.objects.filter(call=call, key=key).order_by("-version")
    last, digest = versions.defer("definition").first(), content_hash(data)
    if last and (last.definition_hash == digest or is_hash_of(last.definition_hash, data)):
        return last
    return CallForm.objects.create(
        call=call,
        key=key,
        version=last.version + 1 if last else 1,
        definition=data,
        definition_hash=digest,
        created_at=at,
    )
