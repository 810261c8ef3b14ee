"""Moved to `tests.pages`; this name stays until no branch asks for it."""

from tests.pages import client_of, words_of

__all__ = ["client_of", "words_of"]
