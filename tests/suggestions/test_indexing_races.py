"""A suggestion moves while a job keeps it: who read before the move does not write after it."""

import pytest

from tests.racing import overtake
from tests.suggestions.factories import in_the_window, make_submitted
from xinghai.calls.models import Call
from xinghai.corpus.models import Document
from xinghai.submissions import indexing
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_taken_back_while_it_is_kept_is_found_by_nobody(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_the_window():
        suggestion = make_submitted(call, domain="ai", title="蓝鲸型缠绕膜的在线检测")

    def take_back() -> None:
        handing_in.recall(suggestion, by=suggestion.author)
        indexing.keep_in_index(SUGGESTIONS, suggestion.pk)

    later = overtake(monkeypatch, indexing, "keep", take_back)
    indexing.keep_in_index(SUGGESTIONS, suggestion.pk)
    later.join()

    assert not Document.objects.exists()
