"""The exception of a write that was refused, with a sentence for the person who asked for it."""


class Refusal(Exception):
    """A write that did not happen; `reason` says why and what to do now, in the page's language."""

    reason: str
