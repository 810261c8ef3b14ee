"""The kernel's background work by the clock; the worker finds its jobs through this file."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from xinghai.kernel import event_details, mailing, seals, uploads
from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import periodic
from xinghai.kernel.models import IdempotencyKey

STALLED_AFTER_SECONDS = 600
KEYS_KEPT_FOR = timedelta(days=30)


@periodic("kernel.seal_events", cron="*/10 * * * *")
def seal_events(timestamp: int) -> None:
    seals.seal()


@periodic("kernel.send_digests", cron="2,32 * * * *")
def send_digests(timestamp: int) -> None:
    mailing.send_digests(database_now())


@periodic("kernel.tidy", cron="17 3 * * *")
def tidy(timestamp: int) -> None:
    """Forget answered keys, abandoned uploads and stored content nobody can still wait for."""
    IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEYS_KEPT_FOR).delete()
    uploads.forget_abandoned()
    uploads.forget_stray_content(database_now())


@periodic("kernel.erase_old_addresses", cron="27 3 * * *")
def erase_old_addresses(timestamp: int) -> None:
    event_details.erase_old_addresses(database_now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="kernel.retry_stalled", queue="periodic", queueing_lock="kernel.retry_stalled")
async def retry_stalled(timestamp: int) -> None:
    """Give back jobs whose worker was killed: they would stay "doing" for ever."""
    manager = app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(stalled)
