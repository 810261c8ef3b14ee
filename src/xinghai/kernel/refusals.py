"""The exception of a write that was refused, with a sentence for the person who asked for it."""


class Refusal(Exception):
    """A write that did not happen; `reason` says why and what to do now, in the page's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
