"""Is every registered process declared completely? Asked once, when all rooms are loaded.

What one declaration can tell of itself is refused where it stands: unknown states by `Workflow`,
messages of unknown edges by `Process`, decisions on unknown edges by `Worklist`. Here are the
faults that only show between declarations.
"""

from collections.abc import Iterator

import rules
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from xinghai.submissions.messages import STANDARD as STANDARD_MESSAGES
from xinghai.submissions.process import Process, every_process
from xinghai.submissions.rules import STANDARD as STANDARD_SENTENCES


def check_processes() -> None:
    """Raise ImproperlyConfigured with the file, the line and the fault of the first bad process."""
    for process in every_process():
        for fault in faults_of(process):
            raise ImproperlyConfigured(f"{process.where}: process {process.key!r}: {fault}")


def faults_of(process: Process) -> Iterator[str]:
    """Yield what is wrong with a declared process, in words a developer can act on."""
    if process.records.process != process:
        yield f"its table {process.model} belongs to {process.records.process.key!r}"
    if process.records.workflow != process.workflow:
        yield f"its table {process.model} has another workflow"
    needed = {edge.permission for edge in process.workflow.transitions}
    needed |= {process.permission(verb) for verb in STANDARD_SENTENCES}
    if unsaid := sorted(name for name in needed if not rules.perm_exists(name)):
        yield f"permissions without a sentence: {unsaid}"
    edges = {edge.name for edge in process.workflow.transitions}
    if silent := sorted(edges - set(process.messages) - set(STANDARD_MESSAGES)):
        yield f"edges that tell nobody: {silent}"
    # Importing asks the declaration itself: a worklist names the process, edges that are there.
    if import_string(process.worklist).process != process:
        yield f"its worklist {process.worklist} is of another process"
    if process.office_urls:
        import_string(process.office_urls)
