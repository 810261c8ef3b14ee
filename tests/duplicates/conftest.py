"""The scene of the suggestions, the first process of the shared rooms."""

from tests.suggestions.conftest import bureau, call, science, university

__all__ = ["bureau", "call", "science", "university"]
