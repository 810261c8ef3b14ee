"""What one answer shares with an answer of the other side has one number on both sides."""

from xinghai.duplicates.passages import Part, numbered
from xinghai.submissions.index_text import Said


def parts(field: str, *told: str) -> list[Part]:
    """Pieces of one passage, what stands in brackets in none."""
    return [Part(field, text.strip("[]"), None if text.startswith("[") else 1, "") for text in told]


def said(made: list[Part]) -> Said:
    return Said(made[0].field, "", "".join(one.text for one in made), True)


def numbers(ours: list[Part], theirs: list[Part]) -> tuple[list[int], list[int]]:
    return numbered(ours, theirs, [said(ours)], [said(theirs)])


def test_a_word_put_in_on_one_side_leaves_the_mark_on_the_other() -> None:
    plain = parts("way", "可提供老城区地下管网作为试验条件")
    longer = parts("way", "可提供老城区地下", "[燃气]", "管网作为试验条件")
    assert numbers(plain, longer) == ([1], [1, 0, 1])
    assert numbers(longer, plain) == ([1, 0, 1], [1])


def test_two_characters_are_no_finding() -> None:
    assert numbers(parts("use", "样机", "[甲]"), parts("use", "样机", "[乙]")) == ([0, 0], [0, 0])
