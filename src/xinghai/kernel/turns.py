"""The moments at which pages say something else though nobody has changed anything."""

from datetime import datetime, timedelta

from django.utils.module_loading import import_string
from django.utils.timezone import localtime

_turns: list[str] = []


def register_turns(function: str) -> None:
    """Name the function, by its dotted path, that answers when something of its room turns.

    It is given a moment and returns the next one at which a page says something else, or None.
    Midnight and the words beside a moment (`clock.note_end`) need no function.
    """
    if function not in _turns:
        _turns.append(function)


def next_turns(moment: datetime) -> list[datetime]:
    """Return the next turn of each kind; the city's midnight is always one."""
    answers = [import_string(function)(moment) for function in _turns]
    return [_midnight_after(moment), *(one for one in answers if one is not None)]


def _midnight_after(moment: datetime) -> datetime:
    tomorrow = localtime(moment) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
