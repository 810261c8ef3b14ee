"""Two texts side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinghai.kernel.comparing import Piece, compare_texts


def test_only_what_changed_is_marked() -> None:
    found = compare_texts("样机 1 台", "样机 20 台")
    assert found.before == [Piece("样机 ", False), Piece("1", True), Piece(" 台", False)]
    assert found.after == [Piece("样机 ", False), Piece("20", True), Piece(" 台", False)]


@pytest.mark.parametrize(("before", "after"), [("", "新"), ("旧", "")])
def test_a_text_that_came_or_left_is_marked_whole(before: str, after: str) -> None:
    found = compare_texts(before, after)
    assert found.before == ([Piece(before, True)] if before else [])
    assert found.after == ([Piece(after, True)] if after else [])


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_lost_or_invented(before: str, after: str) -> None:
    found = compare_texts(before, after)
    assert "".join(piece.text for piece in found.before) == before
    assert "".join(piece.text for piece in found.after) == after


def test_texts_made_to_take_for_ever_are_marked_whole() -> None:
    found = compare_texts("甲" * 100_000, "甲" * 99_999)
    assert found.after == [Piece("甲" * 99_999, True)]
