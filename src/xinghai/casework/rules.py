"""Who may open the pages over all processes; a process's own sentences stand in its room."""

import rules

from xinghai.accounts.rules import is_planner
from xinghai.submissions.rules import is_officer, is_reader_of_all

# Who has something to do there; whoever only reads opens the lists.
rules.add_perm("casework.decide", is_officer | is_planner)
rules.add_perm("casework.work_in_bureau", is_officer | is_reader_of_all)
