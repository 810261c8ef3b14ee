"""Search over what is public: calls, their types, offices and forms, and answered questions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT, KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext as _

from xinghai.calls.models import Call, CallForm, CallOffice, Category, Question
from xinghai.kernel.words import said

LONGEST, MOST_WORDS, MOST_HITS, AROUND = 60, 5, 8, 40


@dataclass(frozen=True)
class Hit:
    """A place to go to; `title` and `excerpt` are pieces, each marked or not."""

    url: str
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]
    where: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Group:
    name: str
    icon: str
    hits: list[Hit]
    has_more: bool


def words_of(typed: str) -> list[str]:
    """The words searched for: few and short, so that nothing typed makes the search heavy."""
    return typed.replace("\x00", " ")[:LONGEST].split()[:MOST_WORDS]


def search(words: list[str]) -> list[Group]:
    """Hits by kind, each kind in one query; every word must stand in a hit."""
    groups = [
        _group(_("征集批次"), "calendar", _calls(words), lambda row: _call_hit(row, words)),
        _group(_("项目类型"), "list-check", _types(words), lambda row: _type_hit(row, words)),
        _group(_("处室电话"), "phone", _offices(words), lambda row: _office_hit(row, words)),
        _group(_("表格"), "file-text", _forms(words), lambda row: _form_hit(row, words)),
        _group(_("问答"), "message", _questions(words), lambda row: _question_hit(row, words)),
    ]
    return [group for group in groups if group.hits]


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, those that were searched for marked."""
    known = [re.escape(word) for word in words]
    if not known or not text:
        return [(text, False)]
    parts = re.split(f"({'|'.join(known)})", text, flags=re.IGNORECASE)
    return [(part, bool(number % 2)) for number, part in enumerate(parts) if part]


def excerpt(text: str, words: Iterable[str]) -> str:
    """The part of a long text around the first word that was found."""
    places = [text.lower().find(word.lower()) for word in words]
    first = min((place for place in places if place >= 0), default=0)
    start, end = max(first - AROUND, 0), first + 2 * AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _group(name: str, icon: str, rows: QuerySet[Any], hit: Callable[[Any], Hit]) -> Group:
    found = list(rows[: MOST_HITS + 1])
    return Group(name, icon, [hit(row) for row in found[:MOST_HITS]], len(found) > MOST_HITS)


def _all_words(words: list[str], *columns: str) -> Q:
    wanted = Q()
    for word in words:
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        wanted &= anywhere
    return wanted


def _calls(words: list[str]) -> QuerySet[Any]:
    told = Call.objects.issued().annotate(
        summary=KeyTextTransform("summary", "definition_row__content"),
        summary_en=KeyTextTransform("summary_en", "definition_row__content"),
    )
    columns = ("title", "title_en", "code", "summary", "summary_en")
    found: QuerySet[Any] = told.filter(_all_words(words, *columns))
    return found


def _types(words: list[str]) -> QuerySet[Any]:
    wanted = _all_words(words, "name", "name_en", "parent__name", "parent__name_en")
    rows = Category.objects.filter(wanted, is_accepting=True, call__in=_issued())
    return rows.select_related("call").order_by("-call__issued_on", "position")


def _offices(words: list[str]) -> QuerySet[Any]:
    columns = ("office__name", "office__name_en", "landline", "duties", "duties_en")
    rows = CallOffice.objects.filter(_all_words(words, *columns), call__in=_issued())
    return rows.select_related("call", "office").order_by("-call__issued_on", "position")


def _forms(words: list[str]) -> QuerySet[Any]:
    """The newest version of each form, by its title."""
    newer = CallForm.objects.filter(
        call=OuterRef("call"), key=OuterRef("key"), version__gt=OuterRef("version")
    )
    rows = CallForm.objects.filter(~Exists(newer), call__in=_issued()).annotate(
        title=KT("definition__title"), title_en=KT("definition__title_en")
    )
    rows = rows.filter(_all_words(words, "title", "title_en")).select_related("call")
    found: QuerySet[Any] = rows.defer("definition").order_by("-call__issued_on", "key")
    return found


def _questions(words: list[str]) -> QuerySet[Any]:
    found: QuerySet[Any] = Question.objects.public().filter(_all_words(words, "wording", "answer"))
    return found.select_related("call")


def _issued() -> QuerySet[Call]:
    found: QuerySet[Call] = Call.objects.issued().order_by()
    return found


def _call_hit(row: Any, words: list[str]) -> Hit:
    address = reverse("portal:call", args=[row.code])
    summary = excerpt(said(row, "summary"), words)
    return Hit(address, marked(said(row, "title"), words), marked(summary, words))


def _type_hit(row: Any, words: list[str]) -> Hit:
    address = reverse("portal:call", args=[row.call.code]) + "#types"
    return Hit(address, marked(said(row), words), [], said(row.call, "title"))


def _office_hit(row: Any, words: list[str]) -> Hit:
    address = reverse("portal:call", args=[row.call.code]) + "#offices"
    duties = marked(excerpt(said(row, "duties"), words), words)
    where = said(row.call, "title")
    return Hit(address, marked(said(row.office), words), duties, where, row.landline)


def _form_hit(row: Any, words: list[str]) -> Hit:
    address = reverse("portal:call-form", args=[row.call.code, row.key])
    return Hit(address, marked(said(row, "title"), words), [], said(row.call, "title"))


def _question_hit(row: Any, words: list[str]) -> Hit:
    address = reverse("portal:call-questions", args=[row.call.code]) + f"#question-{row.pk}"
    answer = marked(excerpt(row.answer, words), words)
    return Hit(address, marked(row.wording, words), answer, said(row.call, "title"))


def count_hits(groups: list[Group]) -> int:
    return sum(len(group.hits) for group in groups)
