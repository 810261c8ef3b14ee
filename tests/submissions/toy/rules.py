"""Who may do what to a pilot entry: the shared sentences alone."""

from xinghai.submissions.rules import standard_permissions

standard_permissions("toy")
