"""What rooms above add to the pages of this one; they register it in `apps.ready`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from xinghai.accounts.models import User
    from xinghai.submissions.models import Submission

_of_preview: dict[str, str] = {}


def add_to_preview(name: str, function: str) -> None:
    """Add what a function returns to the context of the preview page; a name again replaces it.

    `function` is a dotted name, since rooms register before models are ready. The function takes
    a record and its reader and returns a dictionary.
    """
    _of_preview[name] = function


def preview_facts(submission: Submission, user: User) -> dict[str, Any]:
    """Return what the rooms above add to the preview of this record for this reader."""
    found: dict[str, Any] = {}
    for function in _of_preview.values():
        found |= import_string(function)(submission, user)
    return found


def registrations() -> dict[str, str]:
    """Return what has been registered: where it joins, and the dotted name of the function."""
    return {f"preview:{name}": function for name, function in _of_preview.items()}
