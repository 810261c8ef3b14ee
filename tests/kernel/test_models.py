"""Records name themselves in a log and in a failed test, without another query."""

from datetime import date
from uuid import UUID

import pytest
from django.db.models import Model

from xinghai.kernel.models import (
    CalendarDay,
    CalendarYear,
    ChangeCount,
    Counter,
    Event,
    EventDetail,
    FileChunk,
    IdempotencyKey,
    Message,
    MessagePreference,
    Seal,
    StoredFile,
)

FILE = UUID(int=7)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            Event(subject_type="accounts.user", subject_id=3, verb="look"),
            "accounts.user:3 look",
        ),
        (EventDetail(event_id=5), "detail of event 5"),
        (Seal(last_event_id=9, root=b"\x01\x02"), "#9 0102"),
        (Counter(series="2024", value=4), "2024: 4"),
        (ChangeCount(topic="calls_call", tally=3), "calls_call: 3"),
        (IdempotencyKey(operation="submit", key="k"), "submit k"),
        (Message(subject_text="有变化", body_text="", parameters={}), "有变化"),
        (MessagePreference(topic="accounts.units", mail="daily"), "accounts.units: daily"),
        (StoredFile(name="承诺书.pdf"), "承诺书.pdf"),
        (FileChunk(file_id=FILE, offset=20), f"{FILE}@20"),
        (CalendarDay(date=date(2024, 2, 12), name="春节"), "2024-02-12 春节"),
        (CalendarYear(year=2024), "2024"),
    ],
)
def test_a_record_names_itself(record: Model, said: str) -> None:
    assert str(record) == said
