"""Numbers that name a person for life: stored as a cipher, compared by a keyed hash.

Both keys are made from one secret of the installation, which stands in no database and no dump:
who gets the tables alone reads no number and cannot try all of them. Deleting the row is
forgetting, because nothing else keeps the number.
"""

import hmac
import os
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, as AES-GCM wants them


class Unreadable(Exception):
    """The cipher was made with another secret, for another purpose, or has been changed."""


@cache
def _key(secret: str, use: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"xinghai {use}".encode())
    return derived.derive(secret.encode())


def encrypt(text: str, *, purpose: str) -> bytes:
    """Return the nonce and the cipher of a text; it is read again with the same purpose alone."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_key(settings.PERSONAL_KEY, "cipher"))
    return nonce + sealed.encrypt(nonce, text.encode(), purpose.encode())


def decrypt(cipher: bytes, *, purpose: str) -> str:
    """Return the text of a cipher; raises Unreadable."""
    sealed, cipher = AESGCM(_key(settings.PERSONAL_KEY, "cipher")), bytes(cipher)
    try:
        return sealed.decrypt(cipher[:NONCE], cipher[NONCE:], purpose.encode()).decode()
    except (InvalidTag, ValueError) as bad:
        raise Unreadable from bad


def keyed_hash(text: str, *, purpose: str) -> str:
    """Return 64 hexadecimal digits that are the same for the same text and purpose."""
    key = _key(settings.PERSONAL_KEY, "hash")
    return hmac.new(key, f"{purpose}:{text}".encode(), sha256).hexdigest()
