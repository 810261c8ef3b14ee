"""Figures as people say them."""

import pytest

from xinghai.kernel.humanize import size_words


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "1 KB"), (1024, "1 KB"), (1024 * 1024 - 1, "1023 KB"), (1024 * 1024, "1.0 MB")],
)
def test_a_files_size_is_said_in_kilobytes_and_from_a_megabyte_on_in_megabytes(
    size: int, said: str
) -> None:
    assert size_words(size) == said
