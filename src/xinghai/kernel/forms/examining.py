"""The one examination: live while typing, on save, on submit and in the office's screening."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.checks import CHECKS, Hit, Situation
from xinghai.kernel.forms.checks.answers import RequiredWhen
from xinghai.kernel.forms.conditions import holds, is_visible
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import CheckSpec, Field, FormDefinition, Section
from xinghai.kernel.forms.kinds import Fault, kind_of
from xinghai.kernel.forms.wording import Text

EMPTY, BEGUN, PROBLEM, COMPLETE = "empty", "begun", "problem", "complete"
MISSING, ADVISED, INVALID, RULE = "missing", "advised", "invalid", "rule"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `row` counts from 0; `nature` is missing, advised, invalid, rule."""

    field: str
    section: str
    message: str
    message_en: str
    severity: str = "block"
    nature: str = INVALID
    source: str = ""
    row: int | None = None
    column: str = ""

    def say(self, language: str) -> str:
        return Text(self.message, self.message_en).say(language)


@dataclass(frozen=True, slots=True)
class SectionState:
    """`filled` of `total` visible fields; `required_left` must still be answered."""

    id: str
    state: str
    filled: int
    total: int
    required_left: int
    problems: int


@dataclass(frozen=True, slots=True)
class Report:
    problems: tuple[Problem, ...]
    sections: tuple[SectionState, ...]

    @property
    def blocking(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "block")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(
            one for one in self.problems if one.severity == "warn" and one.nature != ADVISED
        )

    @property
    def advised(self) -> tuple[Problem, ...]:
        """What is not answered and need not be, though the platform advises it."""
        return tuple(one for one in self.problems if one.nature == ADVISED)

    @property
    def is_submittable(self) -> bool:
        return not self.blocking

    def of(self, field: str) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.field == field)

    def to_json(self) -> dict[str, Any]:
        return {
            "is_submittable": self.is_submittable,
            "blocking": len(self.blocking),
            "warnings": len(self.warnings),
            "problems": [asdict(problem) for problem in self.problems],
            "sections": [asdict(section) for section in self.sections],
        }


def examine(
    form: FormDefinition,
    answers: Mapping[str, Any],
    context: Context,
    *,
    sides: Collection[str] | None = None,
    audience: str = "submitter",
) -> Report:
    """Every problem of these answers, in the order of the form, and each section's progress.

    `sides` limits the examination to sections of those sides ("" is the common part), so that
    a partner is shown only its own part; None examines everything. `audience` "" also asks for
    what only the office fills in.
    """
    asked = [
        (section, field)
        for section in form.sections
        if sides is None or section.side in sides
        for field in section.fields
        if (not audience or field.audience == audience)
        and is_visible(field, section, answers, context)
    ]
    problems = [
        problem
        for section, field in asked
        for problem in _field_problems(form, section, field, answers, context)
    ]
    names = {field.id: section for section, field in asked}
    for spec in form.checks:
        if spec.field in names:
            problems.extend(_check_problems(form, spec, names, answers, context))
    order = {field.id: number for number, (_section, field) in enumerate(asked)}
    problems.sort(key=lambda one: (order[one.field], -1 if one.row is None else one.row))
    shown = _without_repeats(problems)
    return Report(tuple(shown), tuple(_states(form, asked, answers, shown)))


def demanded(form: FormDefinition, answers: Mapping[str, Any], context: Context) -> frozenset[str]:
    """The ids of fields that must be answered now: always, or by a rule that holds."""
    always = {field.id for field in form.fields() if form.requires(field)}
    by_rule = {
        spec.field
        for spec in form.checks
        if spec.check == RequiredWhen.name and spec.severity == "block"
        if holds(spec.when, answers, context)
    }
    return frozenset(always | by_rule)


def _field_problems(
    form: FormDefinition,
    section: Section,
    field: Field,
    answers: Mapping[str, Any],
    context: Context,
) -> Iterator[Problem]:
    kind, value = kind_of(field), answers.get(field.id)
    faults: Iterator[Fault] = iter(())
    if not kind.is_empty(value):
        faults = kind.problems(value, field, context)
    elif form.requires(field):
        faults = iter((Fault(kind.missing.fill(label=field.name), missing=True),))
    elif field.advised:
        text = wording.RATHER_GIVEN.fill(label=field.name)
        faults = iter((Fault(text, missing=True, advice=True),))
    for fault in faults:
        yield Problem(
            field=field.id,
            section=section.id,
            message=fault.text.zh,
            message_en=fault.text.en,
            severity="warn" if fault.advice else "block",
            nature=_nature(fault),
            source=(field.advice_source if fault.advice else "") or field.source,
            row=fault.row,
            column=fault.column,
        )


def _nature(fault: Fault) -> str:
    if not fault.missing:
        return INVALID
    return ADVISED if fault.advice else MISSING


def _check_problems(
    form: FormDefinition,
    spec: CheckSpec,
    names: Mapping[str, Section],
    answers: Mapping[str, Any],
    context: Context,
) -> Iterator[Problem]:
    if not holds(spec.when, answers, context):
        return
    situation = Situation(form, answers, context, spec)
    for hit in CHECKS[spec.check].hits(situation):
        name = hit.field if hit.field in names else spec.field
        text = _message(spec, hit)
        yield Problem(
            field=name,
            section=names[name].id,
            message=text.zh,
            message_en=text.en,
            severity=hit.severity or spec.severity,
            nature=MISSING if situation.is_empty(name) else RULE,
            source=spec.source,
            row=hit.row,
            column=hit.column,
        )


def _message(spec: CheckSpec, hit: Hit) -> Text:
    words = dict(hit.words or {})
    zh, en = words.pop("zh", "") or spec.message, words.pop("en", "") or spec.message_en
    return Text(zh, en).fill(**words)


def _without_repeats(problems: list[Problem]) -> list[Problem]:
    """A field asked for twice, by its own mark and by a check, is asked for once.

    Where a rule demands what is only advised otherwise, the rule speaks.
    """
    missing = {_place(one) for one in problems if one.nature == MISSING}
    seen: set[tuple[str, int | None, str]] = set()
    kept = []
    for problem in problems:
        place = _place(problem)
        if problem.nature == MISSING and place in seen:
            continue
        if problem.nature == ADVISED and place in missing:
            continue
        if problem.nature == MISSING:
            seen.add(place)
        kept.append(problem)
    return kept


def _place(problem: Problem) -> tuple[str, int | None, str]:
    return problem.field, problem.row, problem.column


def _states(
    form: FormDefinition,
    asked: list[tuple[Section, Field]],
    answers: Mapping[str, Any],
    problems: list[Problem],
) -> Iterator[SectionState]:
    for section in form.sections:
        own = [field for one, field in asked if one.id == section.id]
        if not own:
            continue
        found = [one for one in problems if one.section == section.id and one.severity == "block"]
        filled = sum(not kind_of(field).is_empty(answers.get(field.id)) for field in own)
        missing = sum(one.nature == MISSING for one in found)
        yield SectionState(
            id=section.id,
            state=_state(filled, missing, len(found) - missing),
            filled=filled,
            total=len(own),
            required_left=missing,
            problems=len(found),
        )


def _state(filled: int, missing: int, broken: int) -> str:
    if broken:
        return PROBLEM
    if not missing and filled:
        return COMPLETE
    return BEGUN if filled else EMPTY
