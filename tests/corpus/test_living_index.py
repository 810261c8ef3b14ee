"""The index lives: what is put is found, what is removed is gone, folding changes no answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinghai.corpus import posting_lists, searching, selectors, services
from xinghai.corpus.models import Document, FreshPosting, PostingList, Segment
from xinghai.corpus.rebuilding import is_outdated, rebuild
from xinghai.corpus.services import Text
from xinghai.corpus.syncing import keep
from xinghai.corpus.tasks import fold
from xinghai.similarity import postings

pytestmark = pytest.mark.django_db

EVERYBODY = ["everybody"]


def text(key: str, title: str, body: str = "", **more: object) -> Text:
    return Text(kind="thing", key=key, title=title, body=body, audiences=EVERYBODY, **more)  # type: ignore[arg-type]


def found(words: str, audiences: list[str] = EVERYBODY) -> list[str]:
    return [hit.key for hit in selectors.search(words, audiences=audiences).hits]


BATTERY = text("1", "退役动力电池梯次利用", "研究锂离子电池的拆解与再生，提高回收率。")
FARMING = text("2", "盐碱地水稻品种选育", "在滨海盐碱地选育耐盐水稻。")
STORAGE = text("3", "海上风电储能", "锂离子电池储能系统与海上风电协同。")


def test_what_is_put_is_found_and_the_title_counts_most() -> None:
    services.put_many([STORAGE, BATTERY, FARMING])

    assert found("电池") == ["1", "3"]
    assert found("水稻") == ["2"]
    assert found("航天") == []


def test_words_typed_without_a_space_need_not_stand_together() -> None:
    services.put_many([text("1", "曲轴残余应力调控"), FARMING])

    assert found("曲轴应力") == ["1"]
    assert found("石墨烯曲轴") == []


def test_a_text_put_again_replaces_what_stood_there() -> None:
    services.put(BATTERY)
    services.put(text("1", "石墨烯散热膜"))

    assert found("电池") == []
    assert found("石墨烯") == ["1"]
    assert Document.objects.count() == 1


def test_what_is_removed_is_gone_at_once() -> None:
    services.put_many([BATTERY, STORAGE])

    services.remove(kind="thing", key="1")

    assert found("电池") == ["3"]


def test_folding_moves_postings_and_changes_no_answer() -> None:
    services.put_many([BATTERY, STORAGE])
    before = selectors.search("锂离子电池", audiences=EVERYBODY)

    services.fold(enough=1)

    assert FreshPosting.objects.count() == 0
    assert selectors.search("锂离子电池", audiences=EVERYBODY) == before


def test_little_that_is_fresh_is_left_where_it_is() -> None:
    services.put(BATTERY)

    assert services.fold().segments == []
    assert Segment.objects.count() == 0


def test_eight_small_segments_become_one() -> None:
    for number in range(services.MOST_OF_A_LEVEL):
        services.put(text(str(number), "耐盐水稻", "选育" * number))
        services.fold(enough=1)

    assert list(Segment.objects.values_list("level", flat=True)) == [1]
    assert set(found("耐盐水稻")) == {str(number) for number in range(8)}


def test_what_was_removed_is_not_folded() -> None:
    services.put_many([BATTERY, STORAGE])
    services.remove(kind="thing", key="1")

    services.fold(enough=1)

    assert set(PostingList.objects.values_list("held", flat=True)) == {1}


def test_rebuilding_changes_no_answer_whatever_was_folded_before() -> None:
    services.put_many([BATTERY, FARMING])
    services.fold(enough=1)
    services.put(STORAGE)
    services.put(text("2", "盐碱地水稻机械化"))

    assert rebuild()[0] == 3

    assert found("电池") == ["1", "3"]
    assert found("机械化") == ["2"]
    assert found("耐盐") == []
    assert FreshPosting.objects.count() == 0


def test_lists_of_an_older_program_are_made_anew() -> None:
    services.put(BATTERY)
    services.fold(enough=1)
    assert not is_outdated()

    Segment.objects.update(layout=0)
    fold(timestamp=0)

    assert not is_outdated()
    assert found("电池") == ["1"]


def test_lists_are_found_by_those_alone_who_may_see_the_document() -> None:
    own = Text(kind="thing", key="9", title="机密金丝雀", body="", audiences=["unit:1", "office:2"])
    services.put(own)

    for folded in (False, True):
        if folded:
            services.fold(enough=1)
        assert found("金丝雀", ["unit:1"]) == ["9"]
        assert found("金丝雀", ["office:2", "everybody"]) == ["9"]
        assert found("金丝雀", ["unit:2"]) == []
        assert found("金丝雀", EVERYBODY) == []
        assert found("金丝雀", []) == []


def test_a_document_of_two_audiences_counts_once() -> None:
    services.put(Text(kind="thing", key="1", title="氢能", body="", audiences=["a", "b"]))
    services.put(Text(kind="thing", key="2", title="氢能", body="", audiences=["a"]))

    first, second = selectors.search("氢能", audiences=["a", "b"]).hits

    assert first.score == second.score


def test_kinds_and_facets_narrow_what_is_found() -> None:
    services.put(text("1", "智能制造", facets=["call:2024", "office:3"]))
    services.put(text("2", "智能制造", facets=["call:2025"]))
    services.put(Text(kind="other", key="3", title="智能制造", body="", audiences=EVERYBODY))

    def keys(**narrow: object) -> set[str]:
        hits = selectors.search("智能制造", audiences=EVERYBODY, **narrow).hits  # type: ignore[arg-type]
        return {hit.key for hit in hits}

    assert keys() == {"1", "2", "3"}
    assert keys(kinds=["thing"]) == {"1", "2"}
    assert keys(facets=["call:2024", "office:3"]) == {"1"}
    assert keys(facets=["call:2024"], kinds=["other"]) == set()


def test_pages_follow_one_another() -> None:
    services.put_many([text(str(number), "海洋观测浮标", "浮标" * number) for number in range(7)])

    first = selectors.search("浮标", audiences=EVERYBODY, limit=4)
    second = selectors.search("浮标", audiences=EVERYBODY, limit=4, offset=4)

    assert (first.has_more, second.has_more) == (True, False)
    assert len({hit.key for hit in first.hits + second.hits}) == 7


def test_very_common_words_read_in_part_still_find_as_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Documents with one of the two words alone stand before those with both in the short lists."""
    monkeypatch.setattr(posting_lists, "MOST_IN_BEST", 8)
    monkeypatch.setattr(searching, "BUDGET", 10)
    monkeypatch.setattr(selectors, "MOST_SCORED_AGAIN", 6)
    services.put_many(
        [text(f"a{number}", "风电风电风电") for number in range(12)]
        + [text(f"b{number}", "储能储能储能") for number in range(12)]
        + [text(f"c{number}", "关于大型海上场站的长篇论述，涉及风电和储能") for number in range(12)]
    )
    services.fold(enough=1)

    found = selectors.search("风电 储能", audiences=EVERYBODY, limit=12, least=0.9)

    assert {hit.key for hit in found.hits} == {f"c{number}" for number in range(12)}


def test_what_was_asked_for_is_marked_where_it_stands() -> None:
    services.put(BATTERY)

    hit = selectors.search("電池", audiences=EVERYBODY).hits[0]

    assert hit.title == [("退役动力", False), ("电池", True), ("梯次利用", False)]
    assert ("电池", True) in hit.excerpt


@pytest.mark.parametrize("words", ["", " ", "。！", "\0", "\u200b", "电", "a", "%_'\"", "\ud800"])
def test_whatever_is_typed_is_answered(words: str) -> None:
    services.put(BATTERY)

    assert found(words) in ([], ["1"])


TEXTS = st.text(st.sampled_from("锂电池回收利用水稻盐碱地风能储氢abc1 。\0"), max_size=30)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(TEXTS, min_size=2, max_size=5), asked=TEXTS)
def test_removing_and_adding_again_changes_no_answer(texts: list[str], asked: str) -> None:
    for model in (Document, FreshPosting, Segment):
        model.objects.all().delete()
    services.put_many([text(str(number), one) for number, one in enumerate(texts)])
    before = {hit.key: hit.met for hit in selectors.search(asked, audiences=EVERYBODY).hits}

    services.remove(kind="thing", key="0")
    services.put(text("0", texts[0]))
    rebuild()

    after = {hit.key: hit.met for hit in selectors.search(asked, audiences=EVERYBODY).hits}
    assert after == pytest.approx(before)


def test_many_fresh_postings_are_folded_a_bounded_number_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services.put_many([BATTERY, FARMING, STORAGE])
    before = selectors.search("锂离子电池", audiences=EVERYBODY)
    monkeypatch.setattr(services, "MOST_AT_ONCE", 100)

    assert len(services.fold(enough=1).segments) > 1

    assert FreshPosting.objects.count() == 0
    assert selectors.search("锂离子电池", audiences=EVERYBODY) == before


def test_what_is_too_far_down_to_be_scored_again_keeps_the_score_it_was_ranked_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services.put_many([text(str(number), "海洋观测浮标", "潮汐" * number) for number in range(5)])
    exact = selectors.search("观测浮标", audiences=EVERYBODY).hits
    monkeypatch.setattr(selectors, "MOST_SCORED_AGAIN", 2)

    some = selectors.search("观测浮标", audiences=EVERYBODY).hits

    assert [hit.key for hit in some] == [hit.key for hit in exact]
    assert [hit.met for hit in some] == pytest.approx([1.0] * 5)
    assert all(0 < hit.score <= best.score + 1e-3 for hit, best in zip(some, exact, strict=True))


def test_an_audience_named_twice_is_one() -> None:
    services.put_many([BATTERY, STORAGE, FARMING])

    twice = selectors.search("锂离子电池", audiences=EVERYBODY * 2)

    assert twice == selectors.search("锂离子电池", audiences=EVERYBODY)


def test_documents_whose_numbers_lie_far_apart_are_added_up_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services.put_many([BATTERY, STORAGE, FARMING])
    before = selectors.search("锂离子电池", audiences=EVERYBODY)
    monkeypatch.setattr(postings, "FAR_APART", 0)

    assert selectors.search("锂离子电池", audiences=EVERYBODY) == before


@pytest.mark.parametrize("limit", [0, -1, -5])
def test_nothing_asked_for_is_nothing_given(limit: int) -> None:
    services.put_many([text(str(number), "耐盐水稻") for number in range(9)])

    assert selectors.search("水稻", audiences=EVERYBODY, limit=limit).hits == []
    assert selectors.similar("水稻", audiences=EVERYBODY, limit=limit) == []


def test_a_text_that_cannot_stand_as_given_is_written_once() -> None:
    strange = text("1", "耐盐\0水稻" + "长" * 2_000, "半个字\ud800" + "写" * 200_000)

    assert [keep([strange]), keep([strange])] == [1, 0]
