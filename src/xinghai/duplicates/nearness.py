"""How near the subject of a record is: a sign beside each of the best few; none is left out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from xinghai.corpus.selectors import Hit

# Shares of what the asking text says, by weight of its terms. Of titles of projects the harness
# (`bench renewals`) tells how often each sign stands beside a project of the same line.
CLOSE_FROM, NEAR_FROM = 0.5, 0.25


class Nearness(TextChoices):
    """What a reader may expect of a record whose words are not the same."""

    CLOSE = "close", _("主题很近")
    NEAR = "near", _("主题相近")
    FAINT = "faint", _("用词略有相同，未必相关")


def nearness_of(hit: Hit) -> Nearness:
    """Return the sign for a record found by its subject."""
    if hit.met >= CLOSE_FROM:
        return Nearness.CLOSE
    return Nearness.NEAR if hit.met >= NEAR_FROM else Nearness.FAINT
