"""PDF: nothing in it runs, opens, sends or carries another file.

pikepdf reads every object, also compressed ones and names written with escapes.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from xinghai.kernel.file_checks.verdicts import ACTIVE, BROKEN, EMBEDDED, HUGE, LOCKED, Found

MOST_OBJECTS = 300_000
DEEPEST = 60
# Actions (ISO 32000-1, table 198) that leave the document or run something; `URI` only on a click.
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
    *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute"),
}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
EMBEDDING_KEYS = {"/EF", "/EmbeddedFiles"}


def check(content: bytes) -> None:
    """Raise Found with what is wrong; a document without pages is broken."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.pages) == 0:
                raise Found(BROKEN)
            if len(document.objects) > MOST_OBJECTS:
                raise Found(HUGE)
            _check_opening(document.Root)
            for one in document.objects:
                for inner in _dictionaries(one, DEEPEST):
                    _check_dictionary(inner)
    except pikepdf.PasswordError as locked:
        raise Found(LOCKED) from locked


def _check_opening(root: Any) -> None:
    """Nobody has clicked when a document opens: then not even an address is opened."""
    action = root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI":
        raise Found(ACTIVE)


def _check_dictionary(one: Any) -> None:
    names = set(one.keys())
    if names & EMBEDDING_KEYS or one.get("/Type") == "/EmbeddedFile":
        raise Found(EMBEDDED)
    if names & ACTIVE_KEYS or one.get("/Subtype") in ("/RichMedia", "/Screen", "/Movie", "/3D"):
        raise Found(ACTIVE)
    if isinstance(one.get("/S"), pikepdf.Name) and str(one["/S"]) in ACTIONS:
        raise Found(ACTIVE)
    for trigger in _values(one.get("/AA")):
        if isinstance(trigger, pikepdf.Dictionary) and trigger.get("/S") == "/URI":
            raise Found(ACTIVE)
    # The content of such a stream is in another file.
    if isinstance(one, pikepdf.Stream) and "/F" in names:
        raise Found(ACTIVE)


def _values(one: Any) -> list[Any]:
    return list(one.values()) if isinstance(one, pikepdf.Dictionary) else []


def _dictionaries(one: Any, left: int) -> Iterator[Any]:
    """Yield an object's dictionaries, direct ones inside it too; other objects have their turn."""
    if left == 0:
        raise Found(HUGE)
    inside: list[Any] = []
    if isinstance(one, pikepdf.Dictionary):
        inside = list(one.values())
    elif isinstance(one, pikepdf.Stream):
        inside = list(one.stream_dict.values())
    elif isinstance(one, pikepdf.Array):
        inside = list(one)
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
    for inner in inside:
        if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
            yield from _dictionaries(inner, left - 1)
