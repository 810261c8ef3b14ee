"""Who may do what to a suggestion: the shared sentences, and the pool's own."""

import rules

from xinghai.submissions.rules import (
    is_handling_office,
    is_impartial,
    is_planner,
    standard_permissions,
)

standard_permissions("suggestions")
rules.add_perm("suggestions.carry_over", (is_planner | is_handling_office) & is_impartial)
rules.add_perm("suggestions.publish", rules.always_deny)
