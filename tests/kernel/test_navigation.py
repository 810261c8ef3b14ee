"""What rooms register for the frames of all pages."""

import pytest

from xinghai.kernel import navigation


def test_where_no_room_explains_pages_no_page_has_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_help_functions", [])
    assert navigation.help_url("portal:home", "/") == ""
