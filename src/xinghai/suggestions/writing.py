"""The page a suggestion is written on: its form and the guide table beside it, as one.

The ids of a form and of the guide table never collide (a test holds it), so
both stand under one name each and the server tells them apart by the form that knows the name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from xinghai.kernel.form_pages import FormPage, ShownSection, report_json, show_form
from xinghai.kernel.forms import Context, Report, kind_of, parse_answers
from xinghai.kernel.humanize import localized
from xinghai.suggestions.content import author_side
from xinghai.suggestions.models import FieldComment, Suggestion
from xinghai.suggestions.prechecking import Precheck

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
    field = suggestion.form.form.field(name) or suggestion.condensation_form.form.field(name)
    return field.title(_language()) if field else name


def show_writing(
    suggestion: Suggestion,
    report: Precheck,
    context: Context,
    *,
    show_missing: bool = False,
    comments: Iterable[ShownComment] = (),
) -> FormPage:
    """Everything the author fills, both tables on one page."""
    beside: defaultdict[str, list[ShownComment]] = defaultdict(list)
    for comment in comments:
        beside[comment.field].append(comment)
    own = {"", author_side(suggestion)}
    return _together(
        show_form(
            suggestion.form.form,
            suggestion.answers,
            report.form,
            context,
            sides=own,
            show_missing=show_missing,
            comments=beside,
        ),
        show_form(
            suggestion.condensation_form.form,
            suggestion.condensation,
            report.guide,
            context,
            show_missing=show_missing,
            comments=beside,
        ),
    )


def show_everything(suggestion: Suggestion, report: Precheck, context: Context) -> FormPage:
    """Both tables with every side's part, to be read, previewed and printed."""
    return _together(
        show_form(suggestion.form.form, suggestion.answers, report.form, context),
        show_form(
            suggestion.condensation_form.form, suggestion.condensation, report.guide, context
        ),
    )


def show_other_parts(suggestion: Suggestion, report: Precheck, context: Context) -> FormPage:
    """What the partners write, for the author to read."""
    form = suggestion.form.form
    others = form.partner_sides - {author_side(suggestion)}
    return show_form(form, suggestion.answers, report.form, context, sides=others)


def show_common_part(suggestion: Suggestion, context: Context) -> FormPage:
    """What a partner reads of the suggestion: never the guide table, nor anybody's contacts."""
    form, nothing = suggestion.form.form, Report((), ())
    shown = {"", author_side(suggestion)}
    page = show_form(form, suggestion.answers, nothing, context, sides=shown)
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
    report: Precheck,
    context: Context,
    sides: Collection[str],
    *,
    show_missing: bool = False,
) -> FormPage:
    """A partner's own part."""
    return show_form(
        suggestion.form.form,
        suggestion.answers,
        report.form,
        context,
        sides=sides,
        show_missing=show_missing,
    )


def writing_report(suggestion: Suggestion, report: Precheck) -> dict[str, Any]:
    """The whole report as form.js reads it."""
    form = report_json(suggestion.form.form, report.form)
    guide = report_json(suggestion.condensation_form.form, report.guide)
    return {
        "blocking": form["blocking"] + guide["blocking"],
        "warnings": form["warnings"] + guide["warnings"],
        "sections": form["sections"] + guide["sections"],
        "problems": form["problems"] + guide["problems"],
    }


def told_back(suggestion: Suggestion, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Fields the record holds otherwise than they were just sent.

    Another window's words, or a guide field that followed: the page must take them over,
    or its next save would undo them.
    """
    pairs = (
        (suggestion.form.form, suggestion.answers),
        (suggestion.condensation_form.form, suggestion.condensation),
    )
    differing = {}
    for form, stored in pairs:
        for name, sent in parse_answers(form, typed).items():
            field = form.field(name)
            if field is not None and not kind_of(field).same(sent, stored.get(name)):
                differing[name] = stored.get(name)
    return differing


def filled_of(report: Precheck) -> tuple[int, int]:
    """How many of the asked fields are filled."""
    sections = (*report.form.sections, *report.guide.sections)
    return sum(one.filled for one in sections), sum(one.total for one in sections)


def _opened(page: FormPage) -> tuple[ShownSection, ...]:
    """Let the first section say which of the two tables begins there."""
    first, *others = page.sections
    return (replace(first, opens=page.title), *others)


def _together(form: FormPage, guide: FormPage) -> FormPage:
    report = Report(
        (*form.report.problems, *guide.report.problems),
        (*form.report.sections, *guide.report.sections),
    )
    return replace(
        form,
        sections=(*_opened(form), *_opened(guide)),
        problems=(*form.problems, *guide.problems),
        report=report,
    )


def _language() -> str:
    return get_language() or "zh-hans"
