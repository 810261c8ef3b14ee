"""What a reader sees of a record's answers: the one way text leaves for anybody's eyes."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from xinghai.accounts.models import User
from xinghai.kernel.forms import Field, FormDefinition
from xinghai.submissions.models import Submission


class Reader(Enum):
    """For whom a text is shown. The index is one, because it shows its texts to other writers."""

    AUTHOR = auto()
    UNIT = auto()
    RECOMMENDER = auto()
    OFFICE = auto()
    PARTNER = auto()
    INDEX = auto()
    PUBLIC = auto()


# Whoever handles the record must reach the person it names; a partner and the index need not.
READABLE = {
    "public": frozenset(Reader),
    "office": frozenset(Reader) - {Reader.PUBLIC},
    "private": frozenset({Reader.AUTHOR, Reader.UNIT, Reader.RECOMMENDER, Reader.OFFICE}),
}


def may_read(field: Field, reader: Reader) -> bool:
    return reader in READABLE[field.publicity]


def redact(form: FormDefinition, answers: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Return the answers this reader may see; what the form does not ask for is nobody's."""
    return {
        field.id: _value(field, answers[field.id], reader)
        for field in form.fields()
        if field.id in answers and may_read(field, reader)
    }


def _value(field: Field, value: Any, reader: Reader) -> Any:
    unseen = {column.id for column in field.columns if not may_read(column, reader)}
    if not unseen or not isinstance(value, list):
        return value
    return [
        {name: cell for name, cell in row.items() if name not in unseen}
        for row in value
        if isinstance(row, dict)
    ]


def readable(field: Field, reader: Reader) -> Field:
    """Return the field with the columns this reader may see."""
    columns = tuple(column for column in field.columns if may_read(column, reader))
    return field if columns == field.columns else replace(field, columns=columns)


def reader_of(submission: Submission, user: User) -> Reader:
    """Return as whom somebody reads a record that `visible_to` shows."""
    if submission.author_id == user.pk:
        return Reader.AUTHOR
    if submission.organisation_id in user.administered_ids:
        return Reader.UNIT
    if any(one.organisation_id in user.unit_ids for one in submission.live_partners):
        return Reader.PARTNER
    return Reader.OFFICE if user.is_staff else Reader.RECOMMENDER
