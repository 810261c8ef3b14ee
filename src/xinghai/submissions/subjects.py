"""Names of what messages of this room are about; `apps` registers them with their words."""

PROGRESS = "submissions.progress"
PARTS = "submissions.parts"
REVIEWS = "submissions.reviews"
RECOMMENDATIONS = "submissions.recommendations"
ARRIVALS = "submissions.arrivals"
REMINDERS = "submissions.reminders"
COLLEAGUES = "submissions.colleagues"
