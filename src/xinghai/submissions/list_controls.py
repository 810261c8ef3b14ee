"""What the lists of every audience are narrowed by: choices, and chips to take away again."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xinghai.kernel.request_data import NONE

SLUG = re.compile(r"[-\w]{1,50}", re.ASCII)
Options = list[tuple[str, Any]]


@dataclass(frozen=True)
class Choice:
    """One drop-down of a list: the word of the address, its label, what can be chosen."""

    name: str
    label: Any
    options: Options
    value: str

    @property
    def words(self) -> str:
        """Return what the chosen value is called; an unknown one is named as it stands."""
        if self.value == NONE and NONE not in dict(self.options):
            return _("（无）")
        return str(dict(self.options).get(self.value, self.value))


@dataclass(frozen=True)
class Chip:
    """One active filter; following `address` takes it away."""

    label: str
    address: str


def without(address: Any, name: str) -> str:
    """Return the address without one filter; types and domains go with their call."""
    left: Any = address.copy()
    gone = {"call": ("call", "category", "domain")}.get(name, (name,))
    for word in (*gone, "page"):
        left.pop(word, None)
    return f"?{left.urlencode()}"
