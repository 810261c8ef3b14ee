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
_COMPACT: dict[str, Any] = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
# From here on the order of code points is not the order of UTF-16, which RFC 8785 asks for.
SURROGATES = "\ud800"


def canonical(value: Any) -> bytes:
    """Return the one JSON spelling of `value` (RFC 8785).

    Dates, times, decimals, UUIDs and lazy texts become text first. Raises ValueError for what no
    two programs read alike: NaN, infinity, integers of 2^53 and more, keys that are not text.
    """
    try:
        if _is_spelled_alike(value):
            # Python's own encoder is many times as quick, and people wait for their receipts.
            return json.dumps(value, **_COMPACT).encode()
        return rfc8785.dumps(_as_json(value))
    except RecursionError as deep:
        raise ValueError("too deep for JSON") from deep


def _is_spelled_alike(value: Any) -> bool:
    """Whether Python's `json` spells the value as RFC 8785 does; says no where it is not sure."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return abs(value) < 2**53
    if kind is dict:
        return all(
            type(key) is str and (key.isascii() or max(key) < SURROGATES) and _is_spelled_alike(one)
            for key, one in value.items()
        )
    return (kind is list or kind is tuple) and all(map(_is_spelled_alike, value))


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
    return json.dumps(value, cls=_Encoder, **_COMPACT).encode()


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
