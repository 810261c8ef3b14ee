"""The display settings of a person: theme, contrast and text size, stored in one cookie.

The server writes the choice into `<html>`, so the first paint is already right
and no inline script is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

COOKIE = "look"
CHOICES = {
    "theme": ("light", "dark"),
    "contrast": ("normal", "more"),
    "text": ("normal", "large"),
}


@dataclass(frozen=True)
class Display:
    theme: str = "light"
    contrast: str = "normal"
    text: str = "normal"

    @classmethod
    def from_cookie(cls, cookie: str) -> Display:
        """Read `theme.contrast.text`; whatever is not a known word falls back to the default."""
        words = cookie.split(".")
        names = [field.name for field in fields(cls)]
        known = {n: w for n, w in zip(names, words, strict=False) if w in CHOICES[n]}
        return cls(**known)

    def to_cookie(self) -> str:
        return f"{self.theme}.{self.contrast}.{self.text}"

    def with_choice(self, name: str, value: str) -> Display:
        if value not in CHOICES.get(name, ()):
            return self
        return replace(self, **{name: value})


def display_settings(request: HttpRequest) -> dict[str, Display]:
    """Context processor: `display` in every template."""
    return {"display": Display.from_cookie(request.COOKIES.get(COOKIE, ""))}
