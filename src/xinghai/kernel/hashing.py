"""Content hashes: RFC 8785 JSON, and the digest of the trail and of receipts.

RFC 8785 says how every JSON value is spelled, so that anybody can recompute a hash in any
language. What was hashed before the platform followed it was spelled by Python's `json`
(`former_spelling`); the two differ only in numbers with a fraction or an exponent and in the
order of keys outside the basic plane.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import rfc8785
from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise

ALGORITHMS = {"sm3": hashes.SM3, "sha256": hashes.SHA256}


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, Promise):
            return str(o)
        if isinstance(o, Decimal):
            return format(o, "f")
        return super().default(o)


_ENCODER = _Encoder()


def canonical(value: Any) -> bytes:
    """Return the one JSON spelling of `value` (RFC 8785).

    Dates, times, decimals, UUIDs and lazy texts become text first. Raises ValueError for what no
    two programs read alike: NaN, infinity, integers of 2^53 and more, keys that are not text.
    """
    return rfc8785.dumps(_as_json(value))


def _as_json(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: _as_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(one) for one in value]
    return _ENCODER.default(value)


def former_spelling(value: Any) -> bytes:
    """Return the spelling of hashes made before RFC 8785; only for checking those."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=_Encoder
    )
    return text.encode()


def digest(*parts: bytes) -> bytes:
    """Return the digest of the parts joined, by the configured algorithm (SM3 by default)."""
    running = hashes.Hash(ALGORITHMS[settings.DIGEST]())
    for part in parts:
        running.update(len(part).to_bytes(8, "big"))
        running.update(part)
    return running.finalize()


def content_hash(value: Any) -> str:
    """Return the hexadecimal digest of a JSON-like value, as printed on receipts."""
    return digest(canonical(value)).hex()


def is_hash_of(stored: str, value: Any) -> bool:
    """Whether a stored hash is this value's, in today's spelling or the former one.

    Both spellings are JSON that reads back as the value, so no other value can have either.
    """
    return stored == content_hash(value) or stored == digest(former_spelling(value)).hex()
