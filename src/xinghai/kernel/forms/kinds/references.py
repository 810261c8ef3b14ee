from collections.abc import Iterator
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Fault, Kind, are_texts
from xinghai.kernel.forms.kinds.texts import count_faults
from xinghai.kernel.forms.typed import count_characters, normal

_ORGANISATION = ("id", "name", "uscc", "kind")


class RefKind(Kind):
    """`{"id": …, "label": …}`: the record pointed at and how it was called at that moment.

    The label is kept so that an old record reads the same after its target is renamed.
    """

    name = "ref"
    limits = frozenset({"max_chars", "refers_to"})
    missing = wording.MISSING_CHOICE

    def empty(self, field: Field) -> Any:
        return {}

    def is_empty(self, value: Any) -> bool:
        return super().is_empty(value) or (isinstance(value, dict) and not any(value.values()))

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, dict) and are_texts(value.values())

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str):
            return {"id": "", "label": normal(raw)} if raw.strip() else {}
        if not isinstance(raw, dict):
            return raw
        label = raw.get("label") or raw.get("name") or ""
        kept = {"id": normal(str(raw.get("id") or "")), "label": normal(str(label))}
        return kept if any(kept.values()) else {}

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, dict) or not isinstance(value.get("label", ""), str):
            yield Fault(wording.NOT_A_CHOICE)
            return
        count = count_characters(value.get("label", ""))
        if field.max_chars is not None and count > field.max_chars:
            yield Fault(wording.TOO_LONG.fill(count=count, limit=field.max_chars))

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, dict):
            return super().display(value, field, language)
        return str(value.get("label") or value.get("id") or "")


class MultiRefKind(RefKind):
    name = "multi_ref"
    limits = frozenset({"min_items", "max_items", "refers_to"})
    in_table = False
    _one = RefKind()

    def empty(self, field: Field) -> Any:
        return []

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, list) and all(map(self._one.is_typed, value))

    def parse(self, raw: Any, field: Field) -> Any:
        raw = [raw] if isinstance(raw, str | dict) else raw
        if not isinstance(raw, list):
            return raw
        return [one for one in (self._one.read(each, field) for each in raw) if one]

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(wording.NOT_A_CHOICE)
            return
        for each in value:
            yield from self._one.problems(each, field, context)
        yield from count_faults(value, field)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, list):
            return super().display(value, field, language)
        joint = ", " if language.startswith("en") else "、"
        return joint.join(self._one.display(one, field, language) for one in value)


class OrgRefKind(Kind):
    """`{"id", "name", "uscc", "kind"}`; a unit without id is not registered, its kind unknown."""

    name = "org_ref"
    limits = frozenset({"max_chars"})

    def empty(self, field: Field) -> Any:
        return {}

    def is_empty(self, value: Any) -> bool:
        return super().is_empty(value) or (isinstance(value, dict) and not value.get("name"))

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, dict) and are_texts(value.values())

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str):
            raw = {"name": raw}
        if not isinstance(raw, dict):
            return raw
        kept = {key: normal(str(raw.get(key) or "")) for key in _ORGANISATION}
        if not kept["id"]:
            kept["kind"] = ""
        return kept if any(kept.values()) else {}

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, dict) or not isinstance(value.get("name", ""), str):
            yield Fault(wording.NOT_A_CHOICE)
            return
        count = count_characters(value.get("name", ""))
        if field.max_chars is not None and count > field.max_chars:
            yield Fault(wording.TOO_LONG.fill(count=count, limit=field.max_chars))

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, dict):
            return super().display(value, field, language)
        return str(value.get("name") or "")

    def text(self, value: Any, field: Field) -> str:
        if not isinstance(value, dict):
            return super().text(value, field)
        return " ".join(str(value[key]) for key in ("name", "uscc") if value.get(key))


class FileKind(Kind):
    """A list of `{"id", "name"}` of uploads; size and type are read from the context.

    The name is kept so that an old record still says what was attached.
    """

    name = "file"
    limits = frozenset({"accept", "max_megabytes", "min_items", "max_items"})
    in_table = False
    missing = wording.MISSING_FILE

    def empty(self, field: Field) -> Any:
        return []

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, list) and all(
            isinstance(one, dict) and are_texts(one.values()) for one in value
        )

    def parse(self, raw: Any, field: Field) -> Any:
        raw = [raw] if isinstance(raw, str | int) and not isinstance(raw, bool) else raw
        if not isinstance(raw, list):
            return raw
        pairs = [one if isinstance(one, dict) else {"id": one} for one in raw]
        return [
            {"id": str(one["id"]), "name": normal(str(one.get("name") or ""))}
            for one in pairs
            if one.get("id")
        ]

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            yield Fault(wording.NOT_A_CHOICE)
            return
        yield from count_faults(value, field)
        for one in value if context.files is not None else ():
            yield from self._file_faults(str(one.get("id")), field, context)

    def _file_faults(self, file_id: str, field: Field, context: Context) -> Iterator[Fault]:
        facts = (context.files or {}).get(file_id)
        if facts is None:
            yield Fault(wording.FILE_UNKNOWN)
            return
        ending = facts.name.rpartition(".")[2].lower()
        if field.accept and ending not in field.accept:
            accepted = ", ".join(field.accept)
            yield Fault(wording.FILE_TYPE.fill(name=facts.name, accept=accepted))
        if field.max_megabytes is not None and facts.size > field.max_megabytes * 1024 * 1024:
            yield Fault(wording.FILE_LARGE.fill(name=facts.name, limit=field.max_megabytes))

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, list):
            return super().display(value, field, language)
        names = (one.get("name") or one.get("id") for one in value if isinstance(one, dict))
        return "\n".join(str(name) for name in names)

    def prefill(self, value: Any, field: Field) -> Any:
        """A file belongs to the record it was uploaded to."""
        return []
