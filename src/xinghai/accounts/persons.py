"""Persons (自然人): who somebody is, with an account or without one."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.identity import IdentityKind, masked
from xinghai.kernel.personal_data import Unreadable, decrypt, encrypt, keyed_hash

PURPOSE = "accounts.person"


class PersonQuerySet(models.QuerySet["Person"]):
    def with_number(self, kind: str, country: str, number: str) -> "PersonQuerySet":
        """Return the person of a document, whose number must be cleaned: one or none."""
        return self.filter(id_hash=hash_of(kind, country, number))


class Person(models.Model):
    """A natural person. Not everybody has an account: a team's members and experts may not.

    The number of the identity document stands here as a cipher and as a keyed hash, and nowhere
    else: not in the trail, in messages, in answers, in the index or in logs.
    """

    name = models.CharField(_("姓名"), max_length=60)
    id_kind = models.CharField(_("证件类型"), max_length=20, choices=IdentityKind.choices)
    id_country = models.CharField(_("签发国家或地区"), max_length=2, blank=True)
    id_hash = models.CharField(max_length=64, unique=True)
    id_cipher = models.BinaryField()
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(id_kind=IdentityKind.PASSPORT) | ~Q(id_country=""),
                name="person_passport_has_country",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def set_number(self, number: str) -> None:
        """Store the cleaned number of the document; kind and country are set before."""
        self.id_hash = hash_of(self.id_kind, self.id_country, number)
        self.id_cipher = encrypt(number, purpose=PURPOSE)

    @property
    def number(self) -> str:
        """The whole number, for what must print it; raises Unreadable."""
        return decrypt(bytes(self.id_cipher), purpose=PURPOSE)

    @property
    def masked_number(self) -> str:
        """The number as screens show it; "" when the installation has lost its secret."""
        try:
            return masked(self.number)
        except Unreadable:
            return ""


def hash_of(kind: str, country: str, number: str) -> str:
    """Two people of different countries may have passports of one number."""
    return keyed_hash(f"{kind}:{country}:{number}", purpose=PURPOSE)
