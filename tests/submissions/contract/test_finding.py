"""Words and numbers find records; similar ones stand beside each other; nobody finds what is not
theirs."""

import pytest
from django.urls import reverse

from tests.factories import make_organisation, make_user
from tests.pages import client_of, html_of, words_of
from tests.submissions.contract.world import World
from xinghai.duplicates.models import Likeness
from xinghai.submissions import indexing
from xinghai.submissions.models import Submission

pytestmark = pytest.mark.django_db

TITLE = "大型船用曲轴残余应力在线检测"
WORD = "蓝鲸型缠绕膜"
COPIED = (
    "曲轴在精加工之后的残余应力目前只能抽检，抽检一根要停线四个小时，超差的曲轴到装机试车时才会暴露，"
    "返修费用高，交货期也因此一再推迟。船厂希望在车削工位上就能逐段测出应力的分布，"
    "把不合格的轴颈留在机床上处理，并把每一根轴的数据留给装配和检验的同事。"
)


@pytest.fixture
def pair(world: World) -> list[Submission]:
    """Two records of two units with the same words."""
    first = world.arrived(title=TITLE, **{world.case.text_field: COPIED})
    vars(world).update(
        science=(person := make_user()),
        unit=make_organisation("university", administrator=person),
    )
    vars(world).pop("author", None)
    second = world.arrived(title="曲轴应力检测装备的研制", **{world.case.text_field: COPIED})
    indexing.keep_everything()
    return [first, second]


def places_to_search(world: World) -> list[str]:
    """The process's lists, and what the frame offers over all processes."""
    lists = [world.process.address(name) for name in ("office-inbox", "office-all")]
    return [*lists, reverse("casework:offers")]


def test_a_word_of_the_text_finds_the_record(world: World) -> None:
    inside = world.arrived(title="演示：冷链箱体", **{world.case.text_field: f"{WORD}耐寒。" * 20})
    other = world.arrived(title="演示：海参酶解")
    indexing.keep_everything()
    client = client_of(world.officer)
    for address in places_to_search(world):
        page = html_of(client.get(f"{address}?tab=all&q={WORD}"))
        assert inside.number in page, address
        assert other.number not in page, address


def test_a_number_is_looked_up(world: World) -> None:
    one, other = world.arrived(), world.arrived()
    page = html_of(
        client_of(world.officer).get(
            f"{world.process.address('office-inbox')}?tab=all&q={one.number.lower()}"
        )
    )
    assert f'id="row-{one.pk}"' in page
    assert f'id="row-{other.pk}"' not in page


def test_the_author_and_the_unit_search_their_own_lists(world: World) -> None:
    one = world.arrived(title="演示：冷链箱体", **{world.case.text_field: f"{WORD}耐寒。" * 20})
    other = world.arrived(title="演示：海参酶解")
    indexing.keep_everything()
    for person, name in ((world.author, "list"), (world.science, "unit-list")):
        page = html_of(client_of(person).get(f"{world.process.address(name)}?tab=all&q={WORD}"))
        assert one.title in page, name
        assert other.title not in page, name


def test_another_office_finds_nothing(world: World) -> None:
    one = world.arrived(**{world.case.text_field: f"{WORD}耐寒。" * 20})
    indexing.keep_everything()
    client = client_of(world.officer_elsewhere)
    for address in places_to_search(world):
        page = html_of(client.get(f"{address}?tab=all&q={WORD}"))
        assert one.number not in page, address


def test_the_bureau_reads_what_is_like_a_record_beside_it(
    world: World, pair: list[Submission]
) -> None:
    first, second = pair
    client = client_of(world.officer)
    page = html_of(client.get(world.process.address("office-record", first.pk)))
    assert world.process.address("office-like", first.pk, second.pk) in page
    compared = client.get(world.process.address("office-like", first.pk, second.pk))
    assert "车削工位" in words_of(compared)


def test_the_verdict_about_a_pair_is_kept_and_shown_from_both_sides(
    world: World, pair: list[Submission]
) -> None:
    first, second = pair
    client, address = (
        client_of(world.officer),
        world.process.address("office-like", first.pk, second.pk),
    )
    assert client.post(address, {"verdict": "same", "reason": "", "key": "a"}).status_code == 422
    client.post(address, {"verdict": "same", "reason": "同一根轴", "key": "b"})
    assert Likeness.objects.get().verdict == "same"
    for one, other in (pair, reversed(pair)):
        page = html_of(client.get(world.process.address("office-record", one.pk)))
        assert "重复" in page.partition('id="alike"')[2].partition(other.title)[2][:400]


def test_who_sees_only_one_of_two_compares_nothing(world: World, pair: list[Submission]) -> None:
    first, second = pair
    address = world.process.address("office-like", first.pk, second.pk)
    assert client_of(world.officer_elsewhere).get(address).status_code == 404
    assert client_of(world.author).get(address).status_code == 403


def test_a_writer_is_told_of_own_units_record_of_the_same_name(world: World) -> None:
    world.at_unit(title=TITLE)
    indexing.keep_everything()
    draft = world.draft(author=world.member(), title="演示：别的名称")
    address = f"{world.process.address('near', draft.pk)}?title={TITLE}"
    assert client_of(draft.author).get(address).status_code == 200
    assert TITLE in words_of(client_of(draft.author).get(address))
