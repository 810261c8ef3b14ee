"""A process that ends when the one that started it ends, however it ends."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
# Says in the environment that the one who starts us holds us, and its word to go on.
HELD, WORD = "XINGHAI_HELD", "go"
LIBC = ctypes.CDLL(None, use_errno=True)


def end_with_parent(signal_number: int = signal.SIGTERM) -> None:
    """Ask the kernel to signal this process when its parent ends, however it ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)


def ends_with(parent: int) -> bool:
    """The same, of the process with the id `parent`; False when it has ended already.

    Between our start and our asking it may have ended: then the kernel never tells us.
    """
    end_with_parent()
    return os.getppid() == parent


def end_fast_with_parent() -> None:
    """The same for a postmaster, which takes SIGINT as its fast shutdown."""
    end_with_parent(signal.SIGINT)


def wait_until_released() -> None:
    """Where the one that started us holds us, say that we have loaded and wait for its word.

    When it ends without one, so do we.
    """
    if os.environ.pop(HELD, ""):
        sys.stdout.write("loaded\n")
        sys.stdout.flush()
        if sys.stdin.readline().strip() != WORD:
            sys.exit(1)
