"""The worker process: takes jobs from the database until it is asked to stop."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

# A commit wakes the worker at once; polling only catches what a lost connection missed.
POLL_SECONDS = 2.0
FINISH_SECONDS = 8.0


def run_worker(*, concurrency: int) -> None:
    """Ends on SIGTERM or Ctrl-C, after the jobs in hand or FINISH_SECONDS."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(f"the jobs are not on Django's database: {connector!r}")
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            concurrency=concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=FINISH_SECONDS,
            delete_jobs="successful",
        )
