"""Names of what this room's messages are about; `apps` registers them with their words."""

PROGRESS = "suggestions.progress"
PARTS = "suggestions.parts"
REVIEWS = "suggestions.reviews"
ARRIVALS = "suggestions.arrivals"
REMINDERS = "suggestions.reminders"
COLLEAGUES = "suggestions.colleagues"
