"""`xinghai serve`: the platform for real use, behind a proxy that brings TLS."""

import sys
from pathlib import Path

import structlog

from xinghai.config.database.launcher import Database
from xinghai.config.site_processes import CLI, Site, begin, run_site, run_to_end
from xinghai.config.supervisor import Child

log = structlog.get_logger()


def run_serve(*, data_dir: Path, host: str, port: int, web_workers: int, with_worker: bool) -> None:
    """Refuses a database that may lose a receipt, and a given one that is not migrated."""

    def prepare(database: Database | None, _web: Child) -> None:
        run_to_end(begin([*CLI, "ready", *(["--migrate"] if database is not None else [])]))

    def announce() -> None:
        log.info("serving", host=host, port=port, data_dir=str(data_dir), python=sys.version)

    site = Site(data_dir, host, port, "serve", web_workers, with_worker)
    run_site(site, prepare=prepare, announce=announce)
