"""What a city lists by itself: its districts, and the titles it grants to organisations.

The rows come from the city's file (`XINGHAI_CITY_FILE`), which `migrate` reads each time. What the
file no longer lists stays for what was written with it and is offered no more.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import models

from xinghai.accounts.city_file import read_city
from xinghai.kernel.humanize import localized, localized_column
from xinghai.kernel.request_memory import once_per_request


class Listed(models.Model):
    """An entry of a list of the city, known by its code."""

    code = models.SlugField(max_length=20, primary_key=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    is_offered = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "code")

    def __str__(self) -> str:
        return localized(self)


class District(Listed):
    """区市县（先导区）. `gb_code` is its number in GB/T 2260; a development zone has none."""

    gb_code = models.CharField(max_length=6, blank=True)


class QualificationKind(Listed):
    """资质: a title that an organisation can hold, such as 高新技术企业."""


def city() -> Mapping[str, Any]:
    """Return the file of the city this platform serves. Raises CityFileRefused."""
    return read_city(str(settings.CITY_FILE))


def options_of(name: str) -> list[dict[str, str]]:
    """Return a list of the city's file as a form's field offers it."""
    return [
        {"value": one["code"], "label": one["name"], "label_en": one["name_en"]}
        for one in city()[name]
    ]


def load_city(apps: Any) -> None:
    """Bring the tables to what the city's file lists; the same file again changes nothing.

    `apps` knows the models as the last migration left them: it may have been an early one.
    """
    listed = city()
    for model, name in ((District, "districts"), (QualificationKind, "qualifications")):
        try:
            known = apps.get_model(model._meta.label)
        except LookupError:
            continue
        _store(known, listed[name])


def _store(model: type[Listed], entries: Sequence[Mapping[str, Any]]) -> None:
    columns = [one.name for one in model._meta.concrete_fields if not one.primary_key]
    rows = [
        model(**entry, is_offered=True, position=position) for position, entry in enumerate(entries)
    ]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=columns
    )
    model._default_manager.exclude(code__in=[one.code for one in rows]).update(is_offered=False)


def offered(name: str) -> list[tuple[str, str]]:
    """Return what a form offers of a list: code and name in the reader's language.

    The file itself is asked, as the forms of notices ask it: nobody waits for a query.
    """
    return [(one["code"], localized_column(one, "name")) for one in city()[name]]


def known_districts() -> list[tuple[str, str]]:
    """Return code and name of every district, also those no longer offered: one query a request."""
    rows = once_per_request("districts", lambda: list(District.objects.all()))
    return [(one.code, str(one)) for one in rows]
