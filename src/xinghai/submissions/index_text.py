"""What a submission says in its author's own words: nobody's name, telephone or address."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from xinghai.kernel.forms import Field, FormDefinition, follow
from xinghai.submissions.models import Submission
from xinghai.submissions.redacting import Reader, redact

# What the platform fills in says nothing about the submission, and may be a person's.
FROM_PROFILES = ("user.", "organisation.")
# What stands between marks; a list with 、 is one clause, its words are telling together.
CLAUSE = re.compile(r"[^，。；：！？（）【】,;:!?()\n]+")
LEAST_CLAUSE, MANY = 6, 4
# Nothing is read twice: a draft may be a megabyte without a blank.
CONTACT = re.compile(
    r"(?<![\w.+-])[\w.+-]++(?:@[\w-]++(?:\.[\w-]++)++[\w.+-]*+)+"
    r"|(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)"
)


@dataclass(frozen=True)
class Said:
    """The answer to one question, and whether a long one was asked for."""

    field: str
    label: str
    text: str
    is_long: bool


def texts_of(submission: Submission) -> list[Said]:
    """Return what was written, long answers first, each part in the form's order.

    The guide table repeats the form until somebody writes there: only what differs is told.
    """
    return sorted(_said(submission), key=lambda one: not one.is_long)


def _said(submission: Submission) -> Iterator[Said]:
    form, answers = submission.form.form, _told(submission)
    # From the whole record: what repeats an answer nobody is told repeats it all the same.
    followed, language = follow(form, submission.answers), get_language() or "zh-hans"
    titles = titles_of(form)
    for field in form.fields("submitter"):
        value = answers.get(field.id)
        if not (isinstance(value, str) and value.strip()) or value == followed.get(field.id):
            continue
        if field.id not in titles and _is_told(field):
            yield Said(field.id, field.title(language), value.strip(), field.kind == "textarea")


def _told(submission: Submission) -> dict[str, Any]:
    return redact(submission.form.form, submission.answers, Reader.INDEX)


def _is_told(field: Field) -> bool:
    return (
        field.kind in ("text", "textarea")
        and not field.readonly
        and not field.prefill.startswith(FROM_PROFILES)
    )


def titles_of(form: FormDefinition) -> set[str]:
    """The field of the record's title, and those that follow it: an index holds titles apart."""
    title = form.promoted("title")
    if title is None:
        return set()
    return {title.id, *(one.id for one in form.fields() if one.prefill_from == title.id)}


def body_of(submission: Submission) -> str:
    """Return the text an index holds: the answers and the keywords, without ways to reach anybody.

    People write a number into a paragraph too; an index is no place for it.
    """
    named = submission.form.form.promoted("keywords")
    keywords = _told(submission).get(named.id) if named is not None else None
    tags = [str(one) for one in keywords] if isinstance(keywords, list) else []
    told = [said.text for said in texts_of(submission)]
    return CONTACT.sub("", "\n".join([*told, "、".join(tags)])).strip()


def own_words(texts: Sequence[str], owners: Sequence[object]) -> list[str]:
    """Return the texts without the clauses many write: what is left tells them apart.

    A clause of four owners is a phrase of the trade; one of half of all texts, however short.
    """
    parted = [CLAUSE.findall(text) for text in texts]
    held: dict[str, set[object]] = defaultdict(set)
    times: Counter[str] = Counter()
    for clauses, owner in zip(parted, owners, strict=True):
        for clause in {one.strip() for one in clauses}:
            held[clause].add(owner)
            times[clause] += 1
    return [
        "，".join(
            clause
            for clause in clauses
            if times[clause.strip()] * 2 <= len(texts)
            and (len(clause.strip()) < LEAST_CLAUSE or len(held[clause.strip()]) < MANY)
        )
        for clauses in parted
    ]


def questions_of(form: FormDefinition) -> Iterator[str]:
    """Yield what the form itself says: who copies its words has copied from nobody."""
    for section in form.sections:
        yield from (section.title, section.help)
        for field in section.fields:
            yield from (field.label, field.help, field.why, field.example, field.statement)
