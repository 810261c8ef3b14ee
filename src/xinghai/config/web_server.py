"""The web server's own process: it loads the site once, and the processes it forks share it.

A forked process answers at once and shares what was loaded. Nothing here may open a connection
or start a thread before the fork.
"""

import gc
import multiprocessing
from collections.abc import Callable

from django.urls import get_resolver
from granian.cli import entrypoint

import xinghai.config.wsgi  # noqa: F401 - the processes find it loaded
from xinghai.config.parent import wait_until_released


def main() -> None:
    """Read every view, then run the server's own command with the words given to us."""
    # Newer Pythons start processes otherwise, and nothing would be shared.
    multiprocessing.set_start_method("fork")
    len(get_resolver().url_patterns)
    # What stands now stays: no collection may write into the pages that are shared.
    gc.collect()
    gc.freeze()
    wait_until_released()
    run: Callable[[], None] = entrypoint
    run()


if __name__ == "__main__":
    main()
