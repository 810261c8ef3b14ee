"""Forms as data: a definition, the answers, and one function that examines them.

`parse_form` reads a definition, `parse_answers` reads a browser's answers, `examine` says what
is missing or wrong, `changes` and `merge` compare versions. No Django, no database.
"""

from xinghai.kernel.forms.answering import (
    copy_forward,
    follow,
    parse_answers,
    prefill,
)
from xinghai.kernel.forms.comparing import FieldChange, Merge, MergeConflict, changes, merge
from xinghai.kernel.forms.conditions import is_visible, submitted_answers
from xinghai.kernel.forms.context import Context, FileFacts
from xinghai.kernel.forms.definition import (
    CheckSpec,
    Condition,
    Field,
    FormDefinition,
    Option,
    Section,
    Table,
)
from xinghai.kernel.forms.examining import Problem, Report, SectionState, demanded, examine
from xinghai.kernel.forms.kinds import KINDS, Kind, kind_of
from xinghai.kernel.forms.parsing import DefinitionError, parse_form, to_json
from xinghai.kernel.forms.soundness import Fault
from xinghai.kernel.forms.tables import add_table, table_names, take_table

__all__ = [
    "KINDS",
    "CheckSpec",
    "Condition",
    "Context",
    "DefinitionError",
    "Fault",
    "Field",
    "FieldChange",
    "FileFacts",
    "FormDefinition",
    "Kind",
    "Merge",
    "MergeConflict",
    "Option",
    "Problem",
    "Report",
    "Section",
    "SectionState",
    "Table",
    "add_table",
    "changes",
    "copy_forward",
    "demanded",
    "examine",
    "follow",
    "is_visible",
    "kind_of",
    "merge",
    "parse_answers",
    "parse_form",
    "prefill",
    "submitted_answers",
    "table_names",
    "take_table",
    "to_json",
]
