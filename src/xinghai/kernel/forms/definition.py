"""A form as data: what is asked, of whom, with which limits and checks.

Frozen: a definition that was shown to one applicant must read the same for the auditor.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from decimal import Decimal
from typing import Any

from xinghai.kernel.forms.wording import Text

AUDIENCES = ("submitter", "office")
PUBLICITIES = ("public", "office", "private")
PROFILES = ("default", "strict")
SIDES = ("", "provider", "demander", "partner")
# Columns of a record that a field can fill, and the kind the field must be of.
PROMOTIONS = {"": "", "title": "text", "domain": "select", "keywords": "tags", "amount": "decimal"}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    label_en: str = ""
    help: str = ""
    help_en: str = ""

    def name(self, language: str = "zh") -> str:
        return Text(self.label, self.label_en).say(language)


@dataclass(frozen=True, slots=True)
class Condition:
    """Every named subject must match; an empty subject is not asked about."""

    field: str = ""
    values: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    organisation_kind: tuple[str, ...] = ()
    not_organisation_kind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One question. A column of a table is a Field too, without columns of its own."""

    id: str
    kind: str
    label: str
    label_en: str = ""
    help: str = ""
    help_en: str = ""
    why: str = ""
    why_en: str = ""
    example: str = ""
    example_en: str = ""
    source: str = ""
    required: bool = False
    strict: bool = False
    # Asked for by the platform and by no notice: what is missing is a warning.
    advised: bool = False
    # The same of a text's length, or of the number of items or rows; `advice_source` says whose.
    advised_least: int | None = None
    advice_source: str = ""
    readonly: bool = False
    unit: str = ""
    unit_en: str = ""
    min_chars: int | None = None
    max_chars: int | None = None
    min_value: Decimal | None = None
    above: Decimal | None = None
    max_value: Decimal | None = None
    places: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    min_rows: int | None = None
    max_rows: int | None = None
    pattern: str = ""
    accept: tuple[str, ...] = ()
    max_megabytes: int | None = None
    tree: str = ""
    refers_to: str = ""
    statement: str = ""
    statement_en: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple["Field", ...] = ()
    prefill: str = ""
    prefill_from: str = ""
    promote: str = ""
    visible_when: Condition | None = None
    audience: str = "submitter"
    publicity: str = "office"

    @property
    def name(self) -> Text:
        return Text(self.label, self.label_en or self.label)

    def title(self, language: str = "zh") -> str:
        return self.name.say(language)

    def option(self, value: object) -> Option | None:
        return next((option for option in self.options if option.value == value), None)

    def column(self, name: str) -> "Field | None":
        return next((column for column in self.columns if column.id == name), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together. `table` names the table it belongs to; "" is the form's own.

    `side` is who fills it where it is not the author; up to `most` partners stand on that side
    and each confirms the part they fill together.
    """

    id: str
    title: str
    title_en: str = ""
    help: str = ""
    help_en: str = ""
    side: str = ""
    most: int = 1
    table: str = ""
    visible_when: Condition | None = None
    fields: tuple[Field, ...] = ()

    @property
    def name(self) -> Text:
        return Text(self.title, self.title_en or self.title)


@dataclass(frozen=True, slots=True)
class Table:
    """A further table of a form; `form` is the id its definition has on its own."""

    id: str
    form: str
    title: str
    title_en: str = ""
    help: str = ""
    help_en: str = ""
    source: str = ""

    @property
    def name(self) -> Text:
        return Text(self.title, self.title_en or self.title)


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A check as written in the definition; the vocabulary gives it its meaning."""

    check: str
    field: str
    message: str
    message_en: str
    source: str
    severity: str = "block"
    when: Condition | None = None
    parameters: Mapping[str, Any] = member(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormDefinition:
    id: str
    title: str
    title_en: str = ""
    help: str = ""
    help_en: str = ""
    source: str = ""
    profile: str = "default"
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    checks: tuple[CheckSpec, ...] = ()

    @property
    def name(self) -> Text:
        return Text(self.title, self.title_en or self.title)

    def fields(self, audience: str = "") -> Iterator[Field]:
        for section in self.sections:
            for field in section.fields:
                if not audience or field.audience == audience:
                    yield field

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields() if field.id == name), None)

    def names_in(self, table: str) -> frozenset[str]:
        """The ids of the fields that stand in one table; "" is the form's own."""
        return frozenset(
            field.id
            for section in self.sections
            if section.table == table
            for field in section.fields
        )

    def title_of(self, table: str) -> Text:
        """The title under which a table opens."""
        return next((one.name for one in self.tables if one.id == table), self.name)

    @property
    def partner_sides(self) -> frozenset[str]:
        """The sides that have a part of their own: provider, demander, partner."""
        return frozenset(section.side for section in self.sections) - {""}

    def most_on(self, side: str) -> int:
        """How many partners may stand on a side at once."""
        return max((one.most for one in self.sections if one.side == side), default=0)

    def promoted(self, column: str) -> Field | None:
        """The field whose answer fills a column of the record (`PROMOTIONS`).

        Forms from before fields could name their column use the column's name as the field's id.
        """
        named = (field for field in self.fields() if field.promote == column)
        return next(named, None) or self.field(column)

    def requires(self, field: Field) -> bool:
        return field.strict or field.required if self.profile == "strict" else field.required
