"""Two jobs of one call at the same moment: who read first must not write last."""

import pytest

from tests.factories import load_notice
from tests.racing import overtake
from xinghai.calls import indexing
from xinghai.corpus.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_that_read_before_a_change_does_not_write_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call = load_notice("2024")

    def change() -> None:
        call.categories.update(is_accepting=False)
        indexing.keep_in_index("2024")

    later = overtake(monkeypatch, indexing, "keep_group", change)
    indexing.keep_in_index("2024")
    later.join()

    assert Document.objects.filter(kind=indexing.CALL).exists()
    assert not Document.objects.filter(kind=indexing.TYPE).exists()
