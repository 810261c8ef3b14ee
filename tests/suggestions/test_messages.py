"""Every edge tells somebody, and the right ones."""

import pytest
from django.utils.translation import override

from tests.factories import load_notice
from tests.suggestions.factories import administrator_of
from tests.suggestions.scenes import make_bureau, suggestion_in
from xinghai.kernel.models import Message

pytestmark = pytest.mark.django_db


def told(state: str, *, kind: str = "enterprise") -> dict[str, list[str]]:
    """Return who has which subjects after a suggestion came to `state`."""
    call = load_notice("2024")
    bureau = make_bureau()
    suggestion = suggestion_in(state, call, bureau, kind=kind)
    people = {
        "author": suggestion.author,
        "officer": bureau.officer,
        "planner": bureau.planner,
        "other officer": bureau.other_officer,
    }
    if kind != "enterprise":
        people["unit"] = administrator_of(suggestion.organisation)
    return {
        name: [
            notice.subject.split("：")[0]
            for notice in Message.objects.filter(
                recipient=person, key__startswith=f"suggestion:{suggestion.pk}:"
            ).order_by("pk")
        ]
        for name, person in people.items()
    }


def test_the_path_of_an_accepted_suggestion_is_told_to_author_and_office() -> None:
    assert told("pooled") == {
        "author": ["已收到", "已采纳"],
        "officer": ["新建议待受理"],
        "planner": [],
        "other officer": [],
    }


def test_what_no_rule_covers_is_told_to_planning() -> None:
    found = told("triage")
    assert found["planner"] == ["待分派"]
    assert found["author"] == ["已收到"]
    assert found["officer"] == []


def test_messages_read_in_the_language_of_the_reader() -> None:
    call = load_notice("2024")
    suggestion = suggestion_in("declined", call, make_bureau())
    notice = Message.objects.filter(recipient=suggestion.author).latest("pk")
    with override("en"):
        assert "已有在研项目覆盖" in notice.body, "the reason stays as it was written"
        assert "未采纳" not in notice.subject


def test_the_same_cause_never_reaches_anyone_twice() -> None:
    told("pooled")
    keys = list(Message.objects.values_list("recipient", "key"))
    assert len(keys) == len(set(keys))
