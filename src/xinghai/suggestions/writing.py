"""A suggestion as its pages show it: to be written, to be read, and a partner's part of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from xinghai.kernel.form_pages import FormPage, show_form
from xinghai.kernel.forms import Context, Report, kind_of, parse_answers
from xinghai.kernel.humanize import localized
from xinghai.suggestions.content import author_side
from xinghai.suggestions.models import FieldComment, Suggestion

UNSEEN_BY_PARTNERS = "private"


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
    comments: Iterable[FieldComment], suggestion: Suggestion, *, can_resolve: bool
) -> list[ShownComment]:
    """Staff are named by office, the research office by its unit: offices speak, not people."""
    unit = suggestion.organisation.name if suggestion.organisation else ""
    return [
        ShownComment(
            author=_speaker(comment, unit),
            at=comment.created_at,
            text=comment.text,
            resolved=comment.resolved_at is not None,
            resolve_do=f"resolve:{comment.pk}" if can_resolve else "",
            field=comment.field,
            label=field_label(suggestion, comment.field),
        )
        for comment in comments
    ]


def _speaker(comment: FieldComment, unit: str) -> str:
    if comment.side == "unit":
        return unit
    return localized(comment.author.office) if comment.author.office else comment.author.name


def field_label(suggestion: Suggestion, name: str) -> str:
    field = suggestion.form.form.field(name)
    return field.title(_language()) if field else name


def show_writing(
    suggestion: Suggestion,
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
    return show_form(
        suggestion.form.form,
        suggestion.answers,
        report,
        context,
        sides={"", author_side(suggestion)},
        show_missing=show_missing,
        comments=beside,
    )


def show_everything(suggestion: Suggestion, report: Report, context: Context) -> FormPage:
    """Both tables with every side's part, to be read, previewed and printed."""
    return show_form(suggestion.form.form, suggestion.answers, report, context)


def show_other_parts(suggestion: Suggestion, report: Report, context: Context) -> FormPage:
    """What the partners write, for the author to read."""
    form = suggestion.form.form
    others = form.partner_sides - {author_side(suggestion)}
    return show_form(form, suggestion.answers, report, context, sides=others)


def show_common_part(suggestion: Suggestion, context: Context) -> FormPage:
    """What a partner reads of the suggestion: never the guide table, nor anybody's contacts."""
    form, nothing = suggestion.form.form, Report((), ())
    shown = {"", author_side(suggestion)}
    page = show_form(form, suggestion.answers, nothing, context, sides=shown, tables={""})
    sections = [
        replace(
            section,
            fields=tuple(
                one for one in section.fields if one.field.publicity != UNSEEN_BY_PARTNERS
            ),
        )
        for section in page.sections
    ]
    return replace(page, sections=tuple(section for section in sections if section.fields))


def show_part(
    suggestion: Suggestion,
    report: Report,
    context: Context,
    sides: Collection[str],
    *,
    show_missing: bool = False,
) -> FormPage:
    """A partner's own part."""
    return show_form(
        suggestion.form.form,
        suggestion.answers,
        report,
        context,
        sides=sides,
        show_missing=show_missing,
    )


def told_back(suggestion: Suggestion, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Fields the record holds otherwise than they were just sent.

    Another window's words, or a guide field that followed: the page must take them over,
    or its next save would undo them.
    """
    form, stored, differing = suggestion.form.form, suggestion.answers, {}
    for name, sent in parse_answers(form, typed).items():
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
