"""Links of a process's pages, without the name of the process."""

from django import template

from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process

register = template.Library()


@register.simple_tag
def address(name: str, of: Process | Submission, *args: object) -> str:
    """`{% address "edit" submission %}` names the record; `{% address "list" process %}` none."""
    if isinstance(of, Submission):
        return of.process.address(name, of.pk, *args)
    return of.address(name, *args)
