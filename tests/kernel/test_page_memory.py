"""What one process keeps of pages, and the moments at which none of them is true any more."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from xinghai.kernel import turns
from xinghai.kernel.changes import Reading
from xinghai.kernel.page_memory import KeptPage, PageMemory

CITY = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=CITY)


def page(content: bytes) -> KeptPage:
    seen = Reading(NOON, "")
    return KeptPage(content, (), frozenset(), seen, NOON, NOON + timedelta(hours=1))


def test_a_page_larger_than_an_eighth_of_the_memory_is_not_kept() -> None:
    memory = PageMemory(most_bytes=80_000)
    memory.put("large", page(b"x" * 10_001))
    assert (len(memory), memory.bytes, memory.get("large")) == (0, 0, None)
    small = page(b"x" * 1_000)
    memory.put("small", small)
    assert (len(memory), memory.bytes, memory.get("small")) == (1, small.size, small)


def in_an_hour(moment: datetime) -> datetime:
    return moment + timedelta(hours=1)


def test_a_function_named_twice_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_turns", [])
    for _twice in range(2):
        turns.register_turns(f"{__name__}.in_an_hour")
    midnight = datetime(2026, 12, 1, tzinfo=CITY)
    assert turns.next_turns(NOON) == [midnight, NOON + timedelta(hours=1)]
