"""Strange texts take no longer than plain ones: a bound on processor time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# Processor seconds; all of these take far less than one when nothing must be compiled.
AT_MOST = 20


@contextmanager
def bounded() -> Iterator[None]:
    begun = time.process_time()
    yield
    assert time.process_time() - begun < AT_MOST
