"""What a check may read besides the answers. The list is closed, so every examination agrees."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from datetime import date


@dataclass(frozen=True, slots=True)
class FileFacts:
    name: str
    size: int
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Facts of the moment, read once by the caller.

    `files` None means uploads are not looked at (a preview); otherwise an id that is absent
    is a missing file. `partners` maps a role (provider, demander, partner) to "has confirmed".
    """

    today: date
    category: str = ""
    category_path: tuple[str, ...] = ()
    domain: str = ""
    organisation_kind: str = ""
    organisation_name: str = ""
    # What units of the city put before their names.
    places: tuple[str, ...] = ()
    credit_code: str = ""
    plan_year: int = 0
    files: Mapping[str, FileFacts] | None = None
    partners: Mapping[str, bool] = member(default_factory=dict)

    @property
    def categories(self) -> frozenset[str]:
        """The chosen category and those above it: a rule for the fund holds for its sub-types."""
        return frozenset((self.category, *self.category_path)) - {""}
