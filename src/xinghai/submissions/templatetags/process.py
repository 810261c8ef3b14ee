"""Links of a process's pages, without the name of the process."""

from django import template

from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process, is_process, process_named

register = template.Library()


@register.simple_tag
def address(name: str, of: Process | Submission, *args: object) -> str:
    """`{% address "edit" submission %}` names the record; `{% address "list" process %}` none."""
    if isinstance(of, Submission):
        return of.process.address(name, of.pk, *args)
    return of.address(name, *args)


@register.simple_tag
def begin_url(kind: str, code: str) -> str:
    """The page on which a record of this call is begun; "" where no process is of its kind."""
    return process_named(kind).address("start", code) if is_process(kind) else ""
