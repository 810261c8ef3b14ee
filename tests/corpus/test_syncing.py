"""Keeping: what stands as it is given is not written again."""

import pytest

from xinghai.corpus.models import LONGEST, LONGEST_TITLE, Document, FreshPosting
from xinghai.corpus.services import Text
from xinghai.corpus.syncing import keep

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("氢能", "储运"),
        ("题" * (LONGEST_TITLE + 1), "文" * (LONGEST + 1)),
        ("有\0零", "半个\ud800字"),
    ],
)
def test_a_text_that_stands_as_it_is_given_is_left_however_it_was_cut(
    title: str, body: str
) -> None:
    text = Text(kind="thing", key="1", title=title, body=body, audiences=["b", "a", "b"])

    assert keep([text]) == 1
    number, postings = Document.objects.get().number, FreshPosting.objects.count()

    assert keep([text]) == 0
    assert (Document.objects.get().number, FreshPosting.objects.count()) == (number, postings)


def test_what_differs_is_put_and_the_rest_is_left() -> None:
    one = Text(kind="thing", key="1", title="氢能", body="", audiences=["a"])
    other = Text(kind="thing", key="2", title="风能", body="", audiences=["a"])
    keep([one, other])
    before = Document.objects.get(key="1").number

    changed = Text(kind="thing", key="2", title="风能", body="", audiences=["a", "b"])

    assert keep([one, changed]) == 1
    assert Document.objects.get(key="1").number == before
    assert Document.objects.get(key="2").audiences == ["a", "b"]
