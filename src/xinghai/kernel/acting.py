"""Run a write once per rendered form and tell the person its result."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest

from xinghai.kernel.idempotency import once
from xinghai.kernel.refusals import Refusal

LONGEST_OPERATION = 60


def fresh_key() -> str:
    """Return the key a page gives its forms: ten clicks on one rendered form act once."""
    return uuid4().hex


def form_key(request: HttpRequest) -> str:
    """Return the key the form was rendered with; a form that carries none gets one of its own."""
    return request.POST.get("key") or fresh_key()


def act_once(
    request: HttpRequest,
    operation: str,
    act: Callable[[], Any],
    *,
    could_act: Callable[[], bool] | None = None,
) -> Refusal | None:
    """Run `act` once per rendered form and operation; return what stood in the way, or None.

    The operation names the record too: one form may act on several. `could_act`: see `once`.
    """
    try:
        once(
            f"{form_key(request)}:{operation}",
            operation=operation[:LONGEST_OPERATION],
            by=request.user,
            act=act,
            could_act=could_act,
        )
    except Refusal as refusal:
        return refusal
    return None


def act_and_report(
    request: HttpRequest, operation: str, act: Callable[[], Any], *, done: str = ""
) -> bool:
    """Run `act` once and leave a message on the next page: `done`, or why it did not happen."""
    refusal = act_once(request, operation, act)
    if refusal is not None:
        messages.error(request, refusal.reason)
        return False
    if done:
        messages.success(request, done)
    return True
