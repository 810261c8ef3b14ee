"""What typed words mean in the lists: full text, ranked, as far as the asker may find it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from xinghai.accounts.models import User
from xinghai.corpus.selectors import Hit, search
from xinghai.submissions.indexing import audiences_in_bureau, audiences_in_unit
from xinghai.submissions.models import OFFICIAL_NUMBER
from xinghai.submissions.process import Process, every_process

# What a list is narrowed to; nobody reads further down a ranking.
MOST = 500


@dataclass(frozen=True)
class Finding:
    """Records that answer the words, the best first, with the places to mark in each."""

    order: list[int] = field(default_factory=list)
    hits: dict[int, Hit] = field(default_factory=dict)


def find_in_bureau(process: Process, text: str, user: User, *, limit: int = MOST) -> Finding:
    return _find([process], text, audiences_in_bureau(user), limit)


def find_everywhere(text: str, user: User, *, limit: int = MOST) -> Finding:
    """Return what answers the words in every process; the keys of records are unique over all."""
    return _find(every_process(), text, audiences_in_bureau(user), limit)


def find_in_units(process: Process, text: str, units: Sequence[int]) -> Finding:
    """Return what the units' own people find; the list still asks who may open each."""
    audiences = [name for unit in sorted(units) for name in audiences_in_unit(unit)]
    return _find([process], text, audiences, MOST)


def _find(processes: Sequence[Process], text: str, audiences: Sequence[str], limit: int) -> Finding:
    """A number is looked up, not searched; nothing typed finds nothing."""
    if not text.strip() or not audiences or OFFICIAL_NUMBER.fullmatch(text.strip()):
        return Finding()
    found = search(text, audiences=audiences, kinds=[one.key for one in processes], limit=limit)
    hits = {int(hit.key): hit for hit in found.hits}
    return Finding(list(hits), hits)
