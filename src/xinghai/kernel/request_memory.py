"""What is read once in a request and asked again: kept until the answer leaves, and no longer."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Kept = TypeVar("Kept")

_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("request_memory", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Within the block `once_per_request` remembers; requests inside one another share nothing."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def request_memory() -> dict[Hashable, Any] | None:
    """Return what this request remembers, to read and write; None outside of one."""
    return _memory.get()


def once_per_request(key: Hashable, make: Callable[[], Kept]) -> Kept:
    """Return what `make` returned first under the key in this request; outside of one, ask anew."""
    memory = _memory.get()
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    kept: Kept = memory[key]
    return kept
