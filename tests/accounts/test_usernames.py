"""A user name is an e-mail address or a mobile number, however it is typed."""

import pytest

from tests.factories import make_uscc
from xinghai.accounts.credit_codes import BadCreditCode, clean_credit_code
from xinghai.accounts.usernames import BadUsername, clean_username, contact_of


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Li.Gong@Example.COM ", "li.gong@example.com"),
        ("138 0000 0001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("0086 13800000001", "13800000001"),
        ("１３８００００００１１", "13800000011"),
    ],
)
def test_one_user_name_for_every_way_to_write_it(typed: str, stored: str) -> None:
    assert clean_username(typed) == stored


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [("ligong", "11 位"), ("1380000001", "11 位"), ("li@gong", "邮箱"), ("@a.cn", "邮箱")],
)
def test_what_is_neither_says_what_is_missing(typed: str, remedy: str) -> None:
    with pytest.raises(BadUsername, match=remedy):
        clean_username(typed)


def test_the_user_name_is_a_contact_already() -> None:
    assert contact_of("a@b.cn") == {"email": "a@b.cn"}
    assert contact_of("13800000001") == {"mobile": "13800000001"}


def test_a_credit_code_is_read_as_people_paste_it() -> None:
    code = make_uscc(7)
    assert clean_credit_code(f" {code[:8].lower()} {code[8:]} ") == code


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("91210200MA0000007", "18 位，现在是 17 位"),
        (make_uscc(7)[:17] + ("0" if make_uscc(7)[17] != "0" else "1"), "校验位"),
        ("91210200IO0000007X", "不允许的字符"),
    ],
)
def test_a_wrong_credit_code_says_what_to_look_at(typed: str, remedy: str) -> None:
    with pytest.raises(BadCreditCode, match=remedy):
        clean_credit_code(typed)
