"""What a receipt states, and how anyone checks it."""

from typing import Any

from xinghai.kernel.hashing import content_hash
from xinghai.suggestions.models import Suggestion


def official_number(call_code: str, value: int) -> str:
    """Return the official number: the call's code and five digits, in order of receipt."""
    return f"{call_code}-{value:05d}"


def receipted_content(suggestion: Suggestion) -> dict[str, Any]:
    """Return exactly what the receipt's hash covers; the applicant can download the same."""
    return {
        "number": suggestion.number,
        "version": suggestion.version,
        "form": suggestion.form.definition_hash,
        "guide_form": suggestion.condensation_form.definition_hash,
        "answers": suggestion.answers,
        "guide": suggestion.condensation,
    }


def receipt_hash(suggestion: Suggestion) -> str:
    return content_hash(receipted_content(suggestion))
