"""The same words elsewhere: exact places, what everybody writes left out, nothing unseen shown."""

import random

import pytest

from xinghai.corpus import copy_detection, selectors, services
from xinghai.corpus.services import Text

pytestmark = pytest.mark.django_db

EVERYBODY = ["everybody"]
ALPHABET = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def writing(seed: int, length: int = 400) -> str:
    chance = random.Random(seed)  # noqa: S311 - to write with, not to hide
    return "".join(chance.choices(ALPHABET, k=length))


def put(key: str, body: str, *, audiences: list[str] = EVERYBODY, owner: str = "") -> None:
    services.put(Text(kind="thing", key=key, title="", body=body, audiences=audiences, owner=owner))


def test_a_copied_passage_is_found_with_its_places_in_both_texts() -> None:
    passage = writing(99, 120)
    put("1", writing(1) + passage + writing(2))
    put("2", writing(3))

    (copy,) = selectors.copies("甲乙，丙" + passage, audiences=EVERYBODY)
    (one,) = copy.passages

    assert copy.key == "1"
    start, end = copy.here.original(*one.here)
    assert ("甲乙，丙" + passage)[start:end] == passage
    assert (copy.longest, copy.share) == (120, pytest.approx(120 / 123))


def test_a_text_of_its_own_finds_everything_but_itself() -> None:
    put("1", writing(1))
    put("2", writing(1))

    found = selectors.copies(writing(1), audiences=EVERYBODY, except_for=("thing", "1"))

    assert [(copy.key, copy.share) for copy in found] == [("2", 1.0)]


def test_what_others_may_not_see_is_not_shown() -> None:
    put("1", writing(1), audiences=["unit:1"])

    assert selectors.copies(writing(1), audiences=EVERYBODY) == []
    assert [copy.key for copy in selectors.copies(writing(1), audiences=["unit:1"])] == ["1"]


def test_what_many_units_write_is_no_finding_but_what_one_unit_repeats_is() -> None:
    custom, repeated = writing(50, 100), writing(51, 100)
    for number in range(8):
        put(f"a{number}", writing(number) + custom, owner=f"unit:{number}")
        put(f"b{number}", writing(20 + number) + repeated, owner="unit:99")

    assert selectors.copies(custom, audiences=EVERYBODY) == []
    assert len(selectors.copies(repeated, audiences=EVERYBODY)) == 8


def test_forms_and_the_writers_own_earlier_words_are_greyed_and_do_not_count() -> None:
    form, own = writing(60, 100), writing(61, 150)
    put("1", writing(1) + form)
    services.put(
        Text(kind="thing", key="2", title="", body=own, audiences=EVERYBODY, writer="user:5")
    )

    assert selectors.copies(form, audiences=EVERYBODY, stock=[form]) == []
    (copy,) = selectors.copies(own, audiences=EVERYBODY, writer="user:5")
    assert (copy.key, copy.share, {one.why for one in copy.passages}) == ("2", 0.0, {"own"})


def test_folding_changes_no_finding() -> None:
    put("1", writing(1))
    before = [(copy.key, copy.share) for copy in selectors.copies(writing(1), audiences=EVERYBODY)]

    services.fold(enough=1)

    after = [(copy.key, copy.share) for copy in selectors.copies(writing(1), audiences=EVERYBODY)]
    assert after == before == [("1", 1.0)]


@pytest.mark.parametrize("text", ["", "一", "，。！", "\0\u200b\ue000", "the same again " * 40])
def test_short_strange_and_foreign_texts_are_answered(text: str) -> None:
    put("1", text)

    found = selectors.copies(text, audiences=EVERYBODY)

    assert [copy.key for copy in found] in ([], ["1"])


def test_ten_megabytes_are_looked_at_as_far_as_anybody_reads() -> None:
    long = writing(7) + "同一句话说了又说。" * 1_100_000
    put("1", writing(8) + writing(7))
    put("2", long)

    found = selectors.copies(long, audiences=EVERYBODY, except_for=("thing", "2"))

    assert [copy.key for copy in found] == ["1"]
    assert selectors.search(long, audiences=EVERYBODY).hits[0].key == "2"


def test_similar_subjects_are_found_with_the_text_itself_left_out() -> None:
    for key, title in (("1", "锂电池回收利用技术"), ("2", "退役锂电池回收"), ("3", "耐盐水稻")):
        services.put(Text(kind="thing", key=key, title=title, body="", audiences=EVERYBODY))

    hits = selectors.similar("锂电池回收利用技术", audiences=EVERYBODY, except_for=("thing", "1"))

    assert [hit.key for hit in hits] == ["2"]


def test_what_follows_an_earlier_one_in_other_words_is_among_the_nearest_and_says_how_near() -> (
    None
):
    """A search leaves out what meets so little of the question; a record asks for the nearest."""
    earlier, asked = "基于支持向量机的智能质量控制方法研究", "面向注塑产线的质量追溯系统示范应用"
    for key, title in (("1", earlier), ("2", "耐盐水稻育种"), ("3", "海参养殖水质监测")):
        services.put(Text(kind="thing", key=key, title=title, body="", audiences=EVERYBODY))

    (nearest,) = selectors.similar(asked, audiences=EVERYBODY, limit=1)

    assert nearest.key == "1"
    assert 0 < nearest.met < 0.25
    assert selectors.similar(asked, audiences=EVERYBODY, least=0.25) == []
    assert selectors.search(asked, audiences=EVERYBODY).hits == []


def test_a_text_put_again_and_again_is_not_what_everybody_writes() -> None:
    for version in range(12):
        put("1", writing(1) + writing(100 + version, 20), owner="unit:1")

    assert [copy.key for copy in selectors.copies(writing(1), audiences=EVERYBODY)] == ["1"]


def test_hidden_copies_however_many_crowd_out_none_that_may_be_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(copy_detection, "MOST_CANDIDATES", 1)
    put("seen", writing(1, 200))
    for number in range(6):
        put(f"hidden{number}", writing(1), audiences=["unit:1"], owner="unit:1")

    assert [copy.key for copy in selectors.copies(writing(1), audiences=EVERYBODY)] == ["seen"]


def test_a_bucket_too_full_to_read_holds_what_everybody_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("1", writing(1))
    put("2", writing(1))
    monkeypatch.setattr(copy_detection, "FULL", 1)

    assert selectors.copies(writing(1), audiences=EVERYBODY) == []


def test_no_unit_hides_a_copy_by_writing_the_same_two_hundred_times() -> None:
    text = writing(7)
    put("1", text, audiences=["office:7"], owner="unit:1")
    services.put_many(
        [
            Text("thing", f"decoy {number}", "", text, audiences=["unit:2"], owner="unit:2")
            for number in range(210)
        ]
    )

    assert [copy.key for copy in selectors.copies(text, audiences=["office:7"])] == ["1"]


def test_what_hundreds_of_units_write_is_still_a_custom() -> None:
    custom = writing(50, 100)
    services.put_many(
        [
            Text("thing", str(number), "", custom, audiences=EVERYBODY, owner=f"unit:{number}")
            for number in range(250)
        ]
    )

    assert selectors.copies(custom, audiences=EVERYBODY) == []


def formula_of_an_office(units: int) -> None:
    """Twelve texts of one office, its formula in those of so many units; many of others."""
    formula = writing(1, 200)
    for number in range(12):
        said = formula if number < units else ""
        text = Text(
            kind="thing",
            key=f"own {number}",
            title="某题",
            body=writing(400 + number) + said,
            audiences=["everybody", "office:1"],
            owner=f"unit:{number}",
        )
        services.put(text)
    services.put_many(
        [
            Text(
                kind="thing",
                key=f"other {number}",
                title="某题",
                body=writing(1_000 + number, 20),
                audiences=["everybody", "office:2"],
                owner=f"unit:{100 + number}",
            )
            for number in range(400)
        ]
    )


@pytest.mark.parametrize(("units", "counts"), [(7, True), (8, False)])
def test_a_formula_of_one_office_is_none_of_its_copies_however_many_others_there_are(
    units: int, *, counts: bool
) -> None:
    """Among all 412 it takes eleven units; among the twelve of the office seven besides the own."""
    formula_of_an_office(units)

    found = selectors.copies(writing(1, 200), audiences=["office:1"], except_for=("thing", "own 0"))

    assert bool(found) is counts
