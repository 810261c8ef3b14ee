"""Sixteen clients submitting at once: no duplicate, no gap; and the twin that fails."""

from collections.abc import Callable
from threading import Barrier

import pytest
from django.db import IntegrityError

from tests import racing
from tests.factories import load_notice
from tests.racing import CLIENTS
from tests.suggestions.factories import IN_THE_WINDOW, key, make_draft
from xinghai.kernel.clock import travel_to
from xinghai.kernel.models import Counter
from xinghai.submissions.models import Receipt
from xinghai.submissions.services import submitting as handing_in
from xinghai.submissions.services.submitting import submit
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(drafts: list[Suggestion], act: Callable[[Suggestion], object]) -> list[object]:
    def in_the_window(client: int) -> object:
        with travel_to(IN_THE_WINDOW):
            return act(drafts[client])

    return racing.at_once(in_the_window, clients=len(drafts))


def sixteen_drafts() -> list[Suggestion]:
    call = load_notice("2024")
    with travel_to(IN_THE_WINDOW):
        return [make_draft(call) for _client in range(CLIENTS)]


def test_sixteen_clients_at_once_leave_no_duplicate_and_no_gap() -> None:
    at_once(
        sixteen_drafts(),
        lambda draft: submit(draft, by=draft.author, key=key(), version=draft.version),
    )
    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert numbers == [f"2024-{value:05d}" for value in range(1, CLIENTS + 1)]


def test_the_same_without_the_counters_lock_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the same service, numbering by reading first and writing later."""
    drafts = sixteen_drafts()
    Counter.objects.create(series="suggestion:2024", value=0)
    all_read = Barrier(CLIENTS)

    def take_naively(series: str, count: int) -> range:
        value = Counter.objects.get(series=series).value
        all_read.wait()
        Counter.objects.filter(series=series).update(value=value + count)
        return range(value + 1, value + count + 1)

    monkeypatch.setattr(handing_in, "take_numbers", take_naively)
    with pytest.raises(IntegrityError, match="suggestion_number"):
        at_once(
            drafts,
            lambda draft: submit(draft, by=draft.author, key=key(), version=draft.version),
        )
    assert Receipt.objects.count() < CLIENTS


def test_sixteen_clicks_on_one_draft_are_one_submission() -> None:
    draft = sixteen_drafts()[0]
    pressed = key()
    answers = at_once(
        [draft] * CLIENTS,
        lambda one: submit(one, by=one.author, key=pressed, version=one.version),
    )
    assert len(set(answers)) == 1
    assert Receipt.objects.count() == 1
