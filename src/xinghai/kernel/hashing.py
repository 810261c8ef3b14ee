"""Content hashes: canonical JSON and the digest of the trail and of receipts."""

import json
from decimal import Decimal
from typing import Any

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


def canonical(value: Any) -> bytes:
    """Return the one JSON spelling of `value`: sorted keys, no spaces, UTF-8."""
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
