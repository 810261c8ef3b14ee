"""Search over what is public: calls, their types, offices and forms, and answered questions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinghai.calls.indexing import (
    CALL,
    EVERYBODY,
    FORM,
    KINDS,
    OFFICE,
    QUESTION,
    TYPE,
    newest_forms,
)
from xinghai.calls.models import Call, CallOffice, Category, Question
from xinghai.corpus import selectors as corpus
from xinghai.corpus.selectors import Marker, Pieces
from xinghai.kernel.apart import apart
from xinghai.kernel.humanize import localized
from xinghai.portal import notices

LONGEST, MOST_HITS, MOST_LOOKED_AT = 60, 8, 80
# Every word typed should stand in what is found; a word or two of a long title may be missing.
LEAST_MET = 0.7


@dataclass(frozen=True)
class Hit:
    """A place to go to; `title` and `excerpt` are pieces, each marked or not."""

    url: str
    title: Pieces
    excerpt: Pieces
    where: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Group:
    name: str
    icon: str
    hits: list[Hit]
    has_more: bool


@dataclass(frozen=True)
class Kind:
    """How hits of one kind are fetched by the last part of their keys, and shown."""

    name: str
    icon: str
    rows: Callable[[list[str]], Mapping[str, Any]]
    hit: Callable[[Any, Marker], Hit]


def question_in(typed: str) -> str:
    """What is searched for: short, so that nothing typed makes the search heavy."""
    return " ".join(typed.replace("\x00", " ")[:LONGEST].split())


@apart
def search(typed: str) -> list[Group]:
    """Hits by kind, the best first: the index is asked once, each kind found once."""
    found = corpus.search(
        typed, audiences=[EVERYBODY], kinds=KINDS, limit=MOST_LOOKED_AT, least=LEAST_MET
    )
    mark = corpus.marker(typed)
    groups = [
        _group(kind, [hit.key for hit in found.hits if hit.kind == name], mark)
        for name, kind in _kinds().items()
    ]
    return [group for group in groups if group.hits]


def _group(kind: Kind, keys: list[str], mark: Marker) -> Group:
    """Rows that have gone since they were indexed are left out."""
    rows = kind.rows(keys[: MOST_HITS + 1]) if keys else {}
    hits = [kind.hit(rows[key], mark) for key in keys[:MOST_HITS] if key in rows]
    return Group(kind.name, kind.icon, hits, len(keys) > MOST_HITS)


def _kinds() -> dict[str, Kind]:
    return {
        CALL: Kind(_("征集批次"), "calendar", _calls, _call_hit),
        TYPE: Kind(_("项目类型"), "list-check", _types, _type_hit),
        OFFICE: Kind(_("处室电话"), "phone", _offices, _office_hit),
        FORM: Kind(_("表格"), "file-text", _forms, _form_hit),
        QUESTION: Kind(_("问答"), "message", _questions, _question_hit),
    }


def _last_parts(keys: Iterable[str]) -> list[str]:
    return [key.rpartition("/")[2] for key in keys]


def _by_key(rows: Iterable[Any]) -> dict[str, Any]:
    return {f"{row.call.code}/{row.pk}": row for row in rows}


def _calls(keys: list[str]) -> dict[str, Any]:
    rows = Call.objects.issued().filter(code__in=keys).select_related("definition_row")
    return {row.code: row for row in rows}


def _types(keys: list[str]) -> dict[str, Any]:
    rows = Category.objects.filter(pk__in=_last_parts(keys), is_accepting=True, call__in=_issued())
    return _by_key(rows.select_related("call"))


def _offices(keys: list[str]) -> dict[str, Any]:
    rows = CallOffice.objects.filter(pk__in=_last_parts(keys), call__in=_issued())
    return _by_key(rows.select_related("call", "office"))


def _forms(keys: list[str]) -> dict[str, Any]:
    rows = newest_forms().filter(key__in=_last_parts(keys), call__in=_issued())
    return {f"{row.call.code}/{row.key}": row for row in rows.select_related("call")}


def _questions(keys: list[str]) -> dict[str, Any]:
    rows = Question.objects.public().filter(pk__in=_last_parts(keys))
    return _by_key(rows.select_related("call"))


def _issued() -> QuerySet[Call]:
    found: QuerySet[Call] = Call.objects.issued().order_by()
    return found


def _call_hit(row: Any, mark: Marker) -> Hit:
    address = reverse("portal:call", args=[row.code])
    content, language = row.definition_row.content, get_language() or settings.LANGUAGE_CODE
    excerpt = mark.excerpt(notices.said(content, "summary", language))
    if not _is_marked(excerpt):
        names = (notices.said(one, "name", language) for one in content.get("domains", []))
        fields = mark.excerpt(_("领域：%(names)s") % {"names": _("、").join(names)})
        excerpt = fields if _is_marked(fields) else excerpt
    return Hit(address, mark(localized(row, "title")), excerpt)


def _is_marked(pieces: Pieces) -> bool:
    return any(is_found for _text, is_found in pieces)


def _type_hit(row: Any, mark: Marker) -> Hit:
    address = reverse("portal:call", args=[row.call.code]) + "#types"
    return Hit(address, mark(localized(row)), [], localized(row.call, "title"))


def _office_hit(row: Any, mark: Marker) -> Hit:
    address = reverse("portal:call", args=[row.call.code]) + "#offices"
    duties = mark.excerpt(localized(row, "duties"))
    return Hit(
        address, mark(localized(row.office)), duties, localized(row.call, "title"), row.landline
    )


def _form_hit(row: Any, mark: Marker) -> Hit:
    address = reverse("portal:call-form", args=[row.call.code, row.key])
    return Hit(address, mark(localized(row, "title")), [], localized(row.call, "title"))


def _question_hit(row: Any, mark: Marker) -> Hit:
    address = reverse("portal:call-questions", args=[row.call.code]) + f"#question-{row.pk}"
    where = localized(row.call, "title")
    return Hit(address, mark(row.wording), mark.excerpt(row.answer), where)


def count_hits(groups: list[Group]) -> int:
    return sum(len(group.hits) for group in groups)
