"""What the platform keeps of a password: the rest of the tests use a quick hasher."""

import pytest
from django.test import override_settings

from tests.factories import PASSWORD, make_user
from tests.pages import client_of
from xinghai.config import settings as ours

pytestmark = pytest.mark.django_db
ADDRESS = "/account/login/"


def test_a_password_is_kept_by_argon2_and_opens_the_door() -> None:
    with override_settings(PASSWORD_HASHERS=ours.PASSWORD_HASHERS):
        user = make_user(password=PASSWORD)
        assert user.password.startswith("argon2$argon2id$")
        visitor = client_of(None)
        wrong = visitor.post(ADDRESS, {"login": user.username, "password": f"{PASSWORD}!"})
        assert wrong.status_code == 200
        right = visitor.post(ADDRESS, {"login": user.username, "password": PASSWORD})
        assert (right.status_code, right["Location"]) == (302, "/my/")


def test_no_quicker_hasher_is_accepted_outside_of_the_tests() -> None:
    assert ours.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
