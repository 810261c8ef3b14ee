"""What a receipt states, and how anyone checks it."""

from typing import Any

from xinghai.kernel.hashing import content_hash
from xinghai.submissions.models import Submission


def official_number(call_code: str, value: int) -> str:
    """Return the official number: the call's code and five digits, in order of receipt."""
    return f"{call_code}-{value:05d}"


def receipted_content(submission: Submission) -> dict[str, Any]:
    """Return exactly what the receipt's hash covers; the applicant can download the same.

    Further tables of the form stand apart, as they did when each was stored by itself: a receipt
    of that time still states the hash of what is stored now.
    """
    form, answers = submission.form, submission.answers
    tables = {table.id: form.form.names_in(table.id) for table in form.form.tables}
    further = {name for names in tables.values() for name in names}
    content: dict[str, Any] = {
        "number": submission.number,
        "version": submission.version,
        "form": form.table_hash(""),
        "answers": {name: value for name, value in answers.items() if name not in further},
    }
    for table, names in tables.items():
        content[f"{table}_form"] = form.table_hash(table)
        content[table] = {name: value for name, value in answers.items() if name in names}
    return content


def receipt_hash(submission: Submission) -> str:
    return content_hash(receipted_content(submission))
