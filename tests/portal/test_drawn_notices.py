"""What a page of a call says of its definition is drawn once, and anew for another one."""

import pytest
from django.test import Client

from tests.factories import load_notice
from xinghai.calls.selectors import definition_of
from xinghai.portal import drawn_notices
from xinghai.portal.drawn_notices import draw

pytestmark = pytest.mark.django_db


def test_a_definition_is_drawn_once_for_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    call = load_notice("2024")
    definition = definition_of(call)
    first = draw(call, definition, "zh-hans")
    assert draw(call, definition, "zh-hans") is first
    assert draw(call, definition, "en") is not first
    monkeypatch.setattr(drawn_notices, "MOST_KEPT", 1)
    assert draw(call, definition, "zh-hant") is not first
    assert len(drawn_notices._kept) == 1


def test_another_definition_is_another_drawing() -> None:
    call = load_notice("2024")
    definition = dict(definition_of(call))
    types = [{**one, "name": f"甲{one['name']}"} for one in definition["categories"]]
    first = draw(call, definition, "zh-hans")
    second = draw(call, {**definition, "categories": types}, "zh-hans")
    name = str(definition["categories"][-1]["name"])
    assert f"甲{name}" not in first.types
    assert f"甲{name}" in second.types


def test_the_kept_page_is_the_one_drawn_anew(client: Client) -> None:
    call = load_notice("2024")
    first = client.get(f"/calls/{call.code}/").content
    drawn_notices._kept.clear()
    assert client.get(f"/calls/{call.code}/").content == first
    assert "按类型和领域查看受理处室" in first.decode()
