"""What a check can find. Each is one word, because it crosses from one process to another."""

CLEAN = "clean"
BROKEN = "broken"
LOCKED = "locked"
HUGE = "huge"
MACROS = "macros"
ACTIVE = "active"
EMBEDDED = "embedded"
OUTSIDE = "outside"
DISGUISED = "disguised"
VERDICTS = (CLEAN, BROKEN, LOCKED, HUGE, MACROS, ACTIVE, EMBEDDED, OUTSIDE, DISGUISED)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"
JPEG = "image/jpeg"


class Found(Exception):
    """A check found something; `verdict` says what."""

    def __init__(self, verdict: str) -> None:
        super().__init__(verdict)
        self.verdict = verdict
