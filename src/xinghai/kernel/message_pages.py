"""The pages of a person's messages: list, mark as read, choose how mail is sent."""

import itertools
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from xinghai.kernel import messaging
from xinghai.kernel.message_topics import Mail, topics_for
from xinghai.kernel.models import Message, MessagePreference
from xinghai.kernel.request_data import numbers
from xinghai.kernel.views import page_of, requires, way_back


@requires("signed_in")
def list_notices(request: HttpRequest) -> HttpResponse:
    """One's messages by day, the newest first; unread ones alone, or one topic, on demand."""
    show, topic = request.GET.get("show", ""), request.GET.get("topic", "")
    mine = Message.objects.filter(recipient_id=request.user.pk)
    unread = mine.filter(read_at=None)
    waiting: dict[str, int] = {
        row["topic"]: row["count"] for row in unread.values("topic").annotate(count=Count("pk"))
    }
    rows = unread if show == "unread" else mine
    rows = rows.filter(topic=topic) if topic else rows
    page = page_of(rows.order_by("-created_at", "-pk"), request.GET.get("page"))
    topics = topics_for(request.user)
    shown = {
        "page": page,
        "days": _by_day(page.object_list),
        "show": show if show == "unread" else "",
        "topic": topic if topic in {one.name for one in topics} else "",
        "topics": [(one, waiting.get(one.name, 0)) for one in topics],
        "unread": sum(waiting.values()),
        "frame": _frame(request),
    }
    return render(request, "kernel/messages.html", shown)


def _by_day(rows: Any) -> list[tuple[Any, list[Message]]]:
    def day(notice: Message) -> Any:
        return timezone.localdate(notice.created_at)

    return [(when, list(some)) for when, some in itertools.groupby(rows, key=day)]


def _frame(request: HttpRequest) -> str:
    """The bureau's people keep their own frame around pages everybody has."""
    return "base/staff.html" if getattr(request.user, "is_staff", False) else "base/applicant.html"


@requires("signed_in", methods=["POST"])
def read_notices(request: HttpRequest) -> HttpResponse:
    """Put messages away as read, or back among the unread; named ones, else all of a topic."""
    wanted: set[int] | None = set(numbers(request.POST.getlist("notice")))
    if request.POST.get("do") == "unread":
        messaging.mark_unread(request.user, notices=wanted or set())
        return redirect(_back(request))
    if not wanted and "notice" not in request.POST:
        topic = request.POST.get("topic", "")
        mine = Message.objects.filter(recipient_id=request.user.pk, read_at=None, topic=topic)
        wanted = set(mine.values_list("pk", flat=True)) if topic else None
    changed = messaging.mark_read(request.user, notices=wanted)
    if changed > 1:
        messages.success(request, _("已把 %(count)d 条标为已读。") % {"count": changed})
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    return way_back(request, within="/my/notices/", otherwise="/my/notices/")


@requires("signed_in")
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what the message is about. A GET writes nothing: the page that opens says it is read.

    The fragment `read=<pk>` (behind the page's own) tells it so (static/xinghai/page.js); without
    scripts the message stays unread until it is put away in the list.
    """
    notice = get_object_or_404(Message, pk=pk, recipient=request.user)
    if not url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect("notices")
    if notice.read_at is not None:
        return redirect(notice.url)
    return redirect(f"{notice.url}{'&' if '#' in notice.url else '#'}read={pk}")


@requires("signed_in", methods=["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How the mail of each topic comes; in the application every message waits in any case."""
    topics = topics_for(request.user)
    if request.method == "POST":
        _store(request, {one.name for one in topics})
        messages.success(request, _("已保存，从下一条消息起生效。"))
        return redirect("notice-preferences")
    chosen = dict(
        MessagePreference.objects.filter(user_id=cast("int", request.user.pk)).values_list(
            "topic", "mail"
        )
    )
    shown = {
        "topics": [(one, chosen.get(one.name, one.mail)) for one in topics],
        "choices": Mail.choices,
        "address": getattr(request.user, "email", ""),
        "frame": _frame(request),
    }
    return render(request, "kernel/message_preferences.html", shown)


@transaction.atomic
def _store(request: HttpRequest, known: set[str]) -> None:
    """Keep what was chosen for topics this person has; anything else in the post is nothing."""
    rows = [
        MessagePreference(user_id=cast("int", request.user.pk), topic=name, mail=request.POST[name])
        for name in sorted(known)
        if request.POST.get(name) in Mail.values
    ]
    MessagePreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "topic"], update_fields=["mail"]
    )
