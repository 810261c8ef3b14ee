"""One click or ten, one effect: the first answer to a key is stored and replayed."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from xinghai.kernel.jobs import queued_together
from xinghai.kernel.models import IdempotencyKey
from xinghai.kernel.refusals import Refusal

LONGEST_KEY = 64


class KeyReused(Refusal):
    """The key came from another person, for another operation, or from a page of before."""

    def __init__(self) -> None:
        super().__init__(_("这个页面已经用过，请刷新后再操作。"))


def once(
    key: str,
    *,
    operation: str,
    by: Any,
    act: Callable[[], Any],
    could_act: Callable[[], bool] | None = None,
) -> Any:
    """Run `act` in a transaction unless this key already has an answer; return the answer.

    `could_act` is asked where the key has an answer: whether the records stand where the act
    would find work again. Then the page is from before, its answer would be untrue, and KeyReused
    says so.

    `act` returns something JSON can hold (an id, a path). The unique index makes
    a second request with the same key wait for the first one's commit, so both
    get the same answer; after a rollback the second runs instead.
    """
    key = _fitting(key)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO kernel_idempotencykey (key, operation, owner_id, created_at, answer)"
                " VALUES (%s, %s, %s, now(), 'null') ON CONFLICT (key) DO NOTHING",
                [key, operation, by.pk],
            )
            is_first = cursor.rowcount == 1
        if not is_first:
            stored = IdempotencyKey.objects.get(key=key)
            if (stored.operation, stored.owner_id) != (operation, by.pk):
                raise KeyReused
            if could_act is not None and could_act():
                raise KeyReused
            return stored.answer
        with queued_together():
            answer = act()
        IdempotencyKey.objects.filter(key=key).update(answer=answer)
        return answer


def answer_to(key: str, *, operation: str, by: Any) -> Any:
    """Return the stored answer to a key of this person and operation; None when there is none."""
    known = IdempotencyKey.objects.filter(key=_fitting(key), operation=operation, owner_id=by.pk)
    stored = known.first()
    return stored.answer if stored else None


def _fitting(key: str) -> str:
    """Keys come back from pages, where anybody can write a longer one than the column holds."""
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
