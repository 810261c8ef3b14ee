"""Whatever is handed in is answered in bounded time and memory, and sensibly."""

import pytest

from bench.similarity.writing import write
from tests.similarity.bounding import bounded
from xinghai.similarity.comparing import compare_everything
from xinghai.similarity.reporting import side_by_side

SENTENCE = "同一句话说了又说。"


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    texts = [write(number, 400) for number in range(3)]
    assert list(compare_everything(texts)) == []
    side_by_side(texts[0], texts[1], stock=texts[2:])


# The text, and whether two of it are copies of one another.
STRANGE = {
    "empty": ("", False),
    "one character": ("一", False),
    "marks alone": ("，。！？——", False),
    "control and private-use characters": ("\x00\x01\ue000" * 1000, False),
    "one sentence ten thousand times": (SENTENCE * 10_000, True),
    "one character two hundred thousand times": ("研" * 200_000, True),
    "digits alone": ("".join(map(str, range(30_000))), True),
    "a table of one character": ("一\t" * 200_000, True),
    "tabs alone": ("\t" * 1_000_000, False),
    "another language": ("Die Anlage wandelt Abwärme an Bord in Strom um. " * 200, True),
    "lone surrogates": ("\ud800研制" * 500, True),
    "characters of the rare planes": ("𠮷𡈽𡌛𡑮𡢽" * 500, True),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_texts_among_usual_ones_disturb_nothing(name: str) -> None:
    text, is_copy = STRANGE[name]
    usual = [write(number, 800) for number in range(5)]
    with bounded():
        found = [(one.here, one.there) for one in compare_everything([*usual, text, text])]
    assert found == ([(5, 6)] if is_copy else [])


@pytest.mark.parametrize("name", STRANGE)
def test_strange_texts_stand_side_by_side(name: str) -> None:
    text, _is_copy = STRANGE[name]
    with bounded():
        alike, other = side_by_side(text, text), side_by_side(text, write(1, 400))
    assert alike.share_here in (0.0, 1.0)
    assert "".join(piece.text for piece in alike.pieces_there) == text
    assert other.passages == []
    assert "".join(piece.text for piece in other.pieces_here) == text


def test_ten_megabytes_are_compared_as_far_as_they_are_looked_at() -> None:
    text, other = write(1, 3_400_000), write(2, 3_400_000)
    assert len(text.encode()) > 10_000_000
    moved = text[1_000_000:1_500_000] + other[:500_000]
    with bounded():
        assert side_by_side(text, text).share_here == 1.0
        assert side_by_side(text, other).share_here < 0.001
        assert side_by_side(text, moved).share_there > 0.49
        assert [(one.here, one.there) for one in compare_everything([text, other, moved])] == [
            (0, 2),
            (1, 2),
        ]


def test_two_texts_that_repeat_themselves_differently() -> None:
    one, other = SENTENCE * 10_000, "另一句话。" + SENTENCE * 3_000
    with bounded():
        found = side_by_side(one, other)
        assert [(match.here, match.there) for match in compare_everything([one, other])] == [(0, 1)]
    assert found.share_here == 1.0
    assert found.share_there > 0.99


def test_set_phrases_of_another_language_are_no_copy() -> None:
    one = "Das übergeordnete Ziel dieses Vorhabens ist die Entwicklung einer neuen Pumpe."
    other = "Das übergeordnete Ziel dieses Vorhabens ist ein Verfahren zur Reinigung von Wasser."
    assert side_by_side(one, other).passages == []
    assert side_by_side("0" + one * 3, "1" + one * 3).share_here > 0.9
