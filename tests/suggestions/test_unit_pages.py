"""The research office's screens: one list, one batch, one receipt."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import join, make_organisation, make_user
from tests.pages import client_of, queries_of
from tests.suggestions.factories import again, make_submitted
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.submissions.models import Batch
from xinghai.submissions.services.submitting import recall
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

IN_THE_LIST, HAND_IN = "suggestions:unit-list", "suggestions:unit-hand-in"


def suggestion_of(call: Call, university: Organisation) -> Suggestion:
    author = make_user(name="演示教师")
    join(author, university)
    return make_submitted(call, "CXJJ-HM", author=author, organisation=university)


def test_the_list_costs_the_same_with_one_suggestion_and_three(
    call: Call, science: User, university: Organisation
) -> None:
    client = client_of(science)
    suggestion_of(call, university)
    with_one = queries_of(client, reverse(IN_THE_LIST))
    for _more in range(2):
        suggestion_of(call, university)
    assert queries_of(client, reverse(IN_THE_LIST)) == with_one <= 15


def test_a_batch_is_asked_for_once_more_and_then_gives_one_receipt(
    call: Call, science: User, university: Organisation
) -> None:
    suggestions = [suggestion_of(call, university) for _suggestion in range(2)]
    client, chosen = client_of(science), [str(suggestion.pk) for suggestion in suggestions]

    asked = client.post(reverse(HAND_IN), {"chosen": chosen})
    assert "把 2 条建议提交到市科技局" in asked.content.decode()
    assert not Batch.objects.exists()

    sure = {"chosen": chosen, "sure": "yes", "key": "one-form"}
    first, second = (client.post(reverse(HAND_IN), sure) for _click in range(2))
    assert first["Location"] == second["Location"]
    receipt = client.get(first["Location"]).content.decode()
    assert all(again(suggestion).number in receipt for suggestion in suggestions)
    assert Batch.objects.count() == 1


def test_blocked_suggestions_are_named_and_the_rest_stays_chosen(
    call: Call, science: User, university: Organisation
) -> None:
    good, bad = (suggestion_of(call, university) for _suggestion in range(2))
    Suggestion.objects.filter(pk=bad.pk).update(answers={"title": "缺了内容的演示建议"})
    answer = client_of(science).post(
        reverse(HAND_IN), {"chosen": [good.pk, bad.pk], "sure": "yes", "key": "k"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="/unit/suggestions/{bad.pk}/"' in page
    assert again(good).state == "unit_review"


def test_nothing_chosen_is_told(call: Call, science: User, university: Organisation) -> None:
    answer = client_of(science).post(reverse(HAND_IN), {}, follow=True)
    assert "请先勾选" in answer.content.decode()


def test_a_recalled_suggestion_drops_out_of_the_batch(
    call: Call, science: User, university: Organisation
) -> None:
    suggestion = suggestion_of(call, university)
    recall(suggestion, by=suggestion.author)
    answer = client_of(science).post(
        reverse(HAND_IN), {"chosen": [suggestion.pk], "sure": "yes", "key": "k"}, follow=True
    )
    assert "请先勾选" in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_suggestion_goes_back_with_reason_and_remarks(
    call: Call, science: User, university: Organisation
) -> None:
    suggestion = suggestion_of(call, university)
    address = reverse("suggestions:unit-return", args=[suggestion.pk])
    client_of(science).post(address, {"reason": "请补充受益人群", "on-title": "名称再具体些"})
    assert again(suggestion).state == "returned_by_unit"
    assert [(one.field, one.side) for one in suggestion.remarks.all()] == [("title", "unit")]


def test_a_return_without_a_reason_keeps_what_was_typed(
    call: Call, science: User, university: Organisation
) -> None:
    suggestion = suggestion_of(call, university)
    address = reverse("suggestions:unit-return", args=[suggestion.pk])
    answer = client_of(science).post(address, {"reason": "", "on-title": "名称再具体些"})
    assert answer.status_code == 422
    assert "名称再具体些" in answer.content.decode()
    assert again(suggestion).state == "unit_review"


def test_another_unit_sees_nothing(call: Call, science: User, university: Organisation) -> None:
    suggestion = suggestion_of(call, university)
    other = make_user()
    make_organisation("university", administrator=other)
    client = client_of(other)
    assert suggestion.title not in client.get(reverse(IN_THE_LIST)).content.decode()
    for name in ("suggestions:unit-record", "suggestions:unit-return"):
        assert client.get(reverse(name, args=[suggestion.pk])).status_code == 404
    client.post(reverse(HAND_IN), {"chosen": [suggestion.pk], "sure": "yes", "key": "k"})
    assert again(suggestion).state == "unit_review"


def test_ordinary_members_and_visitors_stay_outside(
    call: Call, science: User, university: Organisation
) -> None:
    suggestion = suggestion_of(call, university)
    assert client_of(suggestion.author).get(reverse(IN_THE_LIST)).status_code == 403
    assert Client().get(reverse(IN_THE_LIST)).status_code == 302
