"""What of a call the public finds: the notice, its types, offices, forms and open answers."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT

from xinghai.calls.models import Call, CallForm, Category, Question
from xinghai.corpus.services import Text, claim
from xinghai.corpus.syncing import keep_group

EVERYBODY = "everybody"
CALL, TYPE, OFFICE, FORM, QUESTION = "call", "type", "office", "form", "question"
KINDS = (CALL, TYPE, OFFICE, FORM, QUESTION)


@transaction.atomic
def keep_in_index(code: str) -> None:
    """Bring what stands in the index of one call up to date; of one not issued nothing stands.

    Claimed before it is read: of two jobs at once the later one reads what is newer.
    """
    claim([(CALL, code)])
    call = Call.objects.issued().filter(code=code).select_related("definition_row").first()
    texts = [] if call is None else list(_texts(call))
    keep_group(texts, kinds=KINDS, facet=f"call:{code}")


def keep_everything() -> int:
    """Look over every call; return how many there are."""
    codes = list(Call.objects.order_by("pk").values_list("code", flat=True))
    for code in codes:
        keep_in_index(code)
    return len(codes)


def _texts(call: Call) -> Iterator[Text]:
    content = call.definition_row.content
    told = (call.code, content.get("summary", ""), content.get("summary_en", ""), *_fields(call))
    yield _text(CALL, call, "", (call.title, call.title_en), told)
    for category in call.categories.filter(is_accepting=True).select_related("parent"):
        above = (category.parent.name, category.parent.name_en) if category.parent else ()
        yield _text(TYPE, call, category.pk, (category.name, category.name_en), above)
    for row in call.offices.select_related("office"):
        titles = (row.office.name, row.office.name_en)
        yield _text(OFFICE, call, row.pk, titles, (row.duties, row.duties_en, row.landline))
    for form in newest_forms().filter(call=call):
        yield _text(FORM, call, form.key, (form.title, form.title_en), ())
    for question in Question.objects.public().filter(call=call):
        yield _text(QUESTION, call, question.pk, (question.wording,), (question.answer,))


def _fields(call: Call) -> Iterator[str]:
    """In both languages the fields a call is for: who searches for the own one finds the call."""
    names = list(call.domains.filter(is_listed=True).values_list("name", "name_en"))
    yield "、".join(name for name, _in_english in names)
    yield ", ".join(in_english for _name, in_english in names)


def _text(
    kind: str, call: Call, key: object, titles: tuple[str, ...], bodies: tuple[str, ...]
) -> Text:
    return Text(
        kind=kind,
        key=f"{call.code}/{key}" if key else call.code,
        title="\n".join(titles),
        body="\n".join(bodies),
        audiences=[EVERYBODY],
        facets=[f"call:{call.code}"],
    )


def newest_forms() -> QuerySet[Any]:
    """Return the newest version of each form that some type is filled in on, with its titles."""
    newer = CallForm.objects.filter(
        call=OuterRef("call"), key=OuterRef("key"), version__gt=OuterRef("version")
    )
    used = Category.objects.filter(call=OuterRef("call"), form_key=OuterRef("key"))
    rows = CallForm.objects.filter(~Exists(newer), Exists(used)).annotate(
        title=KT("definition__title"), title_en=KT("definition__title_en")
    )
    found: QuerySet[Any] = rows.defer("definition").order_by("-call__issued_on", "key")
    return found
