"""What rooms register for the frames of all pages."""

import pytest
from django.urls import reverse

from xinghai.kernel import navigation


def test_where_no_room_explains_pages_no_page_has_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_help_functions", [])
    assert navigation.help_url("portal:home", "/") == ""


def test_what_rooms_register_can_be_read_with_its_frame_and_its_common_name() -> None:
    entries = navigation.registered_entries()
    assert ("staff", "casework:home") in {(str(frame), one.url_name) for frame, one in entries}
    pages = navigation.registered_pages()
    assert navigation.page_url("call", "2024") == reverse(pages["call"], args=["2024"])
    pages.clear()
    assert navigation.registered_pages() != {}, "what was read is a copy"
