"""Personal data of events, in a row of its own: the chain holds the digest, so it can be erased.

The chain covers a salted digest of the text (reason and private facts) and one of the address.
While a text or address stands, the digest proves it; when it is erased with its salt, the digest
proves nothing about it any more and the chain still holds.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address
from secrets import token_bytes

from django.conf import settings
from django.db import transaction

from xinghai.kernel.hashing import canonical, digest
from xinghai.kernel.models import Event, EventDetail

log = logging.getLogger(__name__)

SALT_BYTES = 16
BATCH = 5_000


def add_detail(event: Event, detail: EventDetail) -> None:
    """Put the detail beside a new event, salted, with its digests in the event.

    An event with nothing to say about anybody gets none.
    """
    if detail.reason or detail.private:
        detail.text_salt = token_bytes(SALT_BYTES)
        event.text_digest = _text_digest(detail)
    if detail.address:
        detail.address_salt = token_bytes(SALT_BYTES)
        event.address_digest = _address_digest(detail)
    if event.text_digest or event.address_digest:
        event.detail = detail


def fits_detail(event: Event) -> bool:
    """Whether what stands beside the event is what was written, or was erased."""
    detail = event.beside
    is_missing = detail._state.adding and bool(event.text_digest or event.address_digest)
    return not is_missing and _fits_text(event, detail) and _fits_address(event, detail)


def _fits_text(event: Event, detail: EventDetail) -> bool:
    if detail.text_erased_at is not None and event.text_digest:
        return not (detail.reason or detail.private)
    expected = _text_digest(detail) if detail.reason or detail.private else b""
    return bytes(event.text_digest) == expected


def _fits_address(event: Event, detail: EventDetail) -> bool:
    if detail.address_erased_at is not None and event.address_digest:
        return detail.address is None
    expected = _address_digest(detail) if detail.address else b""
    return bytes(event.address_digest) == expected


def _text_digest(detail: EventDetail) -> bytes:
    text = canonical({"reason": detail.reason, "private": detail.private})
    return digest(bytes(detail.text_salt), text)


def _address_digest(detail: EventDetail) -> bytes:
    # The octets: PostgreSQL and Python do not write every address the same way.
    return digest(bytes(detail.address_salt), ip_address(detail.address or "").packed)


def erase(events: Iterable[int], *, at: datetime) -> set[int]:
    """Erase texts and addresses of these events (their ids); return those that had any."""
    details = EventDetail.objects.filter(pk__in=events)
    texts = details.filter(text_erased_at=None).exclude(reason="", private={})
    addresses = details.filter(address__isnull=False)
    touched = set(texts.values_list("pk", flat=True)) | set(addresses.values_list("pk", flat=True))
    texts.update(reason="", private={}, text_salt=b"", text_erased_at=at)
    addresses.update(address=None, address_salt=b"", address_erased_at=at)
    return touched


def erase_old_addresses(now: datetime) -> int:
    """Erase the addresses that were kept as long as they must be; return how many.

    Only of events whose hash does not cover the address itself: those of the first format need an
    event that vouches for the rest of them (`events.erase_history`).
    Each batch is a transaction of its own, so that no lock is held for long.
    """
    until, erased = now - timedelta(days=settings.EVENT_ADDRESS_DAYS), 0
    old = EventDetail.objects.filter(
        address__isnull=False, event__format=2, event__at__lt=until
    ).order_by("pk")
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            erased += EventDetail.objects.filter(pk__in=batch).update(
                address=None, address_salt=b"", address_erased_at=now
            )
    if erased:
        log.info("events.addresses_erased count=%s", erased)
    return erased
