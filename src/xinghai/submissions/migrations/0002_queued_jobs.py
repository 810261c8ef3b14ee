"""Jobs the earlier version queued and did not get to: letters to partners, texts to index."""

from django.db import migrations

# The worker knows the jobs by the names of the shared room now. What was running when the old
# version stopped is started again, so it is renamed too.
RENAME = """
UPDATE procrastinate_jobs SET
    task_name = 'submissions.' || split_part(task_name, '.', 2),
    queueing_lock = regexp_replace(queueing_lock, '^suggestions\\.', 'submissions.'),
    args = CASE
        WHEN task_name = 'suggestions.keep_in_index'
        THEN jsonb_build_object('process', 'suggestion', 'record', args -> 'suggestion')
        ELSE args
    END
WHERE status IN ('todo', 'doing') AND task_name IN (
    'suggestions.keep_in_index', 'suggestions.mail_invitation',
    'suggestions.keep_everything', 'suggestions.remind'
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("procrastinate", "0041_post_retry_failed_job"),
        ("submissions", "0001_initial"),
    ]

    operations = [migrations.RunSQL(RENAME)]
