"""Entries of the bureau's navigation that each process with a worklist has."""

from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register
from xinghai.submissions.process import Process

COUNTS = "xinghai.casework.selectors"


def register_worklist(process: Process, *, order: int = 10) -> None:
    """Add the entries of a process's worklist to the bureau's navigation, from `order` on."""
    room, permission = process.room, process.permission
    every = format_lazy(_("全部{nouns}"), nouns=process.noun.many)
    entries = (
        Entry(_("总览"), f"{room}:office-overview", "eye", permission("see_overview"), order - 5),
        Entry(
            _("收件箱"),
            f"{room}:office-inbox",
            "inbox",
            permission("work_in_office"),
            order,
            count=f"{COUNTS}.waiting_in_office",
            counted=process.key,
        ),
        Entry(_("办理情况"), f"{room}:office-load", "chart-bar", permission("see_load"), order + 5),
        Entry(
            _("待分派"),
            f"{room}:office-triage",
            "route",
            permission("oversee"),
            order + 10,
            count=f"{COUNTS}.waiting_in_triage",
            counted=process.key,
        ),
        Entry(every, f"{room}:office-all", "list", permission("work_in_bureau"), order + 20),
    )
    for entry in entries:
        register("staff", replace(entry, group=process.noun.many))
