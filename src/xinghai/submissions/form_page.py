"""A submission as its pages show it: to be written, to be read, and a partner's part of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from xinghai.accounts.models import User
from xinghai.accounts.positions import Positions
from xinghai.kernel.form_pages import FormPage, show_form
from xinghai.kernel.forms import Context, Report, kind_of, parse_answers
from xinghai.kernel.humanize import localized
from xinghai.kernel.shown_fields import ShownField
from xinghai.submissions.answers import author_side, permitted_fields
from xinghai.submissions.models import Remark, Submission
from xinghai.submissions.redacting import Reader, may_read, readable, redact


@dataclass(frozen=True)
class ShownComment:
    """A remark beside its field; `resolve_do` is what the button of the form sends."""

    author: str
    at: datetime
    text: str
    resolved: bool
    resolve_do: str
    field: str
    label: str


def show_comments(
    comments: Iterable[Remark], submission: Submission, *, can_resolve: bool
) -> list[ShownComment]:
    """Staff are named by office, the research office by its unit: offices speak, not people."""
    unit = submission.organisation.name if submission.organisation else ""
    comments = list(comments)
    positions = Positions(one.author_id for one in comments if one.side != "unit")
    return [
        ShownComment(
            author=_speaker(comment, unit, positions),
            at=comment.created_at,
            text=comment.text,
            resolved=comment.resolved_at is not None,
            resolve_do=f"resolve:{comment.pk}" if can_resolve else "",
            field=comment.field,
            label=field_label(submission, comment.field),
        )
        for comment in comments
    ]


def _speaker(comment: Remark, unit: str, positions: Positions) -> str:
    if comment.side == "unit":
        return unit
    office = positions.office(comment.author_id, comment.created_at)
    return localized(office) if office else comment.author.name


def field_label(submission: Submission, name: str) -> str:
    field = submission.form.form.field(name)
    return field.title(_language()) if field else name


def show_writing(
    submission: Submission,
    report: Report,
    context: Context,
    *,
    show_missing: bool = False,
    comments: Iterable[ShownComment] = (),
) -> FormPage:
    """Everything the author fills, both tables on one page."""
    beside: defaultdict[str, list[ShownComment]] = defaultdict(list)
    for comment in comments:
        beside[comment.field].append(comment)
    return _shown_to(
        Reader.AUTHOR,
        submission,
        report,
        context,
        sides={"", author_side(submission)},
        show_missing=show_missing,
        comments=beside,
    )


def show_everything(
    submission: Submission, report: Report, context: Context, reader: Reader
) -> FormPage:
    """Both tables with every side's part, to be read, previewed and printed."""
    return _shown_to(reader, submission, report, context)


def _shown_to(
    reader: Reader, submission: Submission, report: Report, context: Context, **more: Any
) -> FormPage:
    """Show the form with what this reader may read; fields that hide an answer do not appear."""
    form = submission.form.form
    page = show_form(form, redact(form, submission.answers, reader), report, context, **more)
    sections = [replace(one, fields=_readable(one.fields, reader)) for one in page.sections]
    files_at = submission.process.address("files", submission.pk)
    shown = tuple(one for one in sections if one.fields)
    return replace(page, sections=shown, files_at=files_at)


def _readable(fields: Iterable[ShownField], reader: Reader) -> tuple[ShownField, ...]:
    shown = (one for one in fields if may_read(one.field, reader))
    return tuple(replace(one, field=readable(one.field, reader)) for one in shown)


def show_other_parts(submission: Submission, report: Report, context: Context) -> FormPage:
    """What the partners write, for the author to read."""
    others = submission.form.form.partner_sides - {author_side(submission)}
    return _shown_to(Reader.AUTHOR, submission, report, context, sides=others)


def show_common_part(submission: Submission, context: Context) -> FormPage:
    """What a partner reads of the submission: never the guide table, nor anybody's contacts."""
    nothing, shown = Report((), ()), {"", author_side(submission)}
    return _shown_to(Reader.PARTNER, submission, nothing, context, sides=shown, tables={""})


def show_part(
    submission: Submission,
    report: Report,
    context: Context,
    sides: Collection[str],
    *,
    show_missing: bool = False,
) -> FormPage:
    """A partner's own part, of which it is the author."""
    return _shown_to(
        Reader.AUTHOR,
        submission,
        report,
        context,
        sides=sides,
        show_missing=show_missing,
    )


def told_back(submission: Submission, typed: Mapping[str, Any], user: User) -> dict[str, Any]:
    """Fields the record holds otherwise than they were just sent.

    Another window's words, or a guide field that followed: the page must take them over,
    or its next save would undo them. Only of fields the person may fill: a partner who names
    others must not be told the author's words.
    """
    form, stored, differing = submission.form.form, submission.answers, {}
    allowed = permitted_fields(submission, user)
    own = {name: sent for name, sent in typed.items() if name in allowed}
    for name, sent in parse_answers(form, own).items():
        field = form.field(name)
        if field is not None and not kind_of(field).same(sent, stored.get(name)):
            differing[name] = stored.get(name)
    return differing


def filled_of(report: Report) -> tuple[int, int]:
    """How many of the asked fields are filled."""
    sections = report.sections
    return sum(one.filled for one in sections), sum(one.total for one in sections)


def _language() -> str:
    return get_language() or "zh-hans"
