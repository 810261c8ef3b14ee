"""Turn a form, its answers and its problems into the sections and controls of a page."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from xinghai.kernel.forms import (
    Condition,
    Context,
    Field,
    FormDefinition,
    Report,
    Section,
    SectionState,
    demanded,
)
from xinghai.kernel.forms.conditions import holds
from xinghai.kernel.forms.examining import ADVISED, MISSING
from xinghai.kernel.forms.wording import Text
from xinghai.kernel.shown_fields import ShownField, ShownProblem, show_problem

Answers = Mapping[str, Any]
Comments = Mapping[str, Collection[Any]]


@dataclass(frozen=True)
class ShownSection:
    """`opens` is the title of the table that begins with it, where a page holds several."""

    section: Section
    title: str
    help: str
    state: SectionState | None
    hidden: bool
    fields: tuple[ShownField, ...]
    opens: str = ""

    @property
    def id(self) -> str:
        return self.section.id


@dataclass(frozen=True)
class FormPage:
    form: FormDefinition
    title: str
    help: str
    sections: tuple[ShownSection, ...]
    problems: tuple[ShownProblem, ...]
    report: Report
    show_missing: bool
    # The address below which the files it names are found.
    files_at: str = ""

    @property
    def blocking(self) -> list[ShownProblem]:
        """The problems that prevent submitting; advice is shown in the pre-check and beside its
        field.
        """
        return [one for one in self.problems if one.severity == "block"]

    @property
    def files(self) -> int:
        """How many files the shown answers name."""
        shown = (one for section in self.sections for one in section.fields if not one.hidden)
        return sum(len(one.uploads) for one in shown if one.field.kind == "file")

    @property
    def count(self) -> int:
        return sum(len(section.fields) for section in self.sections)


def show_form(
    form: FormDefinition,
    answers: Mapping[str, Any],
    report: Report,
    context: Context,
    *,
    audience: str = "submitter",
    sides: Collection[str] | None = None,
    tables: Collection[str] | None = None,
    show_missing: bool = False,
    comments: Comments | None = None,
) -> FormPage:
    """Everything the form templates need. With `show_missing` empty required fields are marked.

    `sides` and `tables` limit the page to sections of those; None shows every one.

    A field that other answers can bring up is on the page from the start, hidden, so that the
    page needs no server to show it.
    """
    drawing = _Drawing(form, answers, report, context, show_missing, comments or {})
    sections = [
        drawing.section(section, audience)
        for section in form.sections
        if (sides is None or section.side in sides)
        and (tables is None or section.table in tables)
        and _may_appear(section.visible_when, context)
    ]
    return _page(form, report, sections, show_missing)


def show_questions(form: FormDefinition, context: Context, report: Report) -> FormPage:
    """Return the form for reading: every question the submitter may be asked, whoever reads it."""
    drawing = _Drawing(form, {}, report, context, False, {}, everything=True)
    return _page(form, report, [drawing.section(one, "submitter") for one in form.sections], False)


@dataclass
class _Drawing:
    form: FormDefinition
    answers: Mapping[str, Any]
    report: Report
    context: Context
    show_missing: bool
    comments: Comments
    everything: bool = False

    @cached_property
    def demanded(self) -> frozenset[str]:
        return demanded(self.form, self.answers, self.context)

    def section(self, section: Section, audience: str) -> ShownSection:
        language = _language()
        return ShownSection(
            section=section,
            title=section.name.say(language),
            help=Text(section.help, section.help_en).say(language),
            state=next((one for one in self.report.sections if one.id == section.id), None),
            hidden=self._is_hidden(section.visible_when),
            fields=tuple(
                self.field(field)
                for field in section.fields
                if (not audience or field.audience == audience)
                and (self.everything or _may_appear(field.visible_when, self.context))
            ),
        )

    def field(self, field: Field) -> ShownField:
        found = self.report.of(field.id)
        return ShownField(
            field=field,
            value=self.answers.get(field.id),
            language=_language(),
            name=field.id,
            id=f"f-{field.id}",
            hidden=self._is_hidden(field.visible_when),
            required=field.id in self.demanded,
            problems=tuple(
                one
                for one in found
                if one.nature != ADVISED and (self.show_missing or one.nature != MISSING)
            ),
            comments=tuple(self.comments.get(field.id, ())),
            files=self.context.files or {},
        )

    def _is_hidden(self, condition: Condition | None) -> bool:
        return not self.everything and not holds(condition, self.answers, self.context)


def _page(
    form: FormDefinition, report: Report, sections: list[ShownSection], show_missing: bool
) -> FormPage:
    language = _language()
    return FormPage(
        form=form,
        title=form.name.say(language),
        help=Text(form.help, form.help_en).say(language),
        sections=tuple(_opening_tables(form, [one for one in sections if one.fields])),
        problems=tuple(shown_problems(form, report, language)),
        report=report,
        show_missing=show_missing,
    )


def _opening_tables(form: FormDefinition, sections: list[ShownSection]) -> Iterator[ShownSection]:
    """Where a page shows several tables, let the first section of each say which one begins."""
    several, before = len({one.section.table for one in sections}) > 1, None
    for one in sections:
        table = one.section.table
        is_first = several and table != before
        yield replace(one, opens=form.title_of(table).say(_language())) if is_first else one
        before = table


def shown_problems(form: FormDefinition, report: Report, language: str) -> Iterator[ShownProblem]:
    """What is to be put right or looked at; what is only advised is told by its number."""
    for problem in report.problems:
        if problem.nature == ADVISED:
            continue
        field = form.field(problem.field)
        yield show_problem(problem, field.title(language) if field else "", language)


def report_json(form: FormDefinition, report: Report) -> dict[str, Any]:
    """The report as form.js reads it, in the language of the request."""
    language = _language()
    told = [one for one in report.problems if one.nature != ADVISED]
    shown = shown_problems(form, report, language)
    return {
        "blocking": len(report.blocking),
        "warnings": len(report.warnings),
        "advised": len(report.advised),
        "sections": [
            {"id": one.id, "state": one.state, "filled": one.filled, "total": one.total}
            for one in report.sections
        ],
        "problems": [
            {
                "field": problem.field,
                "nature": problem.nature,
                "label": words.label,
                "message": words.message,
                "source": words.source,
                "target": words.target,
                "severity": words.severity,
            }
            for problem, words in zip(told, shown, strict=True)
        ],
    }


def _may_appear(condition: Condition | None, context: Context) -> bool:
    """Whether other answers alone can bring it up on this page."""
    return condition is None or holds(replace(condition, field="", values=()), {}, context)


def _language() -> str:
    return get_language() or "zh-hans"
