"""One control of a form as a template draws it, whatever its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as member
from typing import Any

from xinghai.kernel.forms import Field, FileFacts, Problem, kind_of
from xinghai.kernel.forms.wording import Text
from xinghai.kernel.uploads import LARGEST_MEGABYTES

SELECTS_FOR_A_TREE = 3


@dataclass(frozen=True)
class ShownOption:
    value: str
    label: str
    help: str
    chosen: bool


@dataclass(frozen=True)
class ShownFile:
    id: str
    name: str
    size: int

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def is_picture(self) -> bool:
        return self.ending in {"png", "jpg", "jpeg"}

    @property
    def is_shown(self) -> bool:
        """Whether a browser shows it."""
        return self.is_picture or self.ending == "pdf"


@dataclass(frozen=True)
class ShownProblem:
    label: str
    message: str
    source: str
    target: str
    severity: str


@dataclass(frozen=True)
class ShownField:
    """One control. `name` is the control's name in the post, `id` its id on the page."""

    field: Field
    value: Any
    language: str
    name: str
    id: str
    row: int | None = None
    hidden: bool = False
    required: bool = False
    problems: tuple[Problem, ...] = ()
    comments: tuple[Any, ...] = ()
    files: Mapping[str, FileFacts] = member(default_factory=dict)

    @property
    def label(self) -> str:
        return self.field.title(self.language)

    @property
    def help(self) -> str:
        return Text(self.field.help, self.field.help_en).say(self.language)

    @property
    def why(self) -> str:
        return Text(self.field.why, self.field.why_en).say(self.language)

    @property
    def example(self) -> str:
        return Text(self.field.example, self.field.example_en).say(self.language)

    @property
    def statement(self) -> str:
        return Text(self.field.statement, self.field.statement_en).say(self.language)

    @property
    def unit(self) -> str:
        return Text(self.field.unit, self.field.unit_en).say(self.language)

    @property
    def template(self) -> str:
        return kind_of(self.field).template

    @property
    def words(self) -> str:
        """The answer as text, for reading and for printing."""
        return kind_of(self.field).display(self.value, self.field, self.language)

    @property
    def text(self) -> str:
        """What stands in a text control; whatever was typed and could not be read stays."""
        if isinstance(self.value, list):
            return "、".join(str(one) for one in self.value)
        return "" if self.value is None or isinstance(self.value, dict) else str(self.value)

    @property
    def length(self) -> int | str:
        return len(self.text)

    @property
    def lengths(self) -> str:
        """How long a text should be: `100–800` characters, or `800` at most."""
        least = self.field.min_chars or self.field.advised_least
        most = self.field.max_chars
        return f"{least}–{most}" if least and least != most else str(most)

    @property
    def messages(self) -> list[ShownProblem]:
        return [show_problem(problem, self.label, self.language) for problem in self.problems]

    @property
    def is_broken(self) -> bool:
        return any(problem.severity == "block" for problem in self.problems)

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-help"] if self.field.help and self.row is None else []
        return " ".join([*parts, f"{self.id}-problems"])

    @property
    def chosen(self) -> set[str]:
        values = self.value if isinstance(self.value, list) else [self.value]
        return {_word(one) for one in values}

    @property
    def options(self) -> list[ShownOption]:
        return [
            ShownOption(
                one.value,
                one.name(self.language),
                Text(one.help, one.help_en).say(self.language),
                one.value in self.chosen,
            )
            for one in self.field.options
        ]

    @property
    def parts(self) -> "Parts":
        """Controls inside this one: `parts.start` of a range, `parts.name` of a unit."""
        return Parts(self)

    @property
    def rows(self) -> list["ShownRow"]:
        """Rows of a table with one blank row at the end to write in."""
        given = self.value if isinstance(self.value, list) else []
        rows = [one for one in given if isinstance(one, dict)]
        blank = max(1, (self.field.min_rows or 0) - len(rows))
        if self.field.max_rows is not None:
            blank = min(blank, self.field.max_rows - len(rows))
        every = [*rows, *({} for _ in range(blank))]
        return [ShownRow(str(n), self._cells(row, str(n))) for n, row in enumerate(every)]

    @property
    def blank_row(self) -> "ShownRow":
        return ShownRow("__row__", self._cells({}, "__row__"))

    def _cells(self, row: Mapping[str, Any], number: str) -> list["ShownField"]:
        return [
            ShownField(
                field=column,
                value=row.get(column.id),
                language=self.language,
                name=f"{self.name}[{number}][{column.id}]",
                id=f"{self.id}-{number}-{column.id}",
                row=int(number) if number.isdecimal() else -1,
                required=column.required,
                problems=tuple(
                    p for p in self.problems if str(p.row) == number and p.column == column.id
                ),
            )
            for column in self.field.columns
        ]

    @property
    def tree_slots(self) -> list["ShownField"]:
        """A classification is chosen with as many plain selects as it takes codes."""
        codes = list(self.value) if isinstance(self.value, list) else []
        count = max(self.field.max_items or SELECTS_FOR_A_TREE, len(codes))
        padded = [*codes, *("" for _ in range(count - len(codes)))]
        return [
            replace(self, value=code, name=f"{self.name}[]", id=f"{self.id}-{number}")
            for number, code in enumerate(padded)
        ]

    @property
    def slots(self) -> list["Parts"]:
        """The lines of a field for several references: those filled in and two empty ones."""
        listed = self.value if isinstance(self.value, list) else []
        given = [one for one in listed if isinstance(one, dict)]
        most = self.field.max_items or len(given) + 2
        every = [*given, {}, {}][: max(most, len(given))]
        return [
            Parts(replace(self, value=one, name=f"{self.name}[{n}]", id=f"{self.id}-{n}"))
            for n, one in enumerate(every)
        ]

    @property
    def filled_rows(self) -> list["ShownRow"]:
        given = self.value if isinstance(self.value, list) else []
        return [
            ShownRow(str(n), self._cells(row, str(n)))
            for n, row in enumerate(given)
            if isinstance(row, dict)
        ]

    @property
    def file_input_id(self) -> str:
        return f"{self.id}-file"

    @property
    def accept_words(self) -> str:
        return ",".join(f".{ending.lstrip('.')}" for ending in self.field.accept)

    @property
    def accept_kinds(self) -> str:
        """The kinds of file as people call them: `PDF、DOCX`."""
        return "、".join(ending.lstrip(".").upper() for ending in self.field.accept)

    @property
    def most_megabytes(self) -> int:
        """What one file may weigh; no field may ask for more than the platform takes."""
        return min(self.field.max_megabytes or LARGEST_MEGABYTES, LARGEST_MEGABYTES)

    @property
    def takes_many(self) -> bool:
        return self.field.max_items != 1

    @property
    def uploads(self) -> list[ShownFile]:
        given = self.value if isinstance(self.value, list) else []
        return [
            ShownFile(str(one["id"]), str(one.get("name", "")), self._size(str(one["id"])))
            for one in given
            if isinstance(one, dict) and one.get("id")
        ]

    def _size(self, file_id: str) -> int:
        return self.files[file_id].size if file_id in self.files else 0


class Parts:
    """`parts.start` in a template gives the control of that part."""

    def __init__(self, whole: ShownField) -> None:
        self.whole = whole

    def __getitem__(self, part: str) -> ShownField:
        whole = self.whole
        value = whole.value.get(part) if isinstance(whole.value, dict) else None
        return replace(
            whole, value=value, name=f"{whole.name}[{part}]", id=f"{whole.id}-{part}", problems=()
        )


@dataclass(frozen=True)
class ShownRow:
    number: str
    cells: list[ShownField]


def show_problem(problem: Problem, label: str, language: str) -> ShownProblem:
    target = f"f-{problem.field}"
    if problem.row is not None and problem.column:
        target = f"{target}-{problem.row}-{problem.column}"
    return ShownProblem(label, problem.say(language), problem.source, target, problem.severity)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
