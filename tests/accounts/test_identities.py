"""A person's identity document: checked, stored as a cipher, shown masked, found nowhere else."""

import logging

import pytest
from django.db import connection
from psycopg import sql
from stdnum.cn import ric

from tests.factories import make_staff, make_user
from tests.pages import client_of, html_of, words_of
from tests.racing import at_once
from xinghai.accounts.identity import BadIdentity, IdentityKind, clean_identity, countries, masked
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Person, User
from xinghai.accounts.services import IdentityRefused, forget_identity, identify
from xinghai.kernel.events import history
from xinghai.kernel.personal_data import Unreadable, decrypt, encrypt

pytestmark = pytest.mark.django_db


def resident(serial: int = 1) -> str:
    """An invented number with a right check digit."""
    body = f"21020019850301{serial:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


CANARY = resident(271)
FACTS = {"name": "演示甲", "kind": "resident", "country": "", "number": CANARY}


@pytest.mark.parametrize(
    ("kind", "country", "typed", "stored"),
    [
        ("resident", "", f" {CANARY[:6]} {CANARY[6:]} ", CANARY),
        ("hong_kong_macao", "", "h12345678", "H12345678"),
        ("hong_kong_macao", "", "M1234567801", "M1234567801"),
        ("taiwan", "", "12345678", "12345678"),
        ("permanent", "", "abc123456789012", "ABC123456789012"),
        ("passport", "JP", "TR-1234567", "TR1234567"),
        ("passport", "US", "123456789", "123456789"),
    ],
)
def test_a_number_of_each_kind_and_country_is_taken(
    kind: str, country: str, typed: str, stored: str
) -> None:
    assert clean_identity(kind, country, typed) == (country, stored)


@pytest.mark.parametrize(
    ("kind", "country", "typed", "words"),
    [
        ("resident", "", CANARY[:-1] + ("0" if CANARY[-1] != "0" else "1"), "最后一位不符"),
        ("resident", "", "210200198502301230", "生日"),
        ("resident", "", "TR1234567", "18 位"),
        ("hong_kong_macao", "", "T12345678", "H 或 M"),
        ("taiwan", "", "123", "8 位或 10 位"),
        ("permanent", "", CANARY, "3 个字母"),
        ("passport", "", "TR1234567", "签发国家"),
        ("passport", "JP", "護照", "5 到 15 位"),
    ],
)
def test_a_wrong_number_says_what_one_looks_like(
    kind: str, country: str, typed: str, words: str
) -> None:
    with pytest.raises(BadIdentity, match=words):
        clean_identity(kind, country, typed)


def test_a_passport_can_be_of_any_country_in_both_languages() -> None:
    chinese, english = dict(countries("zh-hans")), dict(countries("en"))
    assert (chinese["JP"], english["JP"]) == ("日本", "Japan")
    assert chinese.keys() == english.keys()
    assert len(chinese) > 240


@pytest.mark.parametrize(
    ("number", "shown"),
    [(CANARY, f"{CANARY[:3]}*************{CANARY[-2:]}"), ("TR1234567", "T******67")],
)
def test_a_mask_hides_the_birthday_and_most_of_a_short_number(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_the_same_text_has_another_cipher_each_time_and_only_its_purpose_reads_it() -> None:
    one, other = (encrypt(CANARY, purpose="a") for _twice in range(2))
    assert one != other
    assert decrypt(one, purpose="a") == decrypt(other, purpose="a") == CANARY
    with pytest.raises(Unreadable):
        decrypt(one, purpose="b")
    with pytest.raises(Unreadable):
        decrypt(one[:-1] + bytes([one[-1] ^ 1]), purpose="a")


def test_a_person_gives_sees_and_deletes_the_document_in_the_browser() -> None:
    person = make_user()
    client, address = client_of(person), "/my/profile/identity/"
    typed = {"id_name": "演示甲", "id_kind": "resident", "id_number": CANARY[:-1]}
    page = html_of(client.post(address, typed))
    assert "居民身份证号应为 18 位" in page
    answer = client.post(address, {**typed, "id_number": CANARY}, follow=True)
    assert answer["Cache-Control"] == "no-store"
    assert masked(CANARY) in html_of(answer)
    assert CANARY not in html_of(answer)
    assert "已填写" in words_of(client.get("/my/profile/"))
    client.post(f"{address}forget/")
    client.post(f"{address}forget/")
    assert not Person.objects.exists()
    assert [one.verb for one in history(person)][-2:] == ["identify", "forget_identity"]


def test_one_document_is_one_account() -> None:
    first, second = make_user(), make_user()
    identify(first, **FACTS)
    with pytest.raises(IdentityRefused, match="另一个账号"):
        identify(second, **FACTS)
    assert User.objects.get(pk=second.pk).person is None
    identify(first, **{**FACTS, "number": resident(2)})
    identify(second, **FACTS)
    assert Person.objects.count() == 2


def test_who_was_named_before_takes_the_account_and_leaves_no_former_number() -> None:
    member = identify(make_user(), **FACTS)
    User.objects.filter(person=member).update(person=None)
    person = make_user()
    identify(person, **{**FACTS, "number": resident(2)})
    assert identify(person, **FACTS) == member
    assert list(Person.objects.all()) == [member]


def test_a_number_of_two_countries_is_two_people() -> None:
    passport = {"name": "演示乙", "kind": IdentityKind.PASSPORT, "number": "123456789"}
    identify(make_user(), country="JP", **passport)
    identify(make_user(), country="US", **passport)
    assert Person.objects.count() == 2


def test_with_another_secret_the_page_says_so_and_takes_the_number_again(settings: object) -> None:
    person = make_user()
    identify(person, **FACTS)
    settings.PERSONAL_KEY = "another"  # type: ignore[attr-defined]
    client = client_of(person)
    assert "无法显示" in words_of(client.get("/my/profile/identity/"))
    typed = {"id_name": "演示甲", "id_kind": "resident", "id_number": CANARY}
    assert masked(CANARY) in html_of(client.post("/my/profile/identity/", typed, follow=True))


def stored_texts() -> dict[str, str]:
    """Every row of every table as text, by table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            rows = sql.SQL("SELECT string_agg(t::text, chr(10)) FROM {} t")
            cursor.execute(rows.format(sql.Identifier(table)))
            found[table] = cursor.fetchone()[0] or ""
    return found


def test_a_canary_number_stands_in_no_table_log_or_page(caplog: pytest.LogCaptureFixture) -> None:
    """In no event, message, session, job, index or export: none of the tables has it."""
    person = make_user(name="演示金丝雀")
    client = client_of(person)
    typed = {"id_name": "演示金丝雀", "id_kind": "resident", "id_number": CANARY}
    with caplog.at_level(logging.DEBUG):
        client.post("/my/profile/identity/", {**typed, "id_kind": "passport"})
        client.post("/my/profile/identity/", typed)
        identify(person, **{**FACTS, "number": resident(2)})
        identify(person, **FACTS)
        with pytest.raises(IdentityRefused):
            identify(make_user(), **FACTS)
    texts = stored_texts()
    assert "演示甲" in texts["accounts_person"], "the look at the tables sees what is there"
    hidden = (CANARY, CANARY.encode().hex(), resident(2), resident(2).encode().hex())
    assert [name for name, text in texts.items() if any(one in text for one in hidden)] == []
    assert CANARY not in caplog.text
    admin, own = client_of(make_staff(Role.SYSTEM_ADMIN)), client
    for reader, address in ((own, "/my/"), (own, "/my/profile/"), (admin, "/office/staff/")):
        assert CANARY not in html_of(reader.get(address))


@pytest.mark.django_db(transaction=True)
def test_two_accounts_with_one_document_at_once_leave_one() -> None:
    people = [make_user(), make_user()]

    def give(number: int) -> str:
        try:
            identify(people[number], **FACTS)
        except IdentityRefused as refused:
            return type(refused).__name__
        return ""

    assert sorted(at_once(give, clients=2)) == ["", "IdentityRefused"]
    assert Person.objects.count() == 1


def test_forgetting_leaves_nothing_to_read() -> None:
    person = make_user()
    identify(person, **FACTS)
    forget_identity(person)
    assert stored_texts()["accounts_person"] == ""
