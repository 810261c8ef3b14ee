"""What a receipt states, and how anyone checks it."""

from typing import Any

from xinghai.calls.choosing import GUIDE_TABLE
from xinghai.kernel.hashing import content_hash
from xinghai.suggestions.models import Suggestion


def official_number(call_code: str, value: int) -> str:
    """Return the official number: the call's code and five digits, in order of receipt."""
    return f"{call_code}-{value:05d}"


def receipted_content(suggestion: Suggestion) -> dict[str, Any]:
    """Return exactly what the receipt's hash covers; the applicant can download the same.

    The two tables stand apart, as they did when each was stored by itself: a receipt of that
    time still states the hash of what is stored now.
    """
    form, answers = suggestion.form, suggestion.answers
    guide = form.form.names_in(GUIDE_TABLE)
    return {
        "number": suggestion.number,
        "version": suggestion.version,
        "form": form.table_hash(""),
        "guide_form": form.table_hash(GUIDE_TABLE),
        "answers": {name: value for name, value in answers.items() if name not in guide},
        "guide": {name: value for name, value in answers.items() if name in guide},
    }


def receipt_hash(suggestion: Suggestion) -> str:
    return content_hash(receipted_content(suggestion))
