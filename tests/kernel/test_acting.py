"""Acting once per rendered form: the second click changes nothing, a refusal changes nothing."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

from tests.factories import make_user
from xinghai.accounts.models import User
from xinghai.kernel.acting import act_and_report, act_once
from xinghai.kernel.idempotency import KeyReused
from xinghai.kernel.models import IdempotencyKey
from xinghai.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db


def posted(by: User, **fields: str) -> HttpRequest:
    request = RequestFactory().post("/", fields)
    request.user = by
    request.session = {}  # type: ignore[assignment]
    vars(request)["_messages"] = FallbackStorage(request)
    return request


def shown(request: HttpRequest) -> list[tuple[str, str]]:
    return [(one.level_tag, str(one)) for one in get_messages(request)]


def test_two_clicks_on_one_form_act_once_and_a_new_form_acts_again() -> None:
    by, done = make_user(), []
    for key in ("first", "first", "second"):
        assert act_once(posted(by, key=key), "room.step:1", lambda: done.append(1)) is None
    assert done == [1, 1]


def test_one_form_acts_once_on_each_record() -> None:
    by, done = make_user(), []
    for pk in (1, 2, 1):
        act_once(posted(by, key="one"), f"room.step:{pk}", lambda pk=pk: done.append(pk))
    assert done == [1, 2]


def test_a_form_without_a_key_acts_each_time() -> None:
    by, done = make_user(), []
    for _click in range(2):
        act_once(posted(by), "room.step:1", lambda: done.append(1))
    assert done == [1, 1]


def test_a_refusal_is_returned_and_leaves_the_form_to_try_again() -> None:
    by = make_user()

    def refuse() -> None:
        raise NotAllowed("不行")

    refusal = act_once(posted(by, key="one"), "room.step:1", refuse)
    assert refusal is not None
    assert refusal.reason == "不行"
    assert not IdempotencyKey.objects.exists()
    assert act_once(posted(by, key="one"), "room.step:1", lambda: None) is None


def test_the_key_of_another_person_is_refused() -> None:
    act_once(posted(make_user(), key="one"), "room.step:1", lambda: None)
    refusal = act_once(posted(make_user(), key="one"), "room.step:1", lambda: None)
    assert isinstance(refusal, KeyReused)


def test_what_came_of_it_stands_on_the_next_page() -> None:
    by = make_user()

    def refuse() -> None:
        raise NotAllowed("不行")

    first, second = posted(by, key="one"), posted(by, key="two")
    assert act_and_report(first, "room.step:1", lambda: None, done="办好了")
    assert not act_and_report(second, "room.step:1", refuse, done="办好了")
    assert shown(first) == [("success", "办好了")]
    assert shown(second) == [("error", "不行")]
