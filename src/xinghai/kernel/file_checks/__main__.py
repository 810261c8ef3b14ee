"""The process that reads one file: its processor time, its memory and what it may open are bounded.

A file that makes it run out of either is told as huge by the parent, because the process ends.
"""

import resource
import sys

from xinghai.kernel.file_checks import office, pdf, pictures
from xinghai.kernel.file_checks.verdicts import (
    BROKEN,
    CLEAN,
    DOCX,
    HUGE,
    JPEG,
    PDF,
    PNG,
    XLSX,
    Found,
)

CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024
CHECKS = {
    PDF: pdf.check,
    DOCX: office.check_document,
    XLSX: office.check_workbook,
    PNG: pictures.check,
    JPEG: pictures.check,
}


def verdict_of(content_type: str, content: bytes) -> str:
    """Return what the check of the type finds; whatever it cannot read is broken."""
    try:
        CHECKS[content_type](content)
    except Found as found:
        return found.verdict
    except (MemoryError, RecursionError):
        return HUGE
    except Exception:
        # The readers raise what they like on a broken file.
        return BROKEN
    return CLEAN


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    sys.stdout.write(verdict_of(sys.argv[1], sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
