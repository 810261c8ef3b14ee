"""Who may open the pages over all processes; a process's own sentences stand in its room."""

import rules

from xinghai.submissions.rules import is_officer, is_reader_of_all

rules.add_perm("casework.work_in_bureau", is_officer | is_reader_of_all)
