"""The city's lists are rows: its file names them, and what it drops stays for what uses it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories import make_organisation, make_user
from xinghai.accounts.city import (
    District,
    QualificationKind,
    known_districts,
    load_city,
    offered,
    options_of,
)
from xinghai.accounts.forms.own import OrganisationForm
from xinghai.kernel.request_memory import one_request

pytestmark = pytest.mark.django_db

ANOTHER_CITY = """
places = ["演示市"]
districts = [
  { code = "high_tech", name = "演示高新区", name_en = "Demo High-tech Zone" },
  { code = "old_town", name = "演示老城区", name_en = "Demo Old Town", gb_code = "999901" },
]
qualifications = [{ code = "demo_star", name = "演示之星", name_en = "Demo Star" }]
"""


@pytest.fixture
def another_city(tmp_path: Path, settings: object) -> None:
    path = tmp_path / "city.toml"
    path.write_text(ANOTHER_CITY, encoding="utf-8")
    settings.CITY_FILE = path  # type: ignore[attr-defined]
    load_city(apps)


def test_the_migrations_have_read_the_citys_file() -> None:
    assert District.objects.get(code="ganjingzi").gb_code == "210211"
    assert District.objects.get(code="high_tech").gb_code == ""  # a development zone has none
    assert str(QualificationKind.objects.get(code="gazelle")) == "瞪羚"
    with translation.override("en"):
        assert str(District.objects.get(code="jinpu")) == "Jinpu New Area"


def test_the_same_file_again_changes_nothing() -> None:
    before = list(District.objects.values())
    load_city(apps)
    assert list(District.objects.values()) == before


@pytest.mark.usefixtures("another_city")
def test_another_city_offers_its_own_lists_and_no_trace_of_the_first() -> None:
    form = OrganisationForm()
    codes = [code for code, _name in form.fields["district"].choices]  # type: ignore[attr-defined]
    assert codes == ["", "high_tech", "old_town"]
    assert offered("qualifications") == [("demo_star", "演示之星")]
    with translation.override("en"):
        assert offered("qualifications") == [("demo_star", "Demo Star")]
    assert [one["value"] for one in options_of("districts")] == ["high_tech", "old_town"]
    assert District.objects.get(code="high_tech").name == "演示高新区"


def test_what_the_file_drops_stays_for_what_was_written_with_it(
    client: Client, request: pytest.FixtureRequest
) -> None:
    head = make_user()
    unit = make_organisation(administrator=head)
    type(unit).objects.filter(pk=unit.pk).update(district="zhuanghe")
    request.getfixturevalue("another_city")
    assert not District.objects.get(code="zhuanghe").is_offered
    client.force_login(head)
    assert "庄河市" in client.get(reverse("accounts:unit")).content.decode()


def test_the_districts_are_read_once_in_a_request(django_assert_num_queries: object) -> None:
    with one_request(), django_assert_num_queries(1):  # type: ignore[operator]
        assert known_districts() == known_districts()


def test_a_district_nobody_knows_is_refused_with_its_name() -> None:
    form = OrganisationForm({"district": "atlantis"})
    assert "atlantis" in str(form.errors["district"])


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("places =", "place =", "places: a list of names is needed"),
        ("districts =", "district =", "districts: a list of tables is needed"),
        ('"old_town"', '"high_tech"', "districts: duplicate code 'high_tech'"),
        ('"old_town"', f'"{"o" * 21}"', "districts, entry 2: code: "),
        ('"old_town"', '"老城"', "districts, entry 2: code: '老城' has other characters"),
        ('name = "演示老城区", ', "", "districts, entry 2: name: missing"),
        ('"999901"', "999901", "districts, entry 2: gb_code: 999901 is not text"),
        ("name_en", "english", "districts, entry 1: english: unknown key"),
        ("[{", "{", "line 7"),
    ],
)
def test_migrate_names_what_is_wrong_with_the_file_and_changes_nothing(
    before: str, after: str, fault: str, tmp_path: Path, settings: object
) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(ANOTHER_CITY.replace(before, after), encoding="utf-8")
    settings.CITY_FILE = path  # type: ignore[attr-defined]
    known = list(District.objects.values())
    with pytest.raises(CommandError, match="wrong") as refused:
        call_command("migrate", verbosity=0)
    assert fault in str(refused.value)
    assert list(District.objects.values()) == known
