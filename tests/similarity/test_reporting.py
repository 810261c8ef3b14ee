"""Two texts as a screen shows them: passages to the character, what is greyed, what share it is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.similarity.writing import write
from xinghai.similarity.normalising import normalise
from xinghai.similarity.reporting import Piece, SideBySide, against, side_by_side

ALPHABET = "研制样机低温余热，。 \u200b1\n\t"


def a_text(seed: int, length: int = 600) -> str:
    return write(seed, length)


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def marked(pieces: list[Piece], grey: str = "") -> str:
    return "".join(
        piece.text for piece in pieces if piece.passage is not None and piece.grey == grey
    )


def test_a_copied_passage_is_one_finding_marked_in_both() -> None:
    original, copied = a_text(1, 1000), a_text(2, 1000)
    taken = original[200:500]
    copy = copied[:400] + taken + copied[400:]
    found = side_by_side(original, copy)
    [passage] = found.passages
    assert abs(passage.here[0] - 200) <= 2
    assert abs(passage.here[1] - 500) <= 2
    assert marked(found.pieces_here) in original
    assert normalise(taken).codes.tolist() == normalise(marked(found.pieces_there)).codes.tolist()
    assert abs(found.share_here - 300 / len(original)) < 0.02
    assert found.longest >= 250


def test_edited_words_between_are_not_marked() -> None:
    original = (
        "本项目研制面向远洋船舶的低温余热循环发电装置样机一台并在两条航线上完成海试考核与评审工作"
    )
    copy = original.replace("发电装置", "制冷机组")
    found = side_by_side(original, copy)
    [passage] = found.passages
    assert "发电装置" not in marked(found.pieces_here)
    assert "制冷机组" not in marked(found.pieces_there)
    assert [piece.passage for piece in found.pieces_here] == [0, None, 0]
    assert passage.matched == len(original) - 4


def test_a_forms_words_in_the_midst_of_a_copy_are_greyed_and_do_not_break_it() -> None:
    stock = a_text(9, 100)
    original = a_text(1, 300) + stock + a_text(3, 300)
    found = side_by_side(original, original, stock=[stock])
    [passage] = found.passages
    assert passage.why == ""
    assert normalise(marked(found.pieces_here, "stock")).codes.tolist() == (
        normalise(stock).codes.tolist()
    )
    assert abs(found.share_here - (1 - len(stock) / len(original))) < 0.02


def test_what_only_a_form_says_is_shown_and_not_counted() -> None:
    stock = a_text(9, 200)
    found = side_by_side(a_text(1) + stock, a_text(2) + stock, stock=[stock])
    assert [passage.why for passage in found.passages] == ["stock"]
    assert found.share_here == found.share_there == found.longest == 0


def test_between_two_papers_of_one_writer_nothing_counts_and_all_is_shown() -> None:
    text = a_text(1)
    found = side_by_side(text, a_text(2, 200) + text, is_own=True)
    assert [passage.why for passage in found.passages] == ["own"]
    assert found.share_here == found.share_there == 0
    assert len(marked(found.pieces_here, "own")) >= len(text) - 1


def test_numbers_and_short_cells_of_tables_are_no_copy() -> None:
    table = "\n".join(
        f"设备费\t{year}\t{year * 3} 万元\t自筹资金\t专项资金" for year in range(2021, 2027)
    )
    found = side_by_side(a_text(1) + "\n" + table, a_text(2) + "\n" + table)
    assert found.passages == []
    years = " ".join(str(year) for year in range(1990, 2030))
    assert side_by_side(a_text(1) + years, a_text(2) + years).passages == []


def test_long_cells_of_a_table_count_as_any_text() -> None:
    told = "负责低温余热循环发电装置样机的总体方案设计和关键部件的加工制造以及海试验证全过程"
    table = f"张三\t高级工程师\t{told}\n李四\t工程师\t整理资料"
    found = side_by_side(a_text(1) + "\n" + table, a_text(2) + "\n" + table)
    [passage] = found.passages
    assert told in marked(found.pieces_here)
    assert passage.matched >= len(told)


def test_titles_are_copies_only_as_wholes() -> None:
    title = "面向远洋船舶的低温余热循环发电装置研制"
    assert side_by_side(title, title + "。").share_here == 1
    near = side_by_side(title, title.replace("研制", "开发"))
    assert near.share_here > 0.8
    assert side_by_side(title, "面向远洋船舶的智能航行辅助决策系统研究").passages == []
    assert side_by_side(title, a_text(1) + title + a_text(2)).passages == []


def test_what_several_sources_hold_is_counted_once() -> None:
    text = a_text(1, 1000)
    sources = [a_text(2, 300) + text[:400], text[300:600] + a_text(3, 300), text[800:], a_text(4)]
    found = against(text, sources, own=[2])
    assert abs(found.share - 600 / len(text)) < 0.02
    shares = [source.share_here * len(text) for source in found.sources]
    for share, whole in zip(shares, (400, 300, 0, 0), strict=True):
        assert abs(share - whole) < 20
    assert [one.why for one in found.sources[2].passages] == ["own"]
    assert against("", sources).share == against(text, []).share == 0


def assert_sound(one: str, other: str, found: SideBySide) -> None:
    assert text_of(found.pieces_here) == one
    assert text_of(found.pieces_there) == other
    assert 0 <= found.share_here <= 1
    assert 0 <= found.share_there <= 1
    for passage in found.passages:
        assert 0 <= passage.here[0] < passage.here[1] <= len(one)
        assert 0 <= passage.there[0] < passage.there[1] <= len(other)


@settings(max_examples=80)
@given(
    st.text(ALPHABET, max_size=120),
    st.text(ALPHABET, max_size=120),
    st.text(ALPHABET, max_size=120),
    st.booleans(),
)
def test_pieces_joined_are_the_text(one: str, other: str, shared: str, is_own: bool) -> None:
    here, there = one + shared * 2 + other, other + shared + one
    assert_sound(here, there, side_by_side(here, there, stock=[other, one], is_own=is_own))


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_a_document_matches_itself_at_one(text: str) -> None:
    found = side_by_side(text, text)
    assert_sound(text, text, found)
    assert found.share_here == found.share_there == (1.0 if len(normalise(text)) else 0.0)
