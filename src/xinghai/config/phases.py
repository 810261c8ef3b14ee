"""When each part of a start was done, written down where somebody measures it (`bench start`)."""

import os
import time


def mark(phase: str) -> None:
    """Append the moment to the file XINGHAI_PHASES names; without one, do nothing."""
    if path := os.environ.get("XINGHAI_PHASES"):
        with open(path, "a") as out:
            out.write(f"{time.monotonic():.3f} {phase}\n")
