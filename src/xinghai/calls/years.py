"""What joins a call to the call before it (上一批次): the programme, its types and its fields."""

from collections.abc import Mapping
from typing import Any

from xinghai.calls.models import Call, Category, Domain, Programme

Listed = type[Category] | type[Domain]
LISTS: tuple[tuple[str, Listed], ...] = (
    ("categories", Category),
    ("domains", Domain),
)


def programme_of(definition: Mapping[str, Any]) -> Programme | None:
    """Return the programme a definition names, named as it says; None where it names none."""
    named = definition.get("programme")
    if not named:
        return None
    facts = {"name": named["name"], "name_en": named.get("name_en", "")}
    programme, _made = Programme.objects.update_or_create(code=named["code"], defaults=facts)
    return programme


def join_years(call: Call) -> None:
    """Join a call to the one it names as previous, and to it those that name it.

    The calls may have been loaded in any order: each of a pair looks for the other. A call goes
    on from one issued before it, so that no line of calls comes back to itself.
    """
    _join(call, call.definition)
    naming = Call.objects.filter(definition_row__content__previous=call.code)
    for later in naming.select_related("definition_row").exclude(pk=call.pk):
        _join(later, later.definition)


def _join(call: Call, definition: Mapping[str, Any]) -> None:
    named = definition.get("previous", "")
    earlier = Call.objects.filter(kind=call.kind, issued_on__lt=call.issued_on)
    previous = earlier.filter(code=named).first()
    if call.previous_id != (previous.pk if previous else None):
        call.previous = previous
        call.save(update_fields=["previous"])
    for name, model in LISTS:
        former = {one.code: one for one in model._default_manager.filter(call=previous)}
        same = {one["code"]: one.get("same_as", one["code"]) for one in definition[name]}
        changed: list[Any] = []
        for row in model._default_manager.filter(call=call):
            # A definition copied from last year's still names what that one went on from.
            found = former.get(same.get(row.code, "")) or former.get(row.code)
            if row.same_as_id != (found.pk if found else None):
                vars(row).update(same_as_id=found.pk if found else None)
                changed.append(row)
        if changed:
            model._default_manager.bulk_update(changed, ["same_as"])


def counterpart(model: Listed, call: Call, code: str, of: Call) -> str:
    """Return what a type or field of `call` is called in the call `of`, "" where it is nothing.

    Within the line of calls the relation is followed from the later to the earlier; other calls
    have only the word in common.
    """
    if call.pk == of.pk:
        return code
    if (names := _names_between(model, call, of)) is not None:
        return names.get(code, "")
    if (names := _names_between(model, of, call)) is not None:
        return next((later for later, earlier in names.items() if earlier == code), "")
    return code if model._default_manager.filter(call=of, code=code).exists() else ""


def _names_between(model: Listed, later: Call, earlier: Call) -> dict[str, str] | None:
    """Return the earlier call's code by the later call's; None when neither leads to the other."""
    step, names = later, None
    while step.previous is not None:
        rows = model._default_manager.filter(call=step, same_as__isnull=False)
        pairs = dict(rows.values_list("code", "same_as__code"))
        names = pairs if names is None else {k: pairs[v] for k, v in names.items() if v in pairs}
        step = step.previous
        if step.pk == earlier.pk:
            return names
    return None
