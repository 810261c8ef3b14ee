"""Pages kept in the memory of one process: bounded, the longest unasked go first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.http import HttpResponse

from xinghai.kernel.changes import Reading

MOST_BYTES = 8 * 1024 * 1024
# What an entry takes beside its content: key, headers, counts and the table's own place.
BESIDE = 2_000


@dataclass
class KeptPage:
    """An answer that is the right one from `made_at` until `ends_at` while its tables stand still.

    `seen` is the last reading in which they did.
    """

    content: bytes
    headers: tuple[tuple[str, str], ...]
    tables: frozenset[str]
    seen: Reading
    made_at: datetime
    ends_at: datetime

    def is_true(self, now: Reading) -> bool:
        if not self.made_at <= now.moment < self.ends_at:
            return False
        if now.text != self.seen.text:
            if now.of(self.tables) != self.seen.of(self.tables):
                return False
            self.seen = now
        return True

    def answer(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))

    @property
    def size(self) -> int:
        return len(self.content) + BESIDE


class PageMemory:
    """What one process keeps; its threads share it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: KeptPage) -> None:
        """Keep a page in place of the former one; a page larger than an eighth is not kept."""
        if page.size > self.most_bytes // 8:
            return
        with self._lock:
            former = self._pages.pop(key, None)
            self.bytes += page.size - (former.size if former else 0)
            self._pages[key] = page
            while self.bytes > self.most_bytes:
                _key, oldest = self._pages.popitem(last=False)
                self.bytes -= oldest.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.bytes = 0
