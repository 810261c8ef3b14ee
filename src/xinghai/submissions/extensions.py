"""What rooms above add to the pages of this one; they register it in `apps.ready`."""

from collections.abc import Callable
from typing import Any

from xinghai.accounts.models import User
from xinghai.submissions.models import Submission

Facts = Callable[[Submission, User], dict[str, Any]]
_of_preview: dict[str, Facts] = {}


def add_to_preview(name: str, facts: Facts) -> None:
    """Add what `facts` returns to the context of the preview page; a name again replaces it."""
    _of_preview[name] = facts


def preview_facts(submission: Submission, user: User) -> dict[str, Any]:
    """Return what the rooms above add to the preview of this record for this reader."""
    return {name: value for one in _of_preview.values() for name, value in one(submission, user).items()}


def registrations() -> dict[str, str]:
    """Return what has been registered: where it joins, and the dotted name of the function."""
    return {f"preview:{name}": f"{one.__module__}.{one.__qualname__}" for name, one in _of_preview.items()}
